// Server time, processor and disk of the console in front of a cluster with many groups that lag, on the same machine.
// npx tsx bench/groups.ts [--groups 1000] [--topics 2000] [--runs 9] [--tabs 50]
import { performance } from "node:perf_hooks";
import { statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Kafka, logLevel } from "kafkajs";
import { History } from "../server/console/engine/history/history.ts";
import { openStore } from "../server/console/engine/store/store.ts";
import { startOdradek } from "../server/testing/odradek.ts";
import { median } from "./measure.ts";
import { processBelow, processorSeconds } from "./process-tree.ts";

const { values } = parseArgs({
  options: {
    groups: { type: "string", default: "1000" },
    topics: { type: "string", default: "2000" },
    runs: { type: "string", default: "9" },
    tabs: { type: "string", default: "50" },
  },
});
const groupCount = Number(values.groups);
const topicCount = Number(values.topics);
const runs = Number(values.runs);
const tabs = Number(values.tabs);
/** Topics made by one request. */
const BATCH = 200;
/** Long enough for several sweeps, which are ten seconds apart. */
const WATCHED_MS = 60_000;

async function fill(bootstrap: string): Promise<void> {
  const kafka = new Kafka({ brokers: bootstrap.split(","), logLevel: logLevel.NOTHING, requestTimeout: 120_000 });
  const admin = kafka.admin();
  await admin.connect();
  for (let from = 0; from < topicCount; from += BATCH) {
    const topics = Array.from({ length: Math.min(BATCH, topicCount - from) }, (_, index) => ({
      topic: `bench-${from + index}`,
      numPartitions: 1,
    }));
    await admin.createTopics({ topics, waitForLeaders: from + BATCH >= topicCount, timeout: 110_000 });
  }
  const producer = kafka.producer();
  await producer.connect();
  const messages = Array.from({ length: 20 }, (_, index) => ({ key: `k${index}`, value: "v".repeat(100) }));
  for (let from = 0; from < topicCount; from += BATCH) {
    const topicMessages = Array.from({ length: Math.min(BATCH, topicCount - from) }, (_, index) => ({
      topic: `bench-${from + index}`,
      messages,
    }));
    await producer.sendBatch({ topicMessages });
  }
  await producer.disconnect();
  for (let group = 0; group < groupCount; group += 1)
    await admin.setOffsets({
      groupId: `group-${group}`,
      topic: `bench-${group % topicCount}`,
      partitions: [{ partition: 0, offset: String(group % 20) }],
    });
  await admin.disconnect();
}

/** Milliseconds from the request to the last byte of the answer. */
async function timed(url: string): Promise<number> {
  const startedMs = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return performance.now() - startedMs;
}

async function report(name: string, url: string): Promise<void> {
  const cold = await timed(url);
  const warm: number[] = [];
  for (let run = 0; run < runs; run += 1) warm.push(await timed(url));
  console.log(`| ${name} | ${cold.toFixed(0)} | ${median(warm).toFixed(1)} |`);
}

/** Share of one core that the console takes while `during` runs. */
async function share(pid: number, during: () => Promise<unknown>): Promise<number> {
  const [before, startedMs] = [processorSeconds(pid), performance.now()];
  await during();
  return (processorSeconds(pid) - before) / ((performance.now() - startedMs) / 1_000);
}

/** Opens a tab's stream and leaves its events unread but drained, as a browser would take them. */
async function openTab(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${url}/api/stream`, { headers: { accept: "text/event-stream" }, signal });
  await response.body?.pipeTo(new WritableStream()).catch(() => undefined);
}

/** Bytes and read time of a month of history, written by the product's own code. */
async function month(): Promise<void> {
  const directory = process.env.TMPDIR ?? "/tmp";
  const path = join(directory, `odradek-bench-history-${process.pid}`);
  const { store } = openStore(path, Date.now());
  const history = new History(store);
  const start = Math.floor(Date.UTC(2026, 0, 1) / 1_000);
  const days = 30;
  for (let at = start; at < start + days * 86_400; at += 300) {
    const samples = Array.from({ length: groupCount }, (_, group) => {
      const name = `group-${group}`;
      const lag = Math.round(500 + 400 * Math.sin((at - start) / 7_000 + group) + ((at * (group + 7)) % 97));
      return [
        { kind: "group-lag" as const, name, part: "", value: lag },
        { kind: "group-lag-time" as const, name, part: "", value: lag * 40 },
        { kind: "group-consumed" as const, name, part: "", value: (at - start) * 5 + group },
      ];
    });
    history.write("bench", at, samples.flat());
    if ((at - start) % 3_600 === 0) await history.tidy(at);
  }
  await history.tidy(start + days * 86_400);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedMs = performance.now();
    const range = { from: start, to: start + days * 86_400 };
    history.read("bench", [{ kind: "group-lag", name: `group-${run}`, part: "", as: "value" }], range, 300);
    times.push(performance.now() - startedMs);
  }
  console.log(`| a month of ${groupCount} groups, MB | ${(store.sizeBytes / 1e6).toFixed(0)} |`);
  console.log(`| a month's chart, ms | ${median(times).toFixed(1)} |`);
  store.close();
  console.log(`| the file, MB | ${(statSync(join(path, "console", "console.db")).size / 1e6).toFixed(0)} |`);
}

const odradek = await startOdradek({ isConsoleOn: true, extraFlags: ["--brokers", "1"] });
try {
  await fill(odradek.bootstrap);
  const api = `${odradek.consoleUrl}/api/clusters/local`;
  console.log(`${groupCount} groups on ${topicCount} topics, one broker, ${runs} runs\n`);
  console.log("| read or page | cold ms | warm ms |\n| --- | --- | --- |");
  await report("groups", `${api}/groups`);
  await report("one group", `${api}/groups/group-7`);
  await report("page of groups", `${odradek.consoleUrl}/local/groups`);
  await report("page of one group", `${odradek.consoleUrl}/local/groups/group-7`);
  console.log("\n| | |\n| --- | --- |");
  const pid = processBelow(odradek.supervisor.pid ?? 0, "console.js");
  console.log(`| sampling, share of a core | ${(await share(pid, () => pause(WATCHED_MS))).toFixed(3)} |`);
  const closing = new AbortController();
  const open = Array.from({ length: tabs }, () => openTab(odradek.consoleUrl, closing.signal).catch(() => undefined));
  console.log(`| the same with ${tabs} tabs | ${(await share(pid, () => pause(WATCHED_MS))).toFixed(3)} |`);
  closing.abort();
  await Promise.all(open);
  await month();
} finally {
  await odradek.dispose();
}
