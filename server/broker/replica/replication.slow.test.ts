import { afterAll, beforeAll, expect, test } from "vitest";
import { Metadata } from "../../wire/apis/metadata.ts";
import { describeJudged } from "../../testing/judges.ts";
import { type kafkaTools, runKafkaTool } from "../../testing/kafka-tool.ts";
import { until } from "../../testing/until.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";

const TOPIC = "orders";
const PARTITIONS = 6;
const RECORDS = 40_000;
/** Slow enough that the load lasts through all the stops. */
const RECORDS_PER_SECOND = 1_000;

/** Who leads a partition, and who is in sync, as somebody sees it. */
type Seen = { readonly partition: number; readonly leader: number; readonly isr: readonly number[] };

const byNumber = (a: number, b: number) => a - b;

describeJudged("three brokers under Apache Kafka's clients", ["java", "mvn"], () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await startCluster({ brokers: 3 });
    await run("topics", ["--create", "--topic", TOPIC, "--partitions", String(PARTITIONS)]);
  });
  afterAll(() => cluster.stop());

  const run = async (tool: keyof typeof kafkaTools, args: readonly string[], stdin?: string) => {
    const bootstrap = ["--bootstrap-server", cluster.bootstrap];
    const finished = await runKafkaTool(tool, [...bootstrap, ...args], stdin === undefined ? {} : { stdin });
    expect(finished.exitCode, finished.stdout + finished.stderr).toBe(0);
    return finished.stdout;
  };

  const seenByTool = async (): Promise<Seen[]> => {
    const described = await run("topics", ["--describe", "--topic", TOPIC]);
    return [...described.matchAll(/Partition: (\d+)\s+Leader: (\d+)\s+Replicas: \S+\s+Isr: ([\d,]+)/g)].map(
      ([, partition, leader, isr]) => ({
        partition: Number(partition),
        leader: Number(leader),
        isr: (isr ?? "").split(",").map(Number).toSorted(byNumber),
      }),
    );
  };

  /** By a broker that runs. */
  const seenByClient = async (nodeId: number): Promise<Seen[]> => {
    const client = await TestClient.connect(cluster.bootstrap.split(",")[nodeId - 1] ?? "");
    const { topics } = await client.ask(Metadata, { topics: [{ name: TOPIC }] });
    client.close();
    return (topics[0]?.partitions ?? [])
      .map(({ partitionIndex: partition, leaderId: leader, isrNodes }) => ({
        partition,
        leader,
        isr: isrNodes.toSorted(byNumber),
      }))
      .toSorted((a, b) => a.partition - b.partition);
  };

  const isWhole = () =>
    (cluster.controller.controller.image.topicsByName.get(TOPIC)?.partitions ?? []).every(
      ({ leader, replicas, isr }) => isr.length === replicas.length && leader === replicas[0],
    );

  test("kafka-topics and Metadata agree while each broker stops and starts, and an idempotent producer loses and repeats nothing", async () => {
    const load = runKafkaTool("producerPerformance", [
      ...["--topic", TOPIC, "--num-records", String(RECORDS), "--record-size", "100"],
      ...["--throughput", String(RECORDS_PER_SECOND)],
      ...["--producer-props", `bootstrap.servers=${cluster.bootstrap}`, "acks=all", "linger.ms=5"],
    ]);
    for (const nodeId of [1, 2, 3]) {
      await cluster.stopBroker(nodeId);
      const without = await seenByTool();
      expect(without).toHaveLength(PARTITIONS);
      for (const { leader, isr } of without) {
        expect(leader).not.toBe(nodeId);
        expect(isr).toEqual([1, 2, 3].filter((id) => id !== nodeId));
      }
      expect(await seenByClient((nodeId % 3) + 1)).toEqual(without);
      await cluster.startBroker(nodeId);
      await until(isWhole);
      const whole = await seenByTool();
      for (const each of [1, 2, 3]) expect(await seenByClient(each)).toEqual(whole);
    }
    const finished = await load;
    expect(finished.stdout + finished.stderr).toContain(`${RECORDS} records sent`);
    expect(finished.stderr).not.toContain("Exception");
    const ends = [...(await run("getOffsets", ["--topic", TOPIC])).matchAll(/:\d+:(\d+)/g)];
    expect(ends.reduce((sum, [, end]) => sum + Number(end), 0)).toBe(RECORDS);
  });

  test("console producer with acks=all and console consumer in a group", async () => {
    const properties = ["--producer-property", "acks=all"];
    await run("consoleProducer", ["--topic", "talk", ...properties], "one\ntwo\nthree\n");
    const reading = ["--topic", "talk", "--from-beginning", "--group", "talkers", "--timeout-ms", "120000"];
    const read = await run("consoleConsumer", [...reading, "--max-messages", "3"]);
    expect(read.trim().split("\n").toSorted()).toEqual(["one", "three", "two"]);
    const described = await run("topics", ["--describe", "--topic", "talk"]);
    expect(described).toContain("ReplicationFactor: 3");
  });

  test("kafka-metadata-quorum shows every broker as an observer that has everything", async () => {
    const replication = await run("metadataQuorum", ["describe", "--replication"]);
    expect(replication).toMatch(/100\s+\S+\s+\d+\s+0\s+\d+\s+\d+\s+Leader/);
    for (const id of [1, 2, 3]) expect(replication).toMatch(new RegExp(`^${id}\\s.*Observer`, "m"));
  });
});
