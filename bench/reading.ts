// Reading messages in the console beside a kafkajs client that reads the same: newest 50 of a large topic, opening a topic of 100 partitions;
// and following 2,000 messages a second.
// npx tsx bench/reading.ts [--records 5000000] [--runs 31]
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { Kafka, logLevel, type Producer } from "kafkajs";
import { startOdradek } from "../server/testing/odradek.ts";
import { median } from "./measure.ts";

const { values } = parseArgs({
  options: { records: { type: "string", default: "5000000" }, runs: { type: "string", default: "31" } },
});
const recordCount = Number(values.records);
const runs = Number(values.runs);
/** Records of one request; JSON of 513 bytes, as consoles.md measured the others. */
const BATCH = 5_000;
const FOLLOWED_PER_SECOND = 2_000;
const FOLLOWED_SECONDS = 20;

function recordOf(index: number): { key: string; value: string } {
  const fields = { index, state: index % 7 === 0 ? "failed" : "captured", amount: index % 1_000, currency: "EUR" };
  const value = JSON.stringify({ ...fields, pad: "" });
  return { key: `k${index % 10_000}`, value: JSON.stringify({ ...fields, pad: "x".repeat(513 - value.length) }) };
}

async function fill(producer: Producer, topic: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const messages = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => recordOf(from + i));
    await producer.send({ topic, messages });
  }
}

/** Milliseconds from the request to the last byte of each answer, and what the server says of its reading. */
async function timed(url: string): Promise<{ elapsedMs: number; readingMs: number }> {
  const startedMs = performance.now();
  const response = await fetch(url);
  const body: unknown = await response.json();
  const elapsedMs = performance.now() - startedMs;
  const value = typeof body === "object" && body !== null && "value" in body ? body.value : undefined;
  const durationMs =
    typeof value === "object" && value !== null && "durationMs" in value ? value.durationMs : undefined;
  return { elapsedMs, readingMs: Number(durationMs) };
}

/** Reads a page in turn with what a plain client takes for the same; without one the last columns are empty. */
async function measure(name: string, url: string, theirs?: () => Promise<number>): Promise<void> {
  // The first few compile codecs and open connections.
  for (let warm = 0; warm < 3; warm++) await timed(url);
  const found: { elapsedMs: number; readingMs: number }[] = [];
  const plain: number[] = [];
  for (let run = 0; run < runs; run++) {
    found.push(await timed(url));
    // A consumer that joins a group takes seconds, so it is asked less often.
    if (theirs !== undefined && run % 6 === 0) plain.push(await theirs());
  }
  const elapsed = found.map((one) => one.elapsedMs).toSorted((a, b) => a - b);
  const p95 = elapsed[Math.floor(elapsed.length * 0.95)] ?? Number.NaN;
  const reading = median(found.map((one) => one.readingMs));
  const beside =
    plain.length === 0 ? " | " : `${median(plain).toFixed(0)} ms | ${(median(elapsed) / median(plain)).toFixed(3)}`;
  console.log(
    `| ${name} | ${reading.toFixed(1)} ms | ${median(elapsed).toFixed(1)} ms | ${p95.toFixed(1)} ms | ${beside} |`,
  );
}

/** Milliseconds in which a kafkajs consumer, connected already, joins its group, seeks to the newest of each partition and has so many records. */
async function plainNewest(kafka: Kafka, topic: string, count: number): Promise<number> {
  const [admin, consumer] = [kafka.admin(), kafka.consumer({ groupId: `bench-${performance.now()}` })];
  await Promise.all([admin.connect(), consumer.connect()]);
  const startedMs = performance.now();
  const ends = await admin.fetchTopicOffsets(topic);
  const each = Math.ceil(count / ends.length);
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve) => {
    let read = 0;
    void consumer.run({
      autoCommit: false,
      eachMessage: ({ message }) => {
        if (message.value !== null) JSON.parse(message.value.toString());
        read += 1;
        if (read === count) resolve();
        return Promise.resolve();
      },
    });
    for (const { partition, high } of ends)
      consumer.seek({ topic, partition, offset: String(Math.max(0, Number(high) - each)) });
  });
  const elapsedMs = performance.now() - startedMs;
  await Promise.all([admin.disconnect(), consumer.disconnect()]);
  return elapsedMs;
}

/** Follows a topic in Chromium while it is written to; returns the longest task and how many were longer than 50 ms. */
async function follow(consoleUrl: string, producer: Producer): Promise<void> {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${consoleUrl}/local/topics/bench.followed/messages?follow=true`);
  await page.getByText("following").waitFor();
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { benchTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
  });
  for (let tick = 0; tick < FOLLOWED_SECONDS * 10; tick++) {
    const dueMs = performance.now() + 100;
    const messages = Array.from({ length: FOLLOWED_PER_SECOND / 10 }, (_, i) => recordOf(i));
    await producer.send({ topic: "bench.followed", messages });
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
  }
  const tasks: number[] = await page.evaluate("window.benchTasks");
  const shown = await page.getByText(/arrived/).textContent();
  console.log(`\nFollowing ${FOLLOWED_PER_SECOND}/s for ${FOLLOWED_SECONDS} s:${shown ?? ""}`);
  console.log(`long tasks: ${tasks.length}, longest ${Math.round(Math.max(0, ...tasks))} ms`);
  await browser.close();
}

const odradek = await startOdradek({ isConsoleOn: true });
try {
  const kafka = new Kafka({
    brokers: odradek.bootstrap.split(","),
    logLevel: logLevel.NOTHING,
    requestTimeout: 120_000,
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: true,
    topics: [
      { topic: "bench.large", numPartitions: 6 },
      { topic: "bench.wide", numPartitions: 100 },
      { topic: "bench.followed", numPartitions: 3 },
    ],
  });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  await fill(producer, "bench.large", recordCount);
  await fill(producer, "bench.wide", 100_000);
  const api = `${odradek.consoleUrl}/api/clusters/local/topics`;
  console.log("| | reading, median | answer, median | answer, 95 % | kafkajs, median | ratio |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  await measure(`newest 50 of ${recordCount} records`, `${api}/bench.large/messages?from=newest&limit=50`, () =>
    plainNewest(kafka, "bench.large", 50),
  );
  await measure(`oldest 50 of ${recordCount} records`, `${api}/bench.large/messages?from=oldest&limit=50`);
  await measure("newest 100 of 100 partitions", `${api}/bench.wide/messages?from=newest&limit=100`, () =>
    plainNewest(kafka, "bench.wide", 100),
  );
  await follow(odradek.consoleUrl, producer);
  await producer.disconnect();
} finally {
  await odradek.dispose();
}
