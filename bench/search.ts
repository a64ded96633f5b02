// Searching a topic of JSON records beside a kafkajs consumer with JSON.parse, and kcat | grep where it is installed; interleaved.
// npx tsx bench/search.ts [--records 5000000] [--runs 3] [--brokers 1] [--partitions 6]   (build first)
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Kafka, logLevel } from "kafkajs";
import type { SearchQuery, SearchResult } from "../lib/contracts/search.ts";
import type { SearchEvent } from "../lib/contracts/stream-search.ts";
import { ClusterClient } from "../server/client/cluster-client.ts";
import { createLog } from "../server/environment/real/log.ts";
import { realEnvironment } from "../server/environment/real/real-environment.ts";
import { missingJudges } from "../server/testing/judges-present.ts";
import { startOdradek } from "../server/testing/odradek.ts";
import { runProcess } from "../server/testing/run-process.ts";
import { appendBatch, makeTopic } from "../server/testing/seed-topic.ts";
import { median } from "./measure.ts";
import { residentMegabytesOf } from "./process-tree.ts";

const { values } = parseArgs({
  options: {
    records: { type: "string", default: "5000000" },
    runs: { type: "string", default: "3" },
    brokers: { type: "string", default: "1" },
    partitions: { type: "string", default: "6" },
  },
});
const records = Number(values.records);
const runs = Number(values.runs);
const partitions = Number(values.partitions);
const topic = "bench.search";
const recordBytes = 513;
const batchRecords = 200;
const needle = "needle-3f9a77c1";

const odradek = await startOdradek({ isConsoleOn: true, extraFlags: ["--brokers", values.brokers] });
const api = `${odradek.consoleUrl}/api/clusters/local`;
const headers = { "content-type": "application/json", origin: odradek.consoleUrl };

function valueOf(n: number): string {
  const body = {
    state: n % 3 === 0 ? "failed" : "captured",
    amount: ((n * 7919) % 50_000) / 100,
    currency: "EUR",
    method: ["card", "klarna", "sepa", "paypal"][n % 4],
    paymentId: `pay_${n.toString(16).padStart(12, "0")}`,
    customer: { id: `usr_${(n % 100_000).toString(16)}`, country: ["FR", "DE", "IT"][n % 3], returning: n % 2 === 0 },
    items: [{ sku: `SKU-${n % 10_000}`, quantity: 1 }],
    note: n === records >> 1 ? needle : "",
    filler: "",
  };
  const short = JSON.stringify(body);
  return JSON.stringify({ ...body, filler: "x".repeat(Math.max(0, recordBytes - short.length)) });
}

async function seed(): Promise<void> {
  const log = createLog({ format: "text", level: "info" });
  const client = new ClusterClient(realEnvironment({ log }), {
    bootstrap: odradek.bootstrap.split(","),
    clientId: "seed",
  });
  await makeTopic(client, topic, { partitions });
  const startMs = Date.now() - records;
  for (let made = 0; made < records;) {
    const batches = Array.from({ length: partitions }, (_, partition) => {
      const first = made + partition * batchRecords;
      const batch = Array.from({ length: batchRecords }, (__, index) => ({
        key: Buffer.from(`key-${first + index}`),
        value: Buffer.from(valueOf(first + index)),
        timestampMs: startMs + first + index,
      }));
      return appendBatch(client, { topic, partition }, batch);
    });
    await Promise.all(batches);
    made += partitions * batchRecords;
  }
  client.close();
}

const everything: Omit<SearchQuery, "text"> = {
  ...{
    language: "cel",
    topics: [topic],
    partitions: null,
    order: "newest",
    fromOffset: null,
    fromMs: null,
    toMs: null,
  },
  ...{ limit: null, budget: null, isolation: "uncommitted", isControlShown: false, isKeyPartitionOnly: true },
};

type Answer<T> = { readonly ok: boolean; readonly value: T };

async function begin(query: Partial<SearchQuery> & { readonly text: string }): Promise<number> {
  const body = JSON.stringify({ query: { ...everything, ...query }, replaces: null });
  const response = await fetch(`${api}/searches`, { method: "POST", headers, body });
  // The console's own answer, of its contract.
  const answer = (await response.json()) as Answer<{ readonly job: number }>;
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer.value.job;
}

/** The events of a stream, as a tab reads them. */
async function* eventsOf(stream: Response): AsyncGenerator<SearchEvent | { type: "hello"; streamId: string }> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of stream.body ?? []) {
    rest += decoder.decode(bytes, { stream: true });
    const parts = rest.split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const data = part.split("\n").find((line) => line.startsWith("data:"));
      if (data !== undefined) yield JSON.parse(data.slice("data:".length));
    }
  }
}

type Searched = {
  readonly rate: number;
  readonly ms: number;
  /** Until the first match came to the tab. */ readonly firstMs: number;
};

/** Searches as a tab does: begins it, reads it once, and listens to the stream until it has ended. */
async function search(query: Partial<SearchQuery> & { readonly text: string }): Promise<Searched> {
  const leaving = new AbortController();
  const events = eventsOf(await fetch(`${odradek.consoleUrl}/api/stream`, { signal: leaving.signal }));
  const hello = (await events.next()).value;
  if (hello?.type !== "hello") throw new Error("the stream does not begin with hello");
  const startedMs = performance.now();
  const job = await begin(query);
  const begun = (await (await fetch(`${api}/searches/${job}`)).json()) as Answer<SearchResult>;
  let firstMs = begun.value.matches.length > 0 ? performance.now() - startedMs : Number.NaN;
  const subscription = { channel: "search", id: "search", cluster: "local", job, sequence: begun.value.sequence };
  const body = JSON.stringify({ subscriptions: [subscription] });
  await fetch(`${odradek.consoleUrl}/api/stream/${hello.streamId}`, { method: "POST", headers, body });
  try {
    for await (const event of events) {
      if (event.type !== "search") continue;
      const ms = performance.now() - startedMs;
      if (Number.isNaN(firstMs) && event.found.length > 0) firstMs = ms;
      if (event.status.problem) throw new Error(event.status.problem.detail);
      if (event.status.state === "completed") return { rate: (event.status.facts.records / ms) * 1_000, ms, firstMs };
    }
  } finally {
    leaving.abort();
  }
  throw new Error("the stream ended before the search");
}

/** A plain consumer, as most people would write it. */
async function consume(holds: (value: { amount: number; note: string }) => boolean): Promise<number> {
  const kafka = new Kafka({ brokers: odradek.bootstrap.split(","), logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `bench-${performance.now()}`, maxBytesPerPartition: 4 * 1024 * 1024 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let read = 0;
  let found = 0;
  let startedMs = 0;
  await new Promise<void>((resolve) => {
    void consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        startedMs ||= performance.now();
        for (const { value } of batch.messages) if (value && holds(JSON.parse(value.toString()))) found += 1;
        read += batch.messages.length;
        if (read >= records) resolve();
        return Promise.resolve();
      },
    });
  });
  const rate = (read / (performance.now() - startedMs)) * 1_000;
  await consumer.disconnect();
  if (found < 0) throw new Error("never");
  return rate;
}

async function kcatGrep(): Promise<number> {
  const startedMs = performance.now();
  const command = `kcat -C -q -e -o beginning -b ${odradek.bootstrap} -t ${topic} | grep -c ${needle}`;
  await runProcess("sh", ["-c", command], { limitMs: 600_000 });
  return (records / (performance.now() - startedMs)) * 1_000;
}

let consoleMegabytes = 0;

/** Milliseconds of the topics list, asked all the time while the work goes on. */
async function meanwhile<T>(work: Promise<T>): Promise<{ result: T; times: number[] }> {
  const times: number[] = [];
  const ending = new AbortController();
  const asking = (async () => {
    while (!ending.signal.aborted) {
      const startedMs = performance.now();
      await (await fetch(`${api}/topics`)).arrayBuffer();
      times.push(performance.now() - startedMs);
      consoleMegabytes = Math.max(consoleMegabytes, residentMegabytesOf(odradek.supervisor.pid ?? 0, "console.js"));
      await pause(50);
    }
  })();
  const result = await work;
  ending.abort();
  await asking;
  return { result, times };
}

const percentile = (times: readonly number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;

try {
  await seed();
  const hasKcat = missingJudges(["kcat"]).length === 0;
  const rates = { literal: [], text: [], field: [], parse: [], kcat: [] } as Record<string, number[]>;
  const lists: number[] = [];
  const newest: number[] = [];
  const first: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    for (const [name, query] of [
      ["literal", { text: `value.note == "${needle}"` }],
      ["text", { text: needle, language: "text" as const }],
      ["field", { text: "value.amount > 499.9" }],
    ] as const) {
      const { result, times } = await meanwhile(search(query));
      rates[name]?.push(result.rate);
      lists.push(...times);
    }
    rates.parse?.push(await consume(({ amount, note }) => amount > 499.9 || note === needle));
    if (hasKcat) rates.kcat?.push(await kcatGrep());
    for (let ask = 0; ask < 5; ask += 1) {
      const { ms, firstMs } = await search({ text: "value.amount > 100", limit: 100 });
      newest.push(ms);
      first.push(firstMs);
    }
  }
  const twenty = await meanwhile(
    Promise.all(Array.from({ length: 20 }, (_, user) => search({ text: `value.amount > ${480 + user}` }))),
  );
  const shown = (name: string) => Math.round(median(rates[name] ?? [])).toLocaleString("en");
  const times = (name: string) => (median(rates[name] ?? []) / median(rates.parse ?? [])).toFixed(2);
  console.log(
    `${records} records of ${recordBytes} bytes, ${partitions} partitions, ${values.brokers} broker(s), ${runs} runs\n`,
  );
  console.log("| search | records/s | beside kafkajs with JSON.parse |\n| --- | --- | --- |");
  for (const name of ["literal", "text", "field", "parse", ...(hasKcat ? ["kcat"] : [])])
    console.log(`| ${name} | ${shown(name)} | ${times(name)} |`);
  console.log(
    `\nNewest 100 with a filter: ${median(newest).toFixed(0)} ms (95 %: ${percentile(newest, 0.95).toFixed(0)} ms)`,
  );
  console.log(
    `First match at the tab, from the click: ${median(first).toFixed(0)} ms (95 %: ${percentile(first, 0.95).toFixed(0)} ms)`,
  );
  console.log(`Topics list meanwhile: ${median(lists).toFixed(0)} ms (95 %: ${percentile(lists, 0.95).toFixed(0)} ms)`);
  console.log(`Topics list during 20 searches: 95 % ${percentile(twenty.times, 0.95).toFixed(0)} ms`);
  console.log(`Console's memory at most: ${consoleMegabytes.toFixed(0)} MB`);
} finally {
  await odradek.dispose();
}
