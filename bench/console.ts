// Server time of the console's pages and what they weigh, in front of a cluster of 2,000 topics.
// npx tsx bench/console.ts [--topics 2000] [--runs 9]
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { Kafka, logLevel } from "kafkajs";
import { startOdradek } from "../server/testing/odradek.ts";
import { measureDrawn } from "./drawn.ts";
import { median } from "./measure.ts";
import { residentMegabytes } from "./process-tree.ts";

const { values } = parseArgs({
  options: { topics: { type: "string", default: "2000" }, runs: { type: "string", default: "9" } },
});
const topicCount = Number(values.topics);
const runs = Number(values.runs);
/** Topics made by one request. */
const BATCH = 200;

const pages = [
  "overview",
  "topics",
  "topics/bench-7/messages",
  "topics/bench-7/partitions",
  "groups",
  "brokers",
  "topology",
  "jobs",
  "journal",
];
const reads = ["topics", "topics/bench-7/messages?from=newest&limit=50", "groups", "brokers", "overview"];

async function makeTopics(bootstrap: string): Promise<void> {
  const kafka = new Kafka({ brokers: bootstrap.split(","), logLevel: logLevel.NOTHING, requestTimeout: 120_000 });
  const admin = kafka.admin();
  await admin.connect();
  for (let from = 0; from < topicCount; from += BATCH) {
    const topics = Array.from({ length: Math.min(BATCH, topicCount - from) }, (_, index) => ({
      topic: `bench-${from + index}`,
      numPartitions: 4,
    }));
    await admin.createTopics({ topics, waitForLeaders: false, timeout: 110_000 });
  }
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({
    topic: "bench-7",
    messages: Array.from({ length: 1_000 }, (_, index) => ({
      key: `k${index}`,
      value: JSON.stringify({ index, state: "captured" }),
    })),
  });
  await producer.disconnect();
}

/** Milliseconds from the request to the last byte of the answer. */
async function timed(url: string): Promise<number> {
  const startedMs = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return performance.now() - startedMs;
}

/** Compressed bytes of the scripts that a page loads at first. */
async function scriptBytes(url: string): Promise<number> {
  const browser = await chromium.launch({
    executablePath: process.env.ODRADEK_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const scripts = new Set<string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => type === "Script" && scripts.add(requestId));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(url, { waitUntil: "load" });
  await browser.close();
  return bytes;
}

const odradek = await startOdradek({ isConsoleOn: true, extraFlags: ["--brokers", "1"] });
try {
  await makeTopics(odradek.bootstrap);
  console.log(`${topicCount} topics with ${topicCount * 4} partitions, one broker, ${runs} runs\n`);
  console.log("| page | cold ms | warm ms | JavaScript KB |\n| --- | --- | --- | --- |");
  for (const page of pages) {
    const url = `${odradek.consoleUrl}/local/${page}`;
    const cold = await timed(url);
    const warm: number[] = [];
    for (let run = 0; run < runs; run += 1) warm.push(await timed(url));
    console.log(
      `| ${page} | ${cold.toFixed(0)} | ${median(warm).toFixed(0)} | ${((await scriptBytes(url)) / 1024).toFixed(0)} |`,
    );
  }
  console.log("\n| read | warm ms |\n| --- | --- |");
  for (const read of reads) {
    const warm: number[] = [];
    for (let run = 0; run < runs; run += 1) warm.push(await timed(`${odradek.consoleUrl}/api/clusters/local/${read}`));
    console.log(`| ${read} | ${median(warm).toFixed(0)} |`);
  }
  const drawn = await measureDrawn(`${odradek.consoleUrl}/local/topics`, runs, {
    whole: / of .* topics shown/,
    filters: ["b", "be", "bench-1", "bench-19", ""],
    sorts: ["Partitions", "Messages", "Topic"],
  });
  const figures = Object.entries(drawn).map(([what, ms]) => `${what} ${ms.toFixed(0)} ms`);
  console.log(`\nThe list of topics in Chromium: ${figures.join(", ")}`);
  console.log(`\nMemory of everything: ${residentMegabytes(odradek.supervisor.pid ?? 0).toFixed(0)} MB`);
} finally {
  await odradek.dispose();
}
