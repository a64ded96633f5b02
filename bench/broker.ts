// Throughput and latency of the bundled cluster beside Apache Kafka, by Kafka's own performance tools.
// npx tsx bench/broker.ts [--brokers 1] [--runs 5]
import { parseArgs } from "node:util";
import { startApacheKafka } from "../server/testing/apache-kafka.ts";
import { kafkaClasspath } from "../server/testing/maven.ts";
import { startOdradek } from "../server/testing/odradek.ts";
import { runProcess } from "../server/testing/run-process.ts";
import { head, interleave, row } from "./measure.ts";

const { values } = parseArgs({
  options: {
    brokers: { type: "string", default: "1" },
    runs: { type: "string", default: "5" },
    records: { type: "string", default: "1000000" },
  },
});
const brokers = Number(values.brokers);
const runs = Number(values.runs);
const classpath = await kafkaClasspath("4.2");

async function tool(name: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await runProcess(
    "java",
    ["-Xmx512m", "-cp", classpath, `org.apache.kafka.tools.${name}`, ...args],
    { limitMs: 300_000 },
  );
  if (exitCode !== 0) throw new Error(`${name} ended with ${exitCode}:\n${stdout}\n${stderr}`);
  return stdout;
}

async function createTopic(bootstrap: string, topic: string): Promise<void> {
  await tool("TopicCommand", [
    "--bootstrap-server",
    bootstrap,
    "--create",
    "--topic",
    topic,
    "--partitions",
    "6",
    "--replication-factor",
    String(Math.min(3, brokers)),
  ]);
}

/** MB/s of records that the producer was told are safe. */
async function produce(
  bootstrap: string,
  topic: string,
  { recordBytes, acks }: { recordBytes: number; acks: string },
): Promise<number> {
  const records = Math.round((Number(values.records) * 1024) / Math.max(recordBytes, 256));
  // All after one flag: a flag that is repeated replaces what it said before.
  const properties = [`bootstrap.servers=${bootstrap}`, `acks=${acks}`, "linger.ms=5", "batch.size=131072"];
  const output = await tool("ProducerPerformance", [
    "--topic",
    topic,
    "--num-records",
    String(records),
    "--record-size",
    String(recordBytes),
    "--throughput",
    "-1",
    "--command-property",
    ...properties,
  ]);
  return lastNumber(output, /\(([\d.]+) MB\/sec\)/g);
}

/** MB/s, the join of the group left out. */
async function consume(bootstrap: string, topic: string): Promise<number> {
  const output = await tool("ConsumerPerformance", [
    "--bootstrap-server",
    bootstrap,
    "--topic",
    topic,
    "--num-records",
    values.records,
    "--hide-header",
    "--timeout",
    "60000",
  ]);
  return Number(output.trim().split("\n").at(-1)?.split(",").at(-2));
}

/** Median and 99th percentile in ms from producing a record to having consumed it, one at a time. */
async function endToEnd(bootstrap: string, topic: string): Promise<{ p50: number; p99: number }> {
  const output = await tool("EndToEndLatency", [bootstrap, topic, "5000", "all", "256"]);
  const found = /50th = (\d+), 99th = (\d+)/.exec(output);
  return { p50: Number(found?.[1]), p99: Number(found?.[2]) };
}

function lastNumber(text: string, pattern: RegExp): number {
  return Number([...text.matchAll(pattern)].at(-1)?.[1]);
}

const ours = await startOdradek({ extraFlags: ["--brokers", String(brokers)] });
const theirs = await startApacheKafka({ brokers });
try {
  for (const { bootstrap } of [ours, theirs])
    for (const topic of ["warm", "kilobyte", "small", "latency"]) await createTopic(bootstrap, topic);
  for (const { bootstrap } of [ours, theirs]) await produce(bootstrap, "warm", { recordBytes: 1024, acks: "all" });
  const each = <T>(work: (bootstrap: string) => Promise<T>) =>
    interleave(
      runs,
      () => work(ours.bootstrap),
      () => work(theirs.bootstrap),
    );
  const lines = [
    row({
      name: "produce, 1 KiB, acks=all",
      unit: "MB/s",
      ...(await each((bootstrap) => produce(bootstrap, "kilobyte", { recordBytes: 1024, acks: "all" }))),
    }),
    row({
      name: "produce, 100 B, acks=all",
      unit: "MB/s",
      ...(await each((bootstrap) => produce(bootstrap, "small", { recordBytes: 100, acks: "all" }))),
    }),
    row({ name: "consume, 1 KiB", unit: "MB/s", ...(await each((bootstrap) => consume(bootstrap, "kilobyte"))) }),
  ];
  const latency = await each((bootstrap) => endToEnd(bootstrap, "latency"));
  for (const percentile of ["p50", "p99"] as const) {
    lines.push(
      row({
        name: `end to end, ${percentile}`,
        unit: "ms",
        ours: latency.ours.map((run) => run[percentile]),
        theirs: latency.theirs.map((run) => run[percentile]),
      }),
    );
  }
  console.log(
    [`${brokers} broker(s), replication factor ${Math.min(3, brokers)}, ${runs} runs`, "", head, ...lines].join("\n"),
  );
} finally {
  await Promise.all([ours.dispose(), theirs.stop()]);
}
