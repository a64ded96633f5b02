// How a broker of very many partitions starts again after a clean stop, and what it needs.
// npx tsx bench/many-partitions.ts [--partitions 10000] [--runs 5]
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Kafka, logLevel } from "kafkajs";
import { type Odradek, startOdradek } from "../server/testing/odradek.ts";
import { median } from "./measure.ts";
import { residentMegabytes, residentMegabytesOf } from "./process-tree.ts";

const PARTITIONS_PER_TOPIC = 100;
/** Topics in one request: each makes its partitions' leaders known to the brokers. */
const TOPICS_AT_ONCE = 10;
/** All logs are opened in the background after a start. */
const ALL_OPENED_MS = 8_000;
const FLAGS = ["--brokers", "1"];

const { values } = parseArgs({
  options: { partitions: { type: "string", default: "10000" }, runs: { type: "string", default: "5" } },
});
const topicCount = Math.ceil(Number(values.partitions) / PARTITIONS_PER_TOPIC);

async function makeTopics(bootstrap: string): Promise<void> {
  const admin = new Kafka({ brokers: [bootstrap], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  for (let first = 0; first < topicCount; first += TOPICS_AT_ONCE) {
    const topics = Array.from({ length: Math.min(TOPICS_AT_ONCE, topicCount - first) }, (_, index) => ({
      topic: `topic-${first + index}`,
      numPartitions: PARTITIONS_PER_TOPIC,
    }));
    await admin.createTopics({ topics, timeout: 120_000, waitForLeaders: false });
  }
  await admin.disconnect();
}

/** A record in each partition, so that each has a directory to be found and opened. */
async function fill(bootstrap: string): Promise<void> {
  const producer = new Kafka({ brokers: [bootstrap], logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  for (let topic = 0; topic < topicCount; topic++) {
    const messages = Array.from({ length: PARTITIONS_PER_TOPIC }, (_, partition) => ({ partition, value: "x" }));
    await producer.send({ topic: `topic-${topic}`, messages });
  }
  await producer.disconnect();
}

/** Settles when the metadata of all topics are answered. */
async function askForAll(bootstrap: string): Promise<void> {
  const admin = new Kafka({ brokers: [bootstrap], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const { topics } = await admin.fetchTopicMetadata();
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions.length, 0);
  await admin.disconnect();
  if (partitions < topicCount * PARTITIONS_PER_TOPIC) throw new Error(`only ${partitions} partitions are there`);
}

async function startAgain(
  made: Odradek,
  extraFlags: readonly string[] = [],
): Promise<{ readonly odradek: Odradek; readonly seconds: number }> {
  const startedMs = performance.now();
  const odradek = await startOdradek({ flags: made.flags, extraFlags, dataDirectory: made.dataDirectory });
  return { odradek, seconds: (performance.now() - startedMs) / 1000 };
}

const made = await startOdradek({ extraFlags: FLAGS });
await makeTopics(made.bootstrap);
await fill(made.bootstrap);
await made.stop();
const seconds: number[] = [];
const megabytes: number[] = [];
const megabytesAfterUse: number[] = [];
for (let run = 0; run < Number(values.runs); run++) {
  const again = await startAgain(made);
  seconds.push(again.seconds);
  megabytes.push(residentMegabytes(again.odradek.supervisor.pid ?? 0));
  await askForAll(again.odradek.bootstrap);
  megabytesAfterUse.push(residentMegabytes(again.odradek.supervisor.pid ?? 0));
  await again.odradek.stop();
}
// A process of its own shows what the broker alone needs.
const apart = await startAgain(made, ["--isolation=process"]);
await askForAll(apart.odradek.bootstrap);
await pause(ALL_OPENED_MS);
const brokerMegabytes = [residentMegabytesOf(apart.odradek.supervisor.pid ?? 0, "/broker.js")];
await apart.odradek.stop();
await made.dispose();
const line = (name: string, unit: string, series: readonly number[]): string =>
  `${name.padEnd(40)} ${median(series).toFixed(2)} ${unit} (${Math.min(...series).toFixed(2)} to ${Math.max(...series).toFixed(2)})`;
console.log(
  [
    `${topicCount * PARTITIONS_PER_TOPIC} partitions on one broker, ${values.runs} starts after a clean stop; all processes together`,
    line("from the command to serving", "s", seconds),
    line("memory when started", "MB", megabytes),
    line("memory when all were asked for", "MB", megabytesAfterUse),
    line("the broker's own process, all logs open", "MB", brokerMegabytes),
  ].join("\n"),
);
