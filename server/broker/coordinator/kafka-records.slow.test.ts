import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApacheKafka, startApacheKafka } from "../../testing/apache-kafka.ts";
import { describeJudged } from "../../testing/judges.ts";
import { runKafkaTool } from "../../testing/kafka-tool.ts";
import type { KafkaVersion } from "../../testing/maven.ts";
import { batchesIn } from "../../wire/record-batch.ts";
import { recordsOf } from "../../wire/record-cursor.ts";
import { apply } from "./apply.ts";
import { describeGroup } from "./describe.ts";
import { emptyGroupImage, type GroupImage } from "./group-image.ts";
import { decodeGroupRecord, encodeGroupRecord } from "./group-record-codec.ts";
import { coordinatorPartition } from "./java-hash-code.ts";
import { GroupScript } from "./testing/group-script.ts";

/** The bytes of one record, and in which partition Kafka put it. */
type Found = {
  readonly partition: number;
  readonly offset: number;
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
};

for (const version of ["4.2", "3.9"] satisfies KafkaVersion[]) {
  describeJudged(`__consumer_offsets of Apache Kafka ${version}`, ["java", "mvn"], () => {
    let cluster: ApacheKafka;
    let found: Found[];
    beforeAll(async () => {
      cluster = await startApacheKafka({ version, properties: { "offsets.topic.num.partitions": "50" } });
      await useGroups(cluster.bootstrap, version);
      found = cluster.logDirectories.flatMap((directory) => groupRecordsIn(directory));
    });
    afterAll(async () => {
      await cluster?.stop();
    });

    test("is read, and builds the groups that Kafka describes", () => {
      const image = load(found);
      const console = image.groups.get("console");
      expect(console && describeGroup(console)).toMatchObject({
        state: "Empty",
        protocolType: "consumer",
        members: [],
      });
      expect(image.offsets.find("console", "letters", 0)?.offset).toBe(3);
      const standing = image.groups.get("standing");
      expect(standing && describeGroup(standing)).toMatchObject({
        state: "Stable",
        protocolName: "RoundRobinAssigner",
      });
      expect(standing?.live.subscribedTopics).toEqual(new Set(["letters"]));
      expect(image.offsets.find("manual", "letters", 0)).toMatchObject({ offset: 2, metadata: "" });
      expect(image.offsets.find("standing", "letters", 0)).toMatchObject({ offset: 1, metadata: "by hand" });
    });

    test("has each group in the partition that we would take", () => {
      for (const { key, value, partition } of found) {
        const record = decodeGroupRecord(key, value);
        if (record !== undefined) expect(coordinatorPartition(record.groupId, 50)).toBe(partition);
      }
    });

    test("is written by us byte for byte, in the versions that Kafka 4.2 writes", () => {
      let sameVersion = 0;
      for (const { key, value } of found) {
        const record = decodeGroupRecord(key, value);
        if (record === undefined) continue;
        const ours = encodeGroupRecord(record);
        expect(Buffer.from(ours.key)).toEqual(Buffer.from(key));
        // Kafka 3.9 writes offsets in version 3; ours must mean the same.
        expect(decodeGroupRecord(ours.key, ours.value)).toEqual(record);
        if (value?.[1] !== ours.value?.[1]) continue;
        sameVersion++;
        expect(ours.value && Buffer.from(ours.value)).toEqual(value && Buffer.from(value));
      }
      expect(sameVersion).toBeGreaterThan(version === "4.2" ? 6 : 3);
    });
  });
}

describeJudged("what our groups record", ["java", "mvn"], () => {
  test("is told by Kafka's DumpLogSegments with its offsets decoder", async () => {
    const script = new GroupScript();
    const [, member = ""] = script.stableGroup([{}, { groupInstanceId: "pod-1", subscription: "letters" }]);
    script.commit({ "letters-0": 41 }, { memberId: member, generationId: 1, metadata: "here", leaderEpoch: 4 });
    script.commit({ "letters-0": 7 }, { groupId: "old", retentionTimeMs: 1_000 });
    script.deleteGroup("old");
    const directory = mkdtempSync(join(tmpdir(), "odradek-groups-"));
    const file = join(directory, "00000000000000000000.log");
    writeFileSync(file, Buffer.concat(script.log.batches));
    const dumped = await runKafkaTool("dumpLog", ["--files", file, "--print-data-log", "--offsets-decoder"]);
    rmSync(directory, { recursive: true, force: true });
    expect(dumped.exitCode).toBe(0);
    expect(dumped.stdout).not.toMatch(/isvalid: false|Could not/i);
    expect(dumped.stdout).toContain('"groupInstanceId":"pod-1"');
    expect(dumped.stdout).toMatch(/"subscription":\{"topics":\["letters"\]/);
    expect(dumped.stdout).toMatch(
      /"topic":"letters","partition":0\}\} payload: \{"version":"4","data":\{"offset":41,"leaderEpoch":4,"metadata":"here"/,
    );
    expect(dumped.stdout).toMatch(/payload: \{"version":"1","data":\{"offset":7,.*"expireTimestamp":1700000001400/);
    expect(dumped.stdout).toMatch(/key: \{"type":"2","data":\{"group":"old"\}\} payload: <DELETE>/);
  });
});

/** A console consumer that comes and goes, a kafkajs consumer that stays, and a commit by an administrator. */
async function useGroups(bootstrap: string, version: KafkaVersion): Promise<void> {
  const kafka = new Kafka({ brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: "letters", numPartitions: 1, replicationFactor: 1 }] });
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  await producer.send({ topic: "letters", messages: ["a", "b", "c"].map((value) => ({ value })) });
  await producer.disconnect();
  const consume = ["--bootstrap-server", bootstrap, "--topic", "letters", "--from-beginning", "--max-messages", "3"];
  await runKafkaTool("consoleConsumer", [...consume, "--group", "console"], { version });
  await runKafkaTool("consumerGroups", ["--bootstrap-server", bootstrap, "--list"], { version });
  const consumer = kafka.consumer({ groupId: "standing" });
  const joined = new Promise<void>((resolve) => consumer.on("consumer.group_join", () => resolve()));
  await consumer.connect();
  await consumer.subscribe({ topic: "letters" });
  await consumer.run({ autoCommit: false, eachMessage: () => Promise.resolve() });
  await joined;
  await consumer.commitOffsets([{ topic: "letters", partition: 0, offset: "1", metadata: "by hand" }]);
  await admin.setOffsets({ groupId: "manual", topic: "letters", partitions: [{ partition: 0, offset: "2" }] });
  await admin.disconnect();
  // The consumer stays until the process ends: leaving would record an empty group.
  standing.push(consumer);
}

const standing: { disconnect(): Promise<void> }[] = [];
afterAll(async () => {
  await Promise.allSettled(standing.map((consumer) => consumer.disconnect()));
});

function groupRecordsIn(logDirectory: string): Found[] {
  const partitions = readdirSync(logDirectory).filter((name) => name.startsWith("__consumer_offsets-"));
  return partitions.flatMap((name) => {
    const partition = Number(name.slice(name.lastIndexOf("-") + 1));
    const bytes = readFileSync(join(logDirectory, name, "00000000000000000000.log"));
    const found: Found[] = [];
    for (const batch of batchesIn(bytes)) {
      for (const { offset, key, value } of recordsOf(batch))
        if (key !== null) found.push({ partition, offset, key, value });
    }
    return found;
  });
}

function load(found: readonly Found[]): GroupImage {
  const image = emptyGroupImage();
  for (const { key, value, offset } of found) {
    const record = decodeGroupRecord(key, value);
    if (record !== undefined) apply(image, record, { offset, producerId: -1 });
  }
  return image;
}
