import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Kafka, logLevel, type Producer } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeJudged } from "../testing/judges.ts";
import { type kafkaTools, runKafkaTool } from "../testing/kafka-tool.ts";
import { until } from "../testing/until.ts";
import { startCluster, type TestCluster } from "./testing/start-cluster.ts";

describeJudged("Apache Kafka's tools for clusters, on three brokers", ["java", "mvn"], () => {
  const topic = "parcels";
  let cluster: TestCluster;
  let producer: Producer;

  beforeAll(async () => {
    cluster = await startCluster({ brokers: 3, config: { "auto.leader.rebalance.enable": "false" } });
    const kafka = new Kafka({ brokers: cluster.bootstrap.split(","), clientId: "tools", logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    const replicaAssignment = [
      { partition: 0, replicas: [1, 2] },
      { partition: 1, replicas: [2, 3] },
    ];
    await admin.createTopics({ topics: [{ topic, replicaAssignment }] });
    await admin.disconnect();
    producer = kafka.producer({ idempotent: true });
    await producer.connect();
    for (const partition of [0, 1])
      await producer.send({ topic, messages: Array.from({ length: 10 }, (_, n) => ({ partition, value: `${n}` })) });
  });
  afterAll(async () => {
    await producer.disconnect();
    await cluster.stop();
  });

  async function run(tool: keyof typeof kafkaTools, ...args: readonly string[]): Promise<string> {
    const bootstrap = ["--bootstrap-server", cluster.bootstrap];
    // kafka-cluster alone wants its verb first.
    const finished = await runKafkaTool(tool, tool === "cluster" ? [...args, ...bootstrap] : [...bootstrap, ...args]);
    expect(finished.exitCode, finished.stdout + finished.stderr).toBe(0);
    return finished.stdout;
  }

  /** A JSON file for a tool. */
  function file(name: string, content: unknown): string {
    const path = join(cluster.directory, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  }

  function partitionNow(id: number) {
    const found = cluster.controller.controller.image.topicsByName.get(topic)?.partitions[id];
    if (found === undefined) throw new Error(`${topic}-${id} exists`);
    return found;
  }

  test("kafka-reassign-partitions generates, executes under a throttle, verifies and cancels", async () => {
    const proposed = await run(
      "reassignPartitions",
      "--generate",
      "--topics-to-move-json-file",
      file("topics.json", { version: 1, topics: [{ topic }] }),
      "--broker-list",
      "1,2,3",
    );
    expect(proposed).toMatch(/"topic":"parcels","partition":0,"replicas":\[1,2\],"log_dirs":\["[^"]+broker-1",/);
    expect(proposed).toMatch(/Proposed partition reassignment configuration\n.*"log_dirs":\["any","any"\]/);
    const plan = (replicas: readonly number[]) =>
      file("plan.json", { version: 1, partitions: [{ topic, partition: 0, replicas }] });
    const moving = ["--reassignment-json-file", plan([3, 1])];
    const executed = await run("reassignPartitions", "--execute", "--throttle", "1000000", ...moving);
    expect(executed).toContain("The inter-broker throttle limit was set to 1000000 B/s");
    expect(executed).toContain(`Successfully started partition reassignment for ${topic}-0`);
    await until(() => partitionNow(0).replicas.join() === "3,1" && partitionNow(0).isr.length === 2);
    const verified = await run("reassignPartitions", "--verify", ...moving);
    expect(verified).toContain(`Reassignment of partition ${topic}-0 is completed.`);
    expect(verified).toContain("Clearing topic-level throttles on topic");
    // With no byte a second it stays on its way, is listed so, and is called back.
    const stopped = ["--reassignment-json-file", plan([3, 2])];
    await run("reassignPartitions", "--execute", "--throttle", "0", ...stopped);
    expect(await run("reassignPartitions", "--list")).toMatch(/parcels-0: replicas: 3,2,1\. adding: 2\. removing: 1\./);
    expect(await run("topics", "--describe", "--topic", topic)).toMatch(
      /Partition: 0\s.*Adding Replicas: 2\s+Removing Replicas: 1/,
    );
    expect(await run("reassignPartitions", "--verify", ...stopped)).toContain(
      `Reassignment of partition ${topic}-0 is still in progress.`,
    );
    const cancelled = await run("reassignPartitions", "--cancel", ...stopped);
    expect(cancelled).toContain(`Successfully cancelled partition reassignment for: ${topic}-0`);
    expect(partitionNow(0)).toMatchObject({ replicas: [3, 1], addingReplicas: [], removingReplicas: [] });
  });

  test("kafka-leader-election elects preferred and, where nothing else is left, unclean leaders", async () => {
    await cluster.stopBroker(2);
    expect(partitionNow(1).leader).toBe(3);
    await cluster.startBroker(2);
    await until(() => partitionNow(1).isr.length === 2);
    const one = ["--topic", topic, "--partition", "1"];
    const elected = await run("leaderElection", "--election-type", "preferred", ...one);
    expect(elected).toContain(`Successfully completed leader election (PREFERRED) for partitions ${topic}-1`);
    expect(partitionNow(1).leader).toBe(2);
    const again = await run("leaderElection", "--election-type", "preferred", "--all-topic-partitions");
    expect(again).not.toContain("Error");
    expect(await run("leaderElection", "--election-type", "unclean", ...one)).toContain(
      "Valid replica already elected for partitions parcels-1",
    );
  });

  test("kafka-log-dirs, kafka-get-offsets and kafka-delete-records tell and move where a partition begins", async () => {
    const described = await run("logDirs", "--describe", "--topic-list", topic, "--broker-list", "1,2,3");
    expect(described).toContain(`"partition":"${topic}-0"`);
    expect(described).toContain('"isFuture":false');
    expect(described).toContain('"error":null');
    const offsets = file("delete.json", { version: 1, partitions: [{ topic, partition: 1, offset: 4 }] });
    expect(await run("deleteRecords", "--offset-json-file", offsets)).toContain(
      `partition: ${topic}-1\tlow_watermark: 4`,
    );
    expect(await run("getOffsets", "--topic", topic, "--time", "earliest")).toContain(`${topic}:1:4`);
    expect(await run("getOffsets", "--topic", topic, "--time", "latest")).toContain(`${topic}:1:10`);
    expect(await run("getOffsets", "--topic", topic, "--time", "max-timestamp")).toMatch(/parcels:0:\d/);
  });

  test("kafka-metadata-quorum and kafka-features tell the truth", async () => {
    const status = await run("metadataQuorum", "describe", "--status");
    expect(status).toMatch(/LeaderId:\s+100/);
    expect(status).toMatch(/ClusterId:\s+\S{22}/);
    expect(status).toContain('CurrentVoters:          [{"id": 100');
    const replication = await run("metadataQuorum", "describe", "--replication");
    for (const observer of [1, 2, 3]) expect(replication).toMatch(new RegExp(`^${observer}\\s.*Observer`, "m"));
    const features = await run("features", "describe");
    expect(features).toMatch(/Feature: metadata\.version\s.*FinalizedVersionLevel: 4\.2-IV1/);
    expect(features).toMatch(/Feature: eligible\.leader\.replicas\.version\s.*FinalizedVersionLevel: 1/);
  });

  test("kafka-configs sets quotas, SCRAM users and defaults of all brokers", async () => {
    const client = ["--entity-type", "users", "--entity-name", "ada", "--entity-type", "clients", "--entity-default"];
    await run("configs", "--alter", ...client, "--add-config", "producer_byte_rate=1024,request_percentage=20");
    expect(await run("configs", "--describe", ...client)).toContain("producer_byte_rate=1024");
    const user = ["--entity-type", "users", "--entity-name", "grace"];
    await run("configs", "--alter", ...user, "--add-config", "SCRAM-SHA-512=[iterations=4096,password=secret]");
    expect(await run("configs", "--describe", ...user)).toContain("SCRAM-SHA-512=iterations=4096");
    const everywhere = ["--entity-type", "brokers", "--entity-default"];
    await run("configs", "--alter", ...everywhere, "--add-config", "leader.replication.throttled.rate=5000000");
    expect(await run("configs", "--describe", ...everywhere)).toContain("leader.replication.throttled.rate=5000000");
  });

  test("kafka-cluster tells the id, lists brokers and unregisters one that is gone", async () => {
    expect(await run("cluster", "cluster-id")).toContain(`Cluster ID: ${cluster.clusterId}`);
    expect(await run("cluster", "list-endpoints")).toMatch(/^1\s+127\.0\.0\.1\s/m);
    await cluster.stopBroker(2);
    expect(await run("cluster", "unregister", "--id", "2")).toContain("Broker 2 is no longer registered.");
    expect(cluster.controller.controller.image.brokers.has(2)).toBe(false);
    await cluster.startBroker(2);
    await until(() => partitionNow(1).isr.length === 2);
  });

  test("kafka-dump-log finds indexes sane, and reads what a leader epoch and a snapshot say", async () => {
    // Indexes are written when a segment is closed.
    await cluster.shutDown();
    const files = (broker: number, suffix: string) => {
      const directory = join(cluster.directory, `broker-${broker}`, `${topic}-1`);
      return readdirSync(directory)
        .filter((name) => name.endsWith(suffix))
        .map((name) => join(directory, name))
        .join(",");
    };
    const indexes = await runKafkaTool("dumpLog", ["--index-sanity-check", "--files", files(2, "index")]);
    expect(indexes.exitCode, indexes.stderr).toBe(0);
    expect(indexes.stdout).toContain("passed sanity check.");
    expect(indexes.stdout + indexes.stderr).not.toMatch(/mismatch|corrupt|exception/i);
    for (const broker of [2, 3]) {
      const dumped = await runKafkaTool("dumpLog", ["--deep-iteration", "--files", files(broker, ".log")]);
      expect(dumped.exitCode, dumped.stderr).toBe(0);
      expect(dumped.stdout).toMatch(/partitionLeaderEpoch: 0 .*isvalid: true/);
    }
  });
});
