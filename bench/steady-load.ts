// Memory of the platform and of the console under an hour of load: whether it stays flat.
// npx tsx bench/steady-load.ts [--minutes 60] [--rate 2000]
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Kafka, logLevel } from "kafkajs";
import { startOdradek } from "../server/testing/odradek.ts";
import { median } from "./measure.ts";
import { residentMegabytesOf } from "./process-tree.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "60" }, rate: { type: "string", default: "2000" } },
});
const minutes = Number(values.minutes);
const MINUTE_MS = 60_000;
const TICK_MS = 100;
const SAMPLE_MS = 5_000;
/** Of six partitions: what is older is deleted again, as in a cluster that has run for long. */
const KEPT_BYTES = 20_000_000;
const messages = Array.from({ length: (Number(values.rate) * TICK_MS) / 1_000 }, (_, index) => ({
  key: `key-${index}`,
  value: "v".repeat(500),
}));

const odradek = await startOdradek({ isConsoleOn: true });
const kafka = new Kafka({ brokers: odradek.bootstrap.split(","), clientId: "bench", logLevel: logLevel.NOTHING });
const admin = kafka.admin();
await admin.connect();
const configEntries = [
  { name: "retention.bytes", value: String(KEPT_BYTES) },
  { name: "segment.bytes", value: String(KEPT_BYTES / 4) },
];
await admin.createTopics({ topics: [{ topic: "load", numPartitions: 6, replicationFactor: 3, configEntries }] });
await admin.disconnect();
let read = 0;
const consumer = kafka.consumer({ groupId: "reader" });
await consumer.connect();
await consumer.subscribe({ topics: ["load"], fromBeginning: true });
await consumer.run({
  eachBatch: ({ batch }) => {
    read += batch.messages.length;
    return Promise.resolve();
  },
});
const producer = kafka.producer({ idempotent: true });
await producer.connect();

const pid = odradek.supervisor.pid ?? 0;
const samples: { readonly atMs: number; readonly platform: number; readonly console: number }[] = [];
const startMs = performance.now();
const elapsed = () => performance.now() - startMs;
let sent = 0;
const sampling = (async () => {
  while (elapsed() < minutes * MINUTE_MS) {
    const [platform, ofConsole] = ["platform.js", "console.js"].map((name) => residentMegabytesOf(pid, name));
    samples.push({ atMs: elapsed(), platform: platform ?? Number.NaN, console: ofConsole ?? Number.NaN });
    await pause(SAMPLE_MS);
  }
})();
for (let tick = 1; elapsed() < minutes * MINUTE_MS; tick += 1) {
  await producer.send({ topic: "load", acks: -1, messages });
  sent += messages.length;
  await pause(Math.max(0, tick * TICK_MS - elapsed()));
}
await sampling;
console.log("| minutes | platform MB | console MB |\n| --- | --- | --- |");
const step = Math.max(1, minutes / 6);
for (let from = 0; from < minutes; from += step) {
  const own = samples.filter(({ atMs }) => atMs >= from * MINUTE_MS && atMs < (from + step) * MINUTE_MS);
  const [platform, ofConsole] = [own.map((one) => one.platform), own.map((one) => one.console)].map((all) =>
    median(all).toFixed(0),
  );
  console.log(`| ${from}–${from + step} | ${platform} | ${ofConsole} |`);
}
console.log(`\n${sent.toLocaleString("en")} records acknowledged by all replicas, ${read.toLocaleString("en")} read`);
await consumer.disconnect();
await producer.disconnect();
await odradek.dispose();
