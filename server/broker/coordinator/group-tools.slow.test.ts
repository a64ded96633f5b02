import { Kafka, logLevel, type Consumer } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeJudged } from "../../testing/judges.ts";
import { runKafkaTool } from "../../testing/kafka-tool.ts";
import { runKcat } from "../../testing/kcat.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";

describeJudged("groups, seen by Apache Kafka's tools and kcat", ["java", "mvn", "kcat"], () => {
  let cluster: TestCluster;
  let kafka: Kafka;
  const consumers: Consumer[] = [];
  beforeAll(async () => {
    cluster = await startCluster();
    kafka = kafkaOf(cluster);
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: "letters", numPartitions: 2 }] });
    await admin.disconnect();
    const producer = kafka.producer({ idempotent: true });
    await producer.connect();
    const messages = Array.from({ length: 10 }, (_, id) => ({ value: `letter ${id}`, partition: id % 2 }));
    await producer.send({ topic: "letters", messages });
    await producer.disconnect();
  });
  afterAll(async () => {
    await Promise.all(consumers.map((consumer) => consumer.disconnect()));
    await cluster?.stop();
  });

  const groups = (...args: string[]) =>
    runKafkaTool("consumerGroups", ["--bootstrap-server", cluster.bootstrap, ...args]);

  test("a living group is described with its members, their shares, its state and its lag", async () => {
    consumers.push(await readAll(kafka, "readers"), await readAll(kafka, "readers"));
    await untilShared(kafka, "readers");
    const [described, members, state] = await Promise.all([
      groups("--describe", "--group", "readers"),
      groups("--describe", "--group", "readers", "--members", "--verbose"),
      groups("--describe", "--group", "readers", "--state"),
    ]);
    expect(described.stdout).toMatch(/readers\s+letters\s+0\s+\d\s+5\s+\d\s+reader-\S+\s+\/127\.0\.0\.1\s+reader/);
    expect(members.stdout).toMatch(/readers\s+reader-\S+\s+\/127\.0\.0\.1\s+reader\s+1\s.*letters:1/);
    expect(state.stdout).toMatch(/readers\s+127\.0\.0\.1:\d+\s+\(1\)\s+RoundRobinAssigner\s+Stable\s+2/);
  });

  test("offsets of a living group are not reset or deleted", async () => {
    const reset = await groups(
      "--reset-offsets",
      "--group",
      "readers",
      "--topic",
      "letters",
      "--to-earliest",
      "--execute",
    );
    expect(reset.stdout + reset.stderr).toMatch(/inactive, but the current state is Stable/);
    const deleted = await groups("--delete", "--group", "readers");
    expect(deleted.stdout + deleted.stderr).toMatch(/The group is not empty/);
    const offsets = await groups("--delete-offsets", "--group", "readers", "--topic", "letters");
    expect(offsets.stdout + offsets.stderr).toMatch(/actively subscribed/);
  });

  test("kcat balances a group with them and reads what is new", async () => {
    const finished = await runKcat(cluster.bootstrap, [
      ...["-G", "kcat-readers", "-X", "auto.offset.reset=earliest", "-e", "letters"],
    ]);
    expect(finished.stdout.trim().split("\n").toSorted()).toEqual(
      Array.from({ length: 10 }, (_, id) => `letter ${id}`),
    );
    const again = await runKcat(cluster.bootstrap, ["-G", "kcat-readers", "-e", "letters"]);
    expect(again.stdout).toBe("");
  });

  test("offsets are reset, deleted, and outlive the broker; then the group is deleted", async () => {
    const reset = await groups(
      "--reset-offsets",
      "--group",
      "kcat-readers",
      "--topic",
      "letters",
      "--shift-by",
      "-2",
      "--execute",
    );
    expect(reset.stdout).toMatch(/kcat-readers\s+letters\s+0\s+3/);
    const removed = await groups("--delete-offsets", "--group", "kcat-readers", "--topic", "letters:1");
    expect(removed.stdout).toMatch(/letters\s+1\s+Successful/);
    await Promise.all(consumers.splice(0).map((consumer) => consumer.disconnect()));
    const { directory, clusterId } = cluster;
    await cluster.shutDown();
    cluster = await startCluster({ directory, clusterId });
    const described = await groups("--describe", "--group", "kcat-readers");
    expect(described.stdout).toMatch(/kcat-readers\s+letters\s+0\s+3\s+5\s+2/);
    expect(described.stdout).not.toMatch(/letters\s+1/);
    expect((await groups("--delete", "--group", "kcat-readers")).stdout).toMatch(/was successful/);
    expect((await groups("--list")).stdout.trim().split("\n")).toEqual(["readers"]);
  });
});

function kafkaOf({ bootstrap }: TestCluster): Kafka {
  return new Kafka({ brokers: bootstrap.split(","), clientId: "reader", logLevel: logLevel.NOTHING });
}

/** A member that reads and commits. */
async function readAll(kafka: Kafka, groupId: string): Promise<Consumer> {
  const consumer = kafka.consumer({ groupId, heartbeatInterval: 500 });
  await consumer.connect();
  await consumer.subscribe({ topic: "letters", fromBeginning: true });
  await consumer.run({ autoCommitThreshold: 1, eachMessage: () => Promise.resolve() });
  return consumer;
}

/** Settles when each of two members has its partition and has read it. */
async function untilShared(kafka: Kafka, groupId: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  for (;;) {
    const { groups } = await admin.describeGroups([groupId]);
    const offsets = await admin.fetchOffsets({ groupId, topics: ["letters"] });
    const isRead = offsets[0]?.partitions.every(({ offset }) => Number(offset) > 0) === true;
    if (groups[0]?.state === "Stable" && groups[0].members.length === 2 && isRead) break;
  }
  await admin.disconnect();
}
