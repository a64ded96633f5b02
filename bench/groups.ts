// Server time, processor and disk of the console in front of a cluster with many groups that lag, on the same machine.
// npx tsx bench/groups.ts [--groups 1000] [--topics 2000] [--runs 9] [--tabs 50]
import { performance } from "node:perf_hooks";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Kafka, logLevel } from "kafkajs";
import { History, type Sample } from "../server/console/engine/history/history.ts";
import { openStore } from "../server/console/engine/store/store.ts";
import { commitGroupOffsets } from "../server/client/admin/group-offsets.ts";
import { ClusterClient } from "../server/client/cluster-client.ts";
import { inParallel } from "../server/console/in-parallel.ts";
import { createLog } from "../server/environment/real/log.ts";
import { realEnvironment } from "../server/environment/real/real-environment.ts";
import { startOdradek } from "../server/testing/odradek.ts";
import { median } from "./measure.ts";
import { processBelow, processorSeconds, residentMegabytesOf } from "./process-tree.ts";

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
const COMMITS_AT_ONCE = 16;
/** Long enough for several sweeps, which are ten seconds apart. */
const WATCHED_MS = 40_000;

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
  await admin.disconnect();
  await commit(bootstrap);
}

/** Commits of groups without members, by one client: an admin of kafkajs would look up and join for each. */
async function commit(bootstrap: string): Promise<void> {
  const log = createLog({ format: "text", level: "error" });
  const client = new ClusterClient(realEnvironment({ log }), { bootstrap: bootstrap.split(","), clientId: "bench" });
  const groups = Array.from({ length: groupCount }, (_, group) => group);
  await inParallel(groups, COMMITS_AT_ONCE, (group) =>
    commitGroupOffsets(client, `group-${group}`, [
      { topic: `bench-${group % topicCount}`, partition: 0, offset: group % 20 },
    ]),
  );
  client.close();
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

/** A tab with the list of groups open: follows the sweeps, and reads the list again after each, as a browser does. */
async function openTab(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${url}/api/stream`, { headers: { accept: "text/event-stream" }, signal });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const text = decoder.decode(chunk, { stream: true });
    const [, streamId] = /"streamId":"([^"]+)"/.exec(text) ?? [];
    if (streamId !== undefined) {
      const subscriptions = [{ channel: "sampled", id: "sampled", cluster: "local" }];
      await fetch(`${url}/api/stream/${streamId}`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: url },
        body: JSON.stringify({ subscriptions }),
        signal,
      });
    }
    if (text.includes(`"type":"sampled"`)) tabReads.push(await timed(`${url}/api/clusters/local/groups`));
  }
}

/** Milliseconds of each read that a tab made. */
const tabReads: number[] = [];

/** Groups that a month is written of. Their size grows with their number, so that of all is told from it: all would take an hour to write. */
const WRITTEN_GROUPS = 30;
const MINUTE = 60;
const DAY = 86_400;

/** What a sweep keeps of a group with one partition: most are quiet for a while in each hour, and sway else. */
function samplesOfGroup(group: number, at: number): Sample[] {
  const name = `group-${group}`;
  const isQuiet = Math.floor(at / 1_200 + group) % 3 === 0;
  const lag = isQuiet ? 0 : Math.round(500 + 400 * Math.sin(at / 7_000 + group) + ((at * (group + 7)) % 97));
  const part = "bench-0/0";
  const consumed = Math.round(at * 0.5) + ((at * (group + 3)) % 11);
  return [
    { kind: "group-lag", name, part: "", value: lag },
    { kind: "group-lag-time", name, part: "", value: lag * 40 },
    { kind: "group-partition-lag", name, part, value: lag },
    { kind: "group-partition-lag-time", name, part, value: lag * 40 },
    { kind: "group-consumed", name, part: "", value: consumed },
  ];
}

/** Bytes and read time of a month of history, written by the product's own code: a point each five minutes, of the last day each ten seconds. */
async function month(): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), "odradek-bench-history-"));
  const { store } = openStore(path, Date.now());
  const history = new History(store);
  const start = Math.floor(Date.UTC(2026, 0, 1) / 1_000);
  const end = start + 30 * DAY;
  for (let at = start; at < end; at += at < end - DAY ? 5 * MINUTE : 10) {
    const samples = Array.from({ length: WRITTEN_GROUPS }, (_, group) => samplesOfGroup(group, at));
    history.write("bench", at, samples.flat());
    if ((at - start) % (12 * 60 * MINUTE) === 0) await history.tidy(at);
  }
  await history.tidy(end);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedMs = performance.now();
    history.read(
      "bench",
      [{ kind: "group-lag", name: `group-${run}`, part: "", as: "value" }],
      { from: start, to: end },
      360,
    );
    times.push(performance.now() - startedMs);
  }
  const megabytes = (store.sizeBytes / 1e6 / WRITTEN_GROUPS) * groupCount;
  console.log(`| a month of ${groupCount} groups, MB | ${megabytes.toFixed(0)} |`);
  console.log(`| a month's chart, ms | ${median(times).toFixed(1)} |`);
  store.close();
  rmSync(path, { recursive: true, force: true });
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
  console.log(`| a tab's read of the list, ms | ${median(tabReads).toFixed(1)} (${tabReads.length}) |`);
  closing.abort();
  await Promise.all(open);
  console.log(
    `| memory of the console, MB | ${residentMegabytesOf(odradek.supervisor.pid ?? 0, "console.js").toFixed(0)} |`,
  );
  await month();
} finally {
  await odradek.dispose();
}
