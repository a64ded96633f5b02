// The longest wait of a producer with acks=all while each broker stops and starts in turn: a rolling restart, as clients feel it.
// npx tsx bench/pause.ts [--partitions 6] [--rounds 1]
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { Kafka, logLevel } from "kafkajs";
import { askPlatform } from "../server/console/control-client.ts";
import { startOdradek } from "../server/testing/odradek.ts";
import { until } from "../server/testing/until.ts";

const { values } = parseArgs({
  options: { partitions: { type: "string", default: "6" }, rounds: { type: "string", default: "1" } },
});
const TOPIC = "pulse";
const BROKERS = [1, 2, 3];
const partitions = Array.from({ length: Number(values.partitions) }, (_, partition) => partition);

const odradek = await startOdradek();
// kafkajs's own retries, so that an error which they do not cover ends the run; but soon, so that the cluster's pause is measured and not theirs.
const retry = { initialRetryTime: 20, retries: 10 };
const kafka = new Kafka({
  brokers: odradek.bootstrap.split(","),
  clientId: "bench",
  logLevel: logLevel.NOTHING,
  retry,
});
const admin = kafka.admin();
await admin.connect();
await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: partitions.length }] });

const over = new AbortController();
let longestMs = 0;
let sent = 0;

/** One message after the other to one partition, as fast as they are acknowledged. */
async function pulse(partition: number): Promise<void> {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  while (!over.signal.aborted) {
    const startedMs = performance.now();
    await producer.send({ topic: TOPIC, acks: -1, messages: [{ partition, value: "x" }] });
    longestMs = Math.max(longestMs, performance.now() - startedMs);
    sent++;
  }
  await producer.disconnect();
}

async function isWhole(): Promise<boolean> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] });
  return topics.every((topic) =>
    topic.partitions.every(({ isr, replicas, leader }) => isr.length === replicas.length && leader === replicas[0]),
  );
}

async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  longestMs = 0;
  await work();
  console.log(`${name.padEnd(28)}${longestMs.toFixed(0).padStart(6)} ms`);
}

const pulses = Promise.all(partitions.map(pulse));
await until(() => sent > partitions.length * 20);
console.log("longest wait for an acknowledgement:");
await step("nothing happens", () => new Promise((resolve) => setTimeout(resolve, 3_000)));
for (let round = 0; round < Number(values.rounds); round++) {
  for (const broker of BROKERS) {
    await step(`broker ${broker} stops`, () => askPlatform(odradek.dataDirectory, { command: "stop-broker", broker }));
    await step(`broker ${broker} starts, leads again`, async () => {
      await askPlatform(odradek.dataDirectory, { command: "start-broker", broker });
      await until(isWhole);
    });
  }
}
over.abort();
await pulses;
const ends = await admin.fetchTopicOffsets(TOPIC);
const kept = ends.reduce((sum, { high }) => sum + Number(high), 0);
console.log(`${kept} records of ${sent} that were acknowledged`);
await admin.disconnect();
await odradek.dispose();
process.exitCode = kept === sent ? 0 : 1;
