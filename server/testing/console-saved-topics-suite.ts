import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { prepareReading, readRecords } from "../client/read-records.ts";
import { localUser } from "../console/actor.ts";
import { closeContext, type ConsoleContext, createContext } from "../console/context.ts";
import { describeTopic } from "../console/describe-topic.ts";
import { describeTopicConfigs } from "../console/describe-topic-configs.ts";
import { findSavedTopic } from "../console/find-saved-topic.ts";
import { savedFile } from "../console/saved-topic-file.ts";
import { Changes } from "./console-changes.ts";
import { bad, clientOf, cluster, good } from "./console-context.ts";
import { appendBatch, makeTopic, textRecord } from "./seed-topic.ts";

/** What files of topics promise: they hold all of it, and a topic is made of them again. */
export function describeSavedTopics(consoleOf: () => ConsoleContext): void {
  describe("saved topics", () => {
    let context: ConsoleContext;
    beforeAll(async () => {
      context = consoleOf();
      await prepareReading();
    });
    const client = () => clientOf(context);

    /** Every message of a topic of two partitions, with what a client sees of it. */
    async function contents(topic: string) {
      const reads = [0, 1].map(async (partition) => {
        const { records } = await readRecords(client(), {
          ...{ topic, partition, fromOffset: 0, isolation: "committed", maxBytes: 1_000_000, maxWaitMs: 0 },
        });
        return records.map(({ offset, timestampMs, key, value, headers }) =>
          JSON.stringify({ offset, timestampMs, key, value, headers }),
        );
      });
      return Promise.all(reads);
    }

    test("a topic is saved in a file, deleted, and restored from it: partitions, settings and messages byte for byte", async () => {
      const directory = mkdtempSync(join(tmpdir(), "saved-"));
      const keeping = createContext({ ...context.options, dataDirectory: directory });
      const saving = new Changes(() => keeping);
      try {
        await makeTopic(client(), "change.saved", { partitions: 2, configs: { "retention.ms": "-1" } });
        const texts = Array.from({ length: 40 }, (_, index) => textRecord(`k${index}`, `v${index}`, 1_000 + index));
        await appendBatch(client(), { topic: "change.saved", partition: 0 }, texts);
        const keyless = [0, 1].map((index) => textRecord(null, `v${index}`, 1_000 + index));
        await appendBatch(client(), { topic: "change.saved", partition: 1 }, keyless);
        const headers = [
          { key: "h", value: new Uint8Array([0, 255]) },
          { key: "h", value: null },
        ];
        await appendBatch(client(), { topic: "change.saved", partition: 1 }, [
          { timestampMs: 2_000, key: new Uint8Array(), value: null, headers },
        ]);
        keeping.engine.jobs.start();
        expect((await saving.plan("save-topic", { topic: "change.saved" })).irreversible).toBeNull();
        const made = await saving.make("save-topic", { topic: "change.saved" });
        const job = made.jobId ?? 0;
        await expect.poll(() => keeping.engine.jobs.find(cluster, job)?.state).toBe("completed");
        const found = good(await findSavedTopic(keeping, localUser, { cluster, job }));
        expect(found).toMatchObject({ name: "change.saved.jsonl.gz", path: savedFile(directory, job) });
        const lines = gunzipSync(readFileSync(found.path)).toString().trim().split("\n");
        expect(lines).toHaveLength(44);
        // Partitions come as their leaders answer.
        expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual({
          ...{ partition: 1, offset: 1, timestampMs: 1_001, key: null, headers: [] },
          value: Buffer.from("v1").toString("base64"),
        });
        expect(bad(await findSavedTopic(keeping, localUser, { cluster, job: 999 })).code).toBe("job-not-found");

        const before = await contents("change.saved");
        expect((await saving.noPlan("restore-topic", { job, name: "change.saved" })).code).toBe("topic-exists");
        await saving.make("delete-topics", { topics: [{ name: "change.saved" }] });
        await expect
          .poll(async () => describeTopic(keeping, localUser, { cluster, topic: "change.saved" }))
          .toMatchObject({ ok: false });
        const input = { job, name: "change.saved" };
        const { impact } = await saving.plan("restore-topic", input);
        expect(impact[0]?.text).toContain("A job writes 43 messages of change.saved");
        const restored = await saving.make("restore-topic", input);
        await expect.poll(() => keeping.engine.jobs.find(cluster, restored.jobId ?? 0)?.state).toBe("completed");
        expect(await contents("change.saved")).toEqual(before);
        const { entries } = good(await describeTopicConfigs(keeping, localUser, { cluster, topic: "change.saved" }));
        const own = entries.filter(({ source }) => source === "topic").map(({ name, value }) => [name, value]);
        expect(own).toEqual([["retention.ms", "-1"]]);
        await saving.revert(restored);
        expect((await saving.noPlan("save-topic", { topic: "change.saved" })).code).toBe("topic-not-found");
      } finally {
        await closeContext(keeping);
        rmSync(directory, { recursive: true });
      }
    });
  });
}
