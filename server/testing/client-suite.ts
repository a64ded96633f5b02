import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeCluster, describeFeatures, describeLogDirs } from "../client/admin/cluster.ts";
import { alterConfigs, describeConfigs } from "../client/admin/configs.ts";
import { listGroups } from "../client/admin/groups.ts";
import { EARLIEST, LATEST, listOffsets, MAX_TIMESTAMP } from "../client/admin/list-offsets.ts";
import {
  createPartitions,
  createTopics,
  deleteRecords,
  deleteTopics,
  describeAllTopics,
  describeTopic,
} from "../client/admin/topics.ts";
import { ClusterClient } from "../client/cluster-client.ts";
import { readPartitions } from "../client/read-partitions.ts";
import { isOutOfRange, readPartition } from "../client/read-partition.ts";
import { prepareReading, readRecords } from "../client/read-records.ts";
import { createLog } from "../environment/real/log.ts";
import { realEnvironment } from "../environment/real/real-environment.ts";
import { FindCoordinator } from "../wire/apis/find-coordinator.ts";
import { appendBatch, makeTopic, textRecord } from "./seed-topic.ts";

/** A client in the real world. */
export function clientFor(
  bootstrap: string,
  options: Partial<ConstructorParameters<typeof ClusterClient>[1]> = {},
): ClusterClient {
  const environment = realEnvironment({ log: createLog({ format: "text", level: "error" }) });
  return new ClusterClient(environment, { bootstrap: bootstrap.split(","), clientId: "client-suite", ...options });
}

/** What server/client promises against any cluster, held against ours and against Apache Kafka. */
export function describeClient(
  name: string,
  start: () => Promise<{ readonly bootstrap: string; stop(): Promise<unknown> }>,
): void {
  describe(`the client on ${name}`, () => {
    let running: Awaited<ReturnType<typeof start>>;
    let client: ClusterClient;

    beforeAll(async () => {
      await prepareReading();
      running = await start();
      client = clientFor(running.bootstrap);
    });
    afterAll(async () => {
      client.close();
      await running.stop();
    });

    test("the cluster names itself, its brokers and its features", async () => {
      await client.refresh([]);
      const described = await describeCluster(client);
      expect(described.brokers.map(({ brokerId }) => brokerId)).toEqual([...client.metadata.brokers.keys()]);
      const features = await describeFeatures(client);
      expect(features.finalizedFeatures.map((feature) => feature.name)).toContain("metadata.version");
      expect(client.metadata.clusterId).toBe(described.clusterId);
    });

    test("topics are made, grown, listed and deleted, with an answer for each", async () => {
      const topic = { name: "client.made", partitions: 2, replicationFactor: 1 };
      const checked = await createTopics(client, [{ ...topic, name: "client.checked" }], { validateOnly: true });
      expect(checked.map(({ errorCode }) => errorCode)).toEqual([0]);
      expect((await describeTopic(client, "client.checked"))?.errorCode).toBe(3);
      const made = await createTopics(client, [topic, { ...topic, name: "not a name" }]);
      const codes = (answers: readonly { name: string; errorCode: number }[]) =>
        Object.fromEntries(answers.map((answer) => [answer.name, answer.errorCode]));
      expect(codes(made)).toEqual({ "client.made": 0, "not a name": 17 });
      const grown = await createPartitions(client, { name: "client.made", count: 3 });
      expect(grown).toMatchObject({ name: "client.made", errorCode: 0 });
      await expect.poll(async () => (await describeTopic(client, "client.made"))?.partitions.length).toBe(3);
      expect((await describeAllTopics(client)).map((one) => one.name)).toContain("client.made");
      const deleted = await deleteTopics(client, ["client.made", "client.never"]);
      expect(codes(deleted)).toEqual({ "client.made": 0, "client.never": 3 });
      await expect.poll(async () => (await describeTopic(client, "client.made"))?.errorCode).toBe(3);
    });

    test("configs are described with names and sources, changed, and put back", async () => {
      await makeTopic(client, "client.configs", { configs: {} });
      const resource = { type: "topic", name: "client.configs" } as const;
      const read = async () => (await describeConfigs(client, [resource], { names: ["retention.ms"] }))[0]?.configs[0];
      expect(await read()).toMatchObject({ value: "604800000", configSource: 5 });
      const [changed] = await alterConfigs(client, [
        { resource, changes: [{ name: "retention.ms", operation: "set", value: "1000" }] },
      ]);
      expect(changed?.errorCode).toBe(0);
      await expect.poll(async () => (await read())?.value).toBe("1000");
      const [refused] = await alterConfigs(client, [
        { resource, changes: [{ name: "retention.ms", operation: "set", value: "long" }] },
      ]);
      expect(refused?.errorCode).toBe(40);
      expect(refused?.message).toContain("retention.ms");
      await alterConfigs(client, [{ resource, changes: [{ name: "retention.ms", operation: "delete" }] }]);
      await expect.poll(async () => (await read())?.value).toBe("604800000");
      const missing = await describeConfigs(client, [{ type: "topic", name: "client.never" }]);
      expect(missing[0]?.errorCode).toBe(3);
    });

    test("offsets are found by special times and by time, several for one partition", async () => {
      await makeTopic(client, "client.offsets", { partitions: 2 });
      for (const time of [1_000, 3_000, 2_000])
        await appendBatch(client, { topic: "client.offsets", partition: 1 }, [textRecord(null, "x", time)]);
      const at = (partition: number, timestampMs: number) => ({ topic: "client.offsets", partition, timestampMs });
      const queries = [at(1, EARLIEST), at(1, LATEST), at(1, MAX_TIMESTAMP), at(1, 1_500), at(1, 9_000), at(0, LATEST)];
      const answers = await listOffsets(client, queries);
      expect(answers.map(({ errorCode, offset }) => [errorCode, offset])).toEqual([
        [0, 0],
        [0, 3],
        [0, 1],
        [0, 1],
        [0, -1],
        [0, 0],
      ]);
      const [missing] = await listOffsets(client, [{ topic: "client.never", partition: 0, timestampMs: LATEST }]);
      expect(missing?.errorCode).not.toBe(0);
    });

    test("log directories have the sizes of what was written", async () => {
      await makeTopic(client, "client.sizes");
      await appendBatch(client, { topic: "client.sizes", partition: 0 }, [textRecord(null, "x".repeat(5_000), 1)]);
      const answers = await describeLogDirs(client, [{ topic: "client.sizes", partitions: [0] }]);
      const sizes = answers.flatMap(({ answer }) =>
        "results" in answer ? answer.results.flatMap((directory) => directory.topics) : [],
      );
      const [partition] = sizes.flatMap((topic) => topic.partitions);
      expect(partition?.partitionSize).toBeGreaterThan(5_000);
    });

    test("records before an offset are deleted, and a read before it is out of range", async () => {
      await makeTopic(client, "client.cut");
      const place = { topic: "client.cut", partition: 0 };
      for (let index = 0; index < 4; index++)
        await appendBatch(client, place, [textRecord(null, String(index), index)]);
      const [cut] = await deleteRecords(client, [{ ...place, offset: 2 }]);
      expect(cut).toMatchObject({ errorCode: 0, lowWatermark: 2 });
      const request = { ...place, isolation: "uncommitted", maxBytes: 1_000_000, maxWaitMs: 0 } as const;
      expect(isOutOfRange(await readPartition(client, { ...request, fromOffset: 1 }))).toBe(true);
      const read = await readRecords(client, { ...request, fromOffset: 2 });
      expect(read.records.map(({ offset }) => offset)).toEqual([2, 3]);
      expect(read).toMatchObject({ nextOffset: 4, highWatermark: 4, logStartOffset: 2, fault: null });
    });

    test("a read inside a batch begins at the offset asked for, and one at the end waits no longer than told", async () => {
      await makeTopic(client, "client.inside");
      const place = { topic: "client.inside", partition: 0 };
      const records = [0, 1, 2, 3].map((index) => textRecord(`k${index}`, String(index), index));
      await appendBatch(client, place, records, { codec: "lz4" });
      const request = { ...place, isolation: "uncommitted", maxBytes: 1, maxWaitMs: 0 } as const;
      const inside = await readRecords(client, { ...request, fromOffset: 2 });
      expect(inside.records.map(({ offset }) => offset)).toEqual([2, 3]);
      expect(inside.records[0]?.batch).toMatchObject({ baseOffset: 0, recordCount: 4, codec: "lz4" });
      const end = await readRecords(client, { ...request, fromOffset: 4 });
      expect(end).toMatchObject({ errorCode: 0, records: [], nextOffset: 4, highWatermark: 4 });
    });

    test("a read of a topic that was deleted and made anew goes to the new one", async () => {
      const place = { topic: "client.anew", partition: 0 };
      const request = { ...place, fromOffset: 0, isolation: "uncommitted", maxBytes: 1_000, maxWaitMs: 0 } as const;
      await makeTopic(client, "client.anew");
      await appendBatch(client, place, [textRecord(null, "old", 1)]);
      await readRecords(client, request);
      const other = clientFor(running.bootstrap);
      await deleteTopics(other, ["client.anew"]);
      await expect.poll(async () => (await describeTopic(other, "client.anew"))?.errorCode).toBe(3);
      await makeTopic(other, "client.anew");
      await appendBatch(other, place, [textRecord(null, "new", 1)]);
      other.close();
      const read = await readRecords(client, request);
      expect(read.records.map(({ value }) => String(value))).toEqual(["new"]);
    });

    test("several partitions are read by one request a leader, each from its own offset", async () => {
      await makeTopic(client, "client.several", { partitions: 3 });
      for (const partition of [0, 1, 1, 2])
        await appendBatch(client, { topic: "client.several", partition }, [textRecord(null, `p${partition}`, 1)]);
      const read = await readPartitions(client, {
        topic: "client.several",
        positions: new Map([
          [0, 0],
          [1, 1],
          [2, 1],
        ]),
        isolation: "uncommitted",
        partitionBytesMax: 10_000,
        answerBytesMax: 100_000,
      });
      const found = [0, 1, 2].map((partition) => [
        read.get(partition)?.records.length,
        read.get(partition)?.nextOffset,
      ]);
      expect(found).toEqual([
        [1, 1],
        [1, 2],
        [0, 1],
      ]);
    });

    test("a coordinator is found, and its group is listed with type and state", async () => {
      const admin = new Kafka({ brokers: [running.bootstrap], logLevel: logLevel.NOTHING }).admin();
      await makeTopic(client, "client.groups");
      await admin.connect();
      const offsets = { groupId: "client-group", topic: "client.groups", partitions: [{ partition: 0, offset: "0" }] };
      await admin.setOffsets(offsets);
      await admin.disconnect();
      const route = { coordinator: "group", key: "client-group" } as const;
      const request = { keyType: 0, coordinatorKeys: ["client-group"] };
      const found = await client.send(FindCoordinator, request, { to: route });
      const { groups, failures } = await listGroups(client);
      expect(failures).toEqual([]);
      const group = groups.find(({ groupId }) => groupId === "client-group");
      const coordinator = found.coordinators[0]?.nodeId;
      expect(group).toEqual({ groupId: "client-group", coordinator, state: "Empty", type: "classic" });
    });

    test("a request to nobody says who is missing", async () => {
      await expect(client.send(FindCoordinator, {}, { to: { node: 77 } })).rejects.toMatchObject({
        kind: "unavailable",
        message: "The cluster names no broker 77 now.",
      });
      const lost = clientFor("127.0.0.1:1", { connectTimeoutMs: 500 });
      await expect(describeCluster(lost)).rejects.toMatchObject({ kind: "unreachable" });
      lost.close();
      expect(() => clientFor("somewhere")).toThrow('"somewhere" is not a bootstrap server.');
    });
  });
}
