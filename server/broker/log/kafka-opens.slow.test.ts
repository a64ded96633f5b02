import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";
import { beforeAll, expect, test } from "vitest";
import { realEnvironment } from "../../environment/real/real-environment.ts";
import { RecordingLog } from "../../environment/simulated/log.ts";
import { serverProperties } from "../../testing/apache-kafka-properties.ts";
import { freePorts } from "../../testing/free-ports.ts";
import { describeJudged } from "../../testing/judges.ts";
import { quickJvm, runKafkaTool } from "../../testing/kafka-tool.ts";
import { kafkaClasspath } from "../../testing/maven.ts";
import { loadCompression } from "../../wire/compression.ts";
import { buildEndTransactionMarker } from "../../wire/control-record.ts";
import { isRefusal } from "../refusal.ts";
import { defaultLogConfig } from "./log-config.ts";
import { LogManager } from "./log-manager.ts";
import type { PartitionLog } from "./partition-log.ts";
import { batchOf, compact, contentOf, produce, temporaryDirectory } from "./testing/test-log.ts";

const CLUSTER_ID = "b2RyYWRlay1qdWRnZXMtMQ";
const READY_LIMIT_MS = 240_000;

type KafkaNode = {
  readonly kafka: Kafka;
  readonly bootstrap: string;
  readonly properties: string;
  readonly data: string;
};

/** A formatted node that does not run yet. */
async function formattedNode(): Promise<KafkaNode> {
  const directory = temporaryDirectory();
  const data = join(directory, "data");
  const properties = join(directory, "server.properties");
  const [plaintext = 0, sasl = 0, tls = 0, controller = 0] = await freePorts(4);
  const ports = { plaintext, sasl, tls, controller };
  writeFileSync(
    properties,
    serverProperties({ nodeId: 1, ports, controllerPort: controller, brokers: 1, logDirectory: data, overrides: {} }),
  );
  expect((await runKafkaTool("storage", ["format", "-t", CLUSTER_ID, "-c", properties])).exitCode).toBe(0);
  const bootstrap = `127.0.0.1:${plaintext}`;
  const kafka = new Kafka({
    brokers: [bootstrap],
    logLevel: logLevel.NOTHING,
    retry: { retries: 30, initialRetryTime: 200, maxRetryTime: 500 },
  });
  return { kafka, bootstrap, properties, data };
}

/** Runs Apache Kafka on the node's directory while `work` lasts; answers what it said. */
async function whileRunning({ properties, kafka }: KafkaNode, work: () => Promise<void>): Promise<string> {
  // Without a configuration Log4j tells errors only.
  const logging = "-Dorg.apache.logging.log4j.level=INFO";
  const child = spawn("java", [...quickJvm, logging, "-cp", await kafkaClasspath("4.2"), "kafka.Kafka", properties]);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const admin = kafka.admin();
  try {
    const deadlineMs = performance.now() + READY_LIMIT_MS;
    while (!output.includes("Kafka Server started")) {
      if (performance.now() > deadlineMs) throw new Error(`Apache Kafka was not ready in time:\n${output}`);
      await pause(100);
    }
    await admin.connect();
    await work();
  } finally {
    await admin.disconnect();
    const closed = once(child, "close");
    child.kill("SIGTERM");
    await closed;
  }
  return output;
}

/** What Apache Kafka found wrong with the partition, or had to recover. */
function complaintsIn(output: string): string[] {
  return output
    .split("\n")
    .filter((line) => line.includes("orders-0") && /ERROR|WARN|recover(?:ing|ed) segment/i.test(line));
}

/** Opens the node's partition with our log manager while `work` lasts. */
async function withOurs({ data }: KafkaNode, work: (log: PartitionLog) => void | Promise<void>): Promise<void> {
  const logs = LogManager.open(realEnvironment({ log: new RecordingLog(() => 0) }), {
    directories: [data],
    clusterId: CLUSTER_ID,
    nodeId: 1,
    configOf: () => ({ ...defaultLogConfig, segmentBytes: 5000 }),
    retentionCheckIntervalMs: 300_000,
    checkpointIntervalMs: 60_000,
  });
  expect(logs.previousBrokerEpoch).toBeGreaterThan(0);
  const topicId = /topic_id: (\S+)/.exec(readFileSync(join(data, "orders-0", "partition.metadata"), "utf8"))?.[1] ?? "";
  const log = logs.logFor({ topic: "orders", partition: 0 }, topicId);
  if (isRefusal(log)) throw new Error(log.message);
  log.updateHighWatermark(log.logEndOffset);
  await work(log);
  await logs.close(logs.previousBrokerEpoch);
}

/** 90 records in all codecs by an idempotent producer, and two transactions, of which the first is aborted. */
function write(log: PartitionLog): void {
  const nowMs = Date.now();
  const append = { nowMs, leaderEpoch: log.latestEpoch ?? 0 };
  for (const [index, codec] of [...Array(6)]
    .flatMap(() => ["none", "gzip", "snappy", "lz4", "zstd"] as const)
    .entries()) {
    const values = ["a", "b", "c"].map((value) => `${value}${index}`.repeat(30));
    const options = { codec, timestampMs: nowMs, producerId: 4242, producerEpoch: 0, baseSequence: index * 3 };
    produce(log, batchOf(values, options), append);
  }
  for (const [index, type] of (["abort", "commit"] as const).entries()) {
    const options = {
      timestampMs: nowMs,
      producerId: 77,
      producerEpoch: 0,
      baseSequence: index,
      isTransactional: true,
    };
    produce(log, batchOf([type], options), append);
    const marker = buildEndTransactionMarker({
      type,
      producerId: 77,
      producerEpoch: 0,
      coordinatorEpoch: 0,
      timestampMs: nowMs,
    });
    log.appendAsLeader(marker, { ...append, origin: "coordinator" });
  }
  log.updateHighWatermark(log.logEndOffset);
}

describeJudged("Apache Kafka", ["java", "mvn"], () => {
  beforeAll(loadCompression);

  test("opens a log that we wrote, serves it, writes on, we open what it wrote, and it opens what we compacted", async () => {
    const node = await formattedNode();
    const admin = node.kafka.admin();
    await whileRunning(node, async () => {
      await admin.connect();
      await admin.createTopics({ topics: [{ topic: "orders", numPartitions: 1 }], waitForLeaders: true });
      await admin.disconnect();
    });
    await withOurs(node, write);

    const output = await whileRunning(node, async () => {
      await admin.connect();
      expect(await admin.fetchTopicOffsets("orders")).toMatchObject([{ low: "0", high: "94" }]);
      await admin.disconnect();
      const producer = node.kafka.producer({ idempotent: true });
      await producer.connect();
      await producer.send({ topic: "orders", messages: ["x", "y", "z"].map((value) => ({ value })) });
      await producer.disconnect();
      const consumer = ["--bootstrap-server", node.bootstrap, "--topic", "orders", "--from-beginning"];
      const read = await runKafkaTool("consoleConsumer", [
        ...consumer,
        "--isolation-level",
        "read_committed",
        "--max-messages",
        "94",
        "--timeout-ms",
        "120000",
      ]);
      const lines = read.stdout.trim().split("\n");
      expect(lines).toHaveLength(94);
      expect(lines.slice(-4)).toEqual(["commit", "x", "y", "z"]);
      expect(lines).not.toContain("abort");
    });
    expect(complaintsIn(output)).toEqual([]);

    await withOurs(node, (log) => {
      expect(log.logEndOffset).toBe(97);
      expect(contentOf(log).slice(-3)).toEqual(["94:x", "95:y", "96:z"]);
      expect(log.producerStates.get(4242)?.batches.at(-1)?.lastSequence).toBe(89);
      expect(log.leaderEpochs.entries.length).toBeGreaterThan(1);
    });

    let kept: string[] = [];
    await withOurs(node, async (log) => {
      const bytesBefore = log.sizeBytes;
      await compact(log, Date.now());
      expect(log.sizeBytes).toBeLessThan(bytesBefore / 2);
      kept = contentOf(log).filter((record) => /^\d+:[a-z]/.test(record));
    });
    const again = await whileRunning(node, async () => {
      await admin.connect();
      expect(await admin.fetchTopicOffsets("orders")).toMatchObject([{ low: "0", high: "97" }]);
      await admin.disconnect();
      const read = await runKafkaTool("consoleConsumer", [
        ...["--bootstrap-server", node.bootstrap, "--topic", "orders", "--from-beginning"],
        ...["--max-messages", String(kept.length), "--timeout-ms", "120000"],
      ]);
      expect(read.stdout.trim().split("\n")).toEqual(kept.map((record) => record.slice(record.indexOf(":") + 1)));
    });
    expect(complaintsIn(again)).toEqual([]);
  });
});
