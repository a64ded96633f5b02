// Moves a large topic from one broker to another under load and a throttle, by Kafka's own tool: whether the move keeps to it, and loses nothing.
// npx tsx bench/throttled-move.ts [--megabytes 5000] [--rate 100] [--load 1000]
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as after } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Kafka, logLevel } from "kafkajs";
import { type kafkaTools, runKafkaTool } from "../server/testing/kafka-tool.ts";
import { startOdradek } from "../server/testing/odradek.ts";

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "5000" },
    rate: { type: "string", default: "100" },
    load: { type: "string", default: "1000" },
  },
});
const MEGABYTE = 1_000_000;
const TOPIC = "heavy";
const RECORD_BYTES = 1000;
const PARTITIONS = 4;
const LIMIT_MS = 3_600_000;
const megabytes = Number(values.megabytes);
const records = (megabytes * MEGABYTE) / RECORD_BYTES;
const bytesPerSecond = Number(values.rate) * MEGABYTE;

const odradek = await startOdradek();
const kafka = new Kafka({ brokers: odradek.bootstrap.split(","), clientId: "bench", logLevel: logLevel.NOTHING });
const admin = kafka.admin();
await admin.connect();

async function run(tool: keyof typeof kafkaTools, ...args: readonly string[]): Promise<string> {
  const bootstrap = ["--bootstrap-server", odradek.bootstrap];
  const finished = await runKafkaTool(tool, [...bootstrap, ...args], { limitMs: LIMIT_MS });
  if (finished.exitCode !== 0) throw new Error(finished.stdout + finished.stderr);
  return finished.stdout;
}

function produce(count: number, perSecond: number): Promise<string> {
  return run(
    "producerPerformance",
    ...["--topic", TOPIC, "--num-records", String(count), "--record-size", String(RECORD_BYTES)],
    ...["--throughput", String(perSecond), "--producer-props", `bootstrap.servers=${odradek.bootstrap}`, "acks=all"],
  );
}

function plan(replicas: readonly number[]): string {
  const path = join(odradek.dataDirectory, "plan.json");
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: TOPIC, partition, replicas }));
  writeFileSync(path, JSON.stringify({ version: 1, partitions }));
  return path;
}

/** Bytes of the topic's log files on the broker that it moves to: with the records that came meanwhile, and what a batch has beside its records. */
function bytesThere(): number {
  const files = readdirSync(odradek.dataDirectory, { recursive: true, encoding: "utf8" });
  const own = files.filter((file) => /broker-3\b.*\bheavy-\d+\/\d+\.log$/.test(file));
  return own.reduce((sum, file) => sum + statSync(join(odradek.dataDirectory, file)).size, 0);
}

async function isMoving(): Promise<boolean> {
  return (await admin.listPartitionReassignments({})).topics.length > 0;
}

const replicaAssignment = Array.from({ length: PARTITIONS }, (_, partition) => ({ partition, replicas: [1, 2] }));
await admin.createTopics({
  topics: [{ topic: TOPIC, replicaAssignment, configEntries: [{ name: "min.insync.replicas", value: "2" }] }],
});
console.log(`filling ${megabytes} MB …`);
await produce(records, -1);

const file = ["--reassignment-json-file", plan([3, 2])];
await run("reassignPartitions", "--execute", "--throttle", String(bytesPerSecond), ...file);
await after(2_000);
await run("reassignPartitions", "--cancel", ...file);
console.log(`cancelled on its way; ${(await isMoving()) ? "it still moves" : "nothing moves any more"}`);

// So many that the load lasts longer than the move should.
const during =
  Math.ceil((records * RECORD_BYTES * 1.5 * Number(values.load)) / bytesPerSecond) + Number(values.load) * 10;
const load = produce(during, Number(values.load));
await run("reassignPartitions", "--execute", "--throttle", String(bytesPerSecond), ...file);
const startedMs = performance.now();
while (await isMoving()) await after(50);
const seconds = (performance.now() - startedMs) / 1000;
const moved = bytesThere() / MEGABYTE;
const rate = moved / seconds;
console.log(
  `moved ${moved.toFixed(0)} MB in ${seconds.toFixed(1)} s: ${rate.toFixed(1)} MB/s of ${values.rate} MB/s (${((rate * 100) / Number(values.rate)).toFixed(1)} %)`,
);
const sent = await load;
console.log(`load meanwhile: ${sent.trim().split("\n").at(-1)}`);
await run("reassignPartitions", "--verify", ...file);
const ends = await admin.fetchTopicOffsets(TOPIC);
const kept = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
console.log(`${kept} records of ${records + during} that were acknowledged`);
await admin.disconnect();
await odradek.dispose();
process.exitCode = kept === records + during ? 0 : 1;
