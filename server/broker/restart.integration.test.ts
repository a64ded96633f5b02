import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Fetch } from "../wire/apis/fetch.ts";
import { OffsetCommit } from "../wire/apis/offset-commit.ts";
import { OffsetFetch } from "../wire/apis/offset-fetch.ts";
import { FindCoordinator } from "../wire/apis/find-coordinator.ts";
import { InitProducerId } from "../wire/apis/init-producer-id.ts";
import { ListOffsets } from "../wire/apis/list-offsets.ts";
import { COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NONE, NOT_COORDINATOR } from "../wire/errors.ts";
import type { RoleReport, RoleStart } from "./role-messages.ts";
import { brokerProperties, CLUSTER_ID, controllerProperties, startCluster } from "./testing/start-cluster.ts";
import { TestClient } from "./testing/test-client.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "odradek-restart-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const NOT_YET: readonly number[] = [COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR];

async function commit(client: TestClient, offset: number): Promise<void> {
  await client.ask(FindCoordinator, { key: "group" }, 3);
  for (;;) {
    const topics = [
      { name: "kept", partitions: [{ partitionIndex: 0, committedOffset: offset, committedMetadata: "note" }] },
    ];
    const { topics: answers } = await client.ask(
      OffsetCommit,
      { groupId: "group", generationIdOrMemberEpoch: -1, topics },
      8,
    );
    const errorCode = answers[0]?.partitions[0]?.errorCode ?? NONE;
    if (errorCode === NONE) return;
    expect(NOT_YET).toContain(errorCode);
  }
}

async function committed(
  client: TestClient,
): Promise<{ committedOffset: number; metadata: string | null } | undefined> {
  await client.ask(FindCoordinator, { key: "group" }, 3);
  for (;;) {
    const { topics, errorCode } = await client.ask(
      OffsetFetch,
      { groupId: "group", topics: [{ name: "kept", partitionIndexes: [0] }] },
      7,
    );
    if (errorCode === NONE) return topics[0]?.partitions[0];
    expect(NOT_YET).toContain(errorCode);
  }
}

async function endOffset(client: TestClient): Promise<number> {
  const topics = [{ name: "kept", partitions: [{ partitionIndex: 0, timestamp: -1 }] }];
  return (await client.ask(ListOffsets, { replicaId: -1, topics })).topics[0]?.partitions[0]?.offset ?? -1;
}

describe("a cluster that is stopped and started again", () => {
  test("has the same topics, records, offsets and producers", async () => {
    const before = await startCluster({ directory });
    const first = await TestClient.connect(before.bootstrap);
    const topicId = await first.createTopic("kept", { "retention.ms": "-1" });
    const { producerId, producerEpoch } = await first.ask(InitProducerId, {
      transactionalId: null,
      transactionTimeoutMs: 1000,
    });
    await first.produce("kept", ["a", "b"], { producerId, producerEpoch, baseSequence: 0 });
    await commit(first, 1);
    first.close();
    await before.shutDown();
    expect(existsSync(join(directory, "broker-1", ".kafka_cleanshutdown"))).toBe(true);

    const after = await startCluster({ directory });
    const second = await TestClient.connect(after.bootstrap);
    expect(await endOffset(second)).toBe(2);
    expect(await committed(second)).toMatchObject({ committedOffset: 1, metadata: "note" });
    expect(await second.produce("kept", ["a", "b"], { producerId, producerEpoch, baseSequence: 0 })).toMatchObject({
      errorCode: NONE,
      baseOffset: 0,
    });
    expect(await second.produce("kept", ["c"], { producerId, producerEpoch, baseSequence: 2 })).toMatchObject({
      errorCode: NONE,
      baseOffset: 2,
    });
    const topics = [{ topicId, partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }] }];
    const fetched = await second.ask(Fetch, { maxWaitMs: 0, minBytes: 1, topics });
    expect(fetched.responses[0]?.partitions[0]).toMatchObject({ errorCode: NONE, highWatermark: 3 });
    const next = await second.ask(InitProducerId, { transactionalId: null, transactionTimeoutMs: 1000 });
    expect(next.producerId).toBeGreaterThan(producerId);
    second.close();
    await after.shutDown();
  });
});

/** A node as a process of its own, started as the platform starts it. */
async function startProcess(
  entry: string,
  properties: Readonly<Record<string, string>>,
): Promise<{ child: ChildProcess; port: number }> {
  const path = fileURLToPath(new URL(entry, import.meta.url));
  const child = fork(path, [], { execArgv: ["--import", "tsx"], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const nodeId = Number(properties["node.id"]);
  const options: RoleStart = { nodeId, clusterId: CLUSTER_ID, properties, logFormat: "text", logLevel: "error" };
  const reported = new Promise<RoleReport>((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`${entry} ended with ${code}`)));
  });
  child.send({ type: "start", options });
  const report = await reported;
  if (report.type !== "ready") throw new Error(JSON.stringify(report));
  return { child, port: report.listeners[0]?.port ?? 0 };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await once(child, "exit");
}

describe("a broker that is killed", () => {
  test("comes back with every acknowledged record and commit", async () => {
    const controller = await startProcess("./controller/main.ts", controllerProperties(directory, 0));
    const properties = brokerProperties({ directory, nodeId: 1, controllerPort: controller.port });
    let broker = await startProcess("./main.ts", properties);
    let client = await TestClient.connect(`127.0.0.1:${broker.port}`);
    await client.createTopic("kept");
    let acknowledged = 0;
    for (let round = 0; round < 3; round++) {
      for (let batch = 0; batch < 20; batch++) {
        expect((await client.produce("kept", ["a", "b", "c"])).baseOffset).toBe(acknowledged);
        acknowledged += 3;
      }
      await commit(client, acknowledged);
      await kill(broker.child, "SIGKILL");
      broker = await startProcess("./main.ts", properties);
      client = await TestClient.connect(`127.0.0.1:${broker.port}`);
      expect(await endOffset(client)).toBe(acknowledged);
      expect((await committed(client))?.committedOffset).toBe(acknowledged);
    }
    client.close();
    broker.child.send({ type: "stop" });
    const [code] = await once(broker.child, "exit");
    expect(code).toBe(0);
    expect(existsSync(join(directory, "broker-1", ".kafka_cleanshutdown"))).toBe(true);
    await kill(controller.child, "SIGKILL");
  });
});
