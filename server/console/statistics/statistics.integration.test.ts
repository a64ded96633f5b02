import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startCluster } from "../../broker/testing/start-cluster.ts";
import { clientOf, cluster, contextOf, good } from "../../testing/console-context.ts";
import { appendBatch, makeTopic } from "../../testing/seed-topic.ts";
import { until } from "../../testing/until.ts";
import { CODECS, loadCompression } from "../../wire/compression.ts";
import { localUser } from "../actor.ts";
import { closeContext } from "../context.ts";
import { controlJob } from "../control-job.ts";
import { readStatistics, startStatistics } from "../start-statistics.ts";

test("statistics that are paused go on in another console, and count each record once", async () => {
  await loadCompression();
  const running = await startCluster();
  const directory = mkdtempSync(join(tmpdir(), "odradek-statistics-"));
  let context = contextOf(running.bootstrap, {}, directory);
  try {
    context.engine.start();
    const topic = "counted.orders";
    await makeTopic(clientOf(context), topic, { partitions: 3 });
    const startMs = Date.parse("2026-11-22T09:00:00Z");
    for (let batch = 0; batch < 60; batch += 1) {
      const records = Array.from({ length: 100 }, (_, n) => ({
        key: n % 10 === 0 ? null : Buffer.from(`key-${n}`),
        value: n === 50 ? null : Buffer.alloc(1_000, `${batch}.${n} `),
        timestampMs: startMs + batch * 600_000,
      }));
      const codec = CODECS[batch % CODECS.length] ?? "none";
      await appendBatch(clientOf(context), { topic, partition: batch % 3 }, records, { codec });
    }
    const { job } = good(await startStatistics(context, localUser, { cluster, topic }));
    const paused = await controlJob(context, localUser, { cluster, job: job?.id ?? 0, control: "pause" });
    if (paused.ok) await until(() => context.engine.jobs.find(cluster, job?.id ?? 0)?.state === "paused");
    await closeContext(context);
    context = contextOf(running.bootstrap, {}, directory);
    context.engine.start();
    if (paused.ok) good(await controlJob(context, localUser, { cluster, job: job?.id ?? 0, control: "resume" }));
    const read = async () => good(await readStatistics(context, localUser, { cluster, topic }));
    await until(async () => (await read()).job?.state === "completed");
    const { statistics } = await read();
    expect(statistics).toMatchObject({ records: 6_000, nullKeys: 600, tombstones: 60 });
    expect(statistics?.distinctKeys).toBe(90);
    expect(statistics?.valueSizes).toMatchObject({ min: 1_000, max: 1_000, total: 5_940_000 });
    expect(statistics?.partitions.map(({ records }) => records)).toEqual([2_000, 2_000, 2_000]);
    expect(statistics?.hours).toHaveLength(10);
    const batches = new Map(statistics?.codecs.map((one) => [one.codec, one.batches]));
    expect(batches).toEqual(new Map(CODECS.map((codec) => [codec, 60 / CODECS.length])));
  } finally {
    await closeContext(context);
    await running.stop();
    rmSync(directory, { recursive: true, force: true });
  }
});
