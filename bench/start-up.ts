// Time from the command to the first answer for metadata, and memory, beside Apache Kafka.
// npx tsx bench/start-up.ts [--brokers 1] [--runs 5]
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { startApacheKafka } from "../server/testing/apache-kafka.ts";
import { startOdradek } from "../server/testing/odradek.ts";
import { head, interleave, row } from "./measure.ts";
import { residentMegabytes } from "./process-tree.ts";

const { values } = parseArgs({
  options: { brokers: { type: "string", default: "1" }, runs: { type: "string", default: "5" } },
});
const brokers = Number(values.brokers);

type Start = { readonly seconds: number; readonly megabytes: number };

async function ours(): Promise<Start> {
  const startedMs = performance.now();
  const odradek = await startOdradek({ extraFlags: ["--brokers", String(brokers)] });
  const seconds = (performance.now() - startedMs) / 1000;
  const megabytes = residentMegabytes(odradek.supervisor.pid ?? 0);
  await odradek.dispose();
  return { seconds, megabytes };
}

async function theirs(): Promise<Start> {
  const startedMs = performance.now();
  const kafka = await startApacheKafka({ brokers });
  const seconds = (performance.now() - startedMs) / 1000;
  const megabytes = kafka.processIds.reduce((sum, id) => sum + residentMegabytes(id), 0);
  await kafka.stop();
  return { seconds, megabytes };
}

const runs = await interleave(Number(values.runs), ours, theirs);
const series = (pick: (start: Start) => number) => ({ ours: runs.ours.map(pick), theirs: runs.theirs.map(pick) });
console.log(
  [
    `${brokers} broker(s), ${values.runs} runs; Apache Kafka's time includes formatting its storage`,
    "",
    head,
    row({ name: "start", unit: "s", ...series(({ seconds }) => seconds) }),
    row({ name: "memory when started", unit: "MB", ...series(({ megabytes }) => megabytes) }),
  ].join("\n"),
);
