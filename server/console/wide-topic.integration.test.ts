import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reassignmentJson } from "../../lib/cli/reassignment.ts";
import type { Assignment } from "../../lib/contracts/reassignment.ts";
import { startCluster, type TestCluster } from "../broker/testing/start-cluster.ts";
import { Changes } from "../testing/console-changes.ts";
import { clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { appendBatch, makeTopic, textRecord } from "../testing/seed-topic.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { describeTopic } from "./describe-topic.ts";
import { listPartitions } from "./list-partitions.ts";
import { planReassignment } from "./plan-reassignment.ts";
import { readMessages } from "./read-messages.ts";

const PARTITIONS = 1_000;
const WRITTEN = [0, 499, 999];

/** Runs a program beside the desk's file of these assignments. */
async function runWithFile(program: string, assignments: readonly Assignment[]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "odradek-program-"));
  symlinkSync(resolve("node_modules"), join(directory, "node_modules"));
  writeFileSync(join(directory, "reassignment.json"), reassignmentJson(assignments));
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], { cwd: directory });
  rmSync(directory, { recursive: true });
}

describe("a topic of 1,000 partitions", () => {
  let running: TestCluster;
  let context: ConsoleContext;
  const topic = "wide";

  beforeAll(async () => {
    running = await startCluster({ brokers: 2 });
    context = contextOf(running.bootstrap);
    await makeTopic(clientOf(context), topic, { partitions: PARTITIONS });
    for (const partition of WRITTEN)
      await appendBatch(clientOf(context), { topic, partition }, [textRecord("k", `p${partition}`, Date.now())]);
  });
  afterAll(async () => {
    await closeContext(context);
    await running.stop();
  });

  test("is described, listed and read whole", async () => {
    const detail = good(await describeTopic(context, localUser, { cluster, topic }));
    expect(detail).toMatchObject({ partitionCount: PARTITIONS, messages: WRITTEN.length, offline: 0, problems: [] });
    const { partitions, problems } = good(await listPartitions(context, localUser, { cluster, topic }));
    expect(problems).toEqual([]);
    expect(partitions.map(({ partition }) => partition)).toEqual(Array.from({ length: PARTITIONS }, (_, i) => i));
    expect(partitions.flatMap(({ partition, endOffset }) => (endOffset === "1" ? [partition] : []))).toEqual(WRITTEN);
    const query = { from: "newest" as const, limit: 100 };
    const { records } = good(await readMessages(context, localUser, { cluster, topic, query }));
    expect(records.map(({ partition }) => partition).toSorted((a, b) => a - b)).toEqual(WRITTEN);
  });

  test("is planned, grown and emptied whole", async () => {
    const goal = { type: "replication-factor" as const, factor: 2 };
    const asked = { cluster, goal, topics: [topic], partitions: [], throttleBytesPerSecond: null, batchMoves: 40 };
    const plan = good(await planReassignment(context, localUser, asked));
    expect(plan.moves).toHaveLength(PARTITIONS);
    expect(plan.batches).toHaveLength(PARTITIONS / asked.batchMoves);
    await runWithFile(
      plan.change?.code ?? "",
      plan.moves.map(({ to, ...move }) => ({ ...move, replicas: to })),
    );
    await expect
      .poll(async () =>
        good(await listPartitions(context, localUser, { cluster, topic })).partitions.every(
          ({ replicas }) => replicas.length === 2,
        ),
      )
      .toBe(true);
    const changes = new Changes(() => context);
    const emptied = await changes.make("delete-records", { topics: [topic], upTo: { kind: "everything" } });
    expect(emptied.summary).toBe("3 messages of 3 partitions");
    await changes.make("add-partitions", { topic, count: PARTITIONS + 1 });
    await expect
      .poll(async () => good(await describeTopic(context, localUser, { cluster, topic })).partitionCount)
      .toBe(PARTITIONS + 1);
  });
});
