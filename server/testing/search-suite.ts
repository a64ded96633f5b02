import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SearchQuery, SearchResult } from "../../lib/contracts/search.ts";
import { type Actor, localUser } from "../console/actor.ts";
import { checkSearch } from "../console/check-search.ts";
import { closeContext, type ConsoleContext } from "../console/context.ts";
import { controlJob } from "../console/control-job.ts";
import { listFields } from "../console/list-fields.ts";
import { listJournal } from "../console/list-journal.ts";
import { listSavedSearches } from "../console/list-saved-searches.ts";
import { readSearch } from "../console/read-search.ts";
import { readTimeStrip } from "../console/read-time-strip.ts";
import { removeSavedSearch } from "../console/remove-saved-search.ts";
import { planRevert, revertChange } from "../console/revert-change.ts";
import { saveSearch } from "../console/save-search.ts";
import { startSearch } from "../console/start-search.ts";
import { deleteTopics } from "../client/admin/topics.ts";
import { CODECS, loadCompression } from "../wire/compression.ts";
import { bad, clientOf, cluster, contextOf, good } from "./console-context.ts";
import type { SuiteCluster } from "./console-suite.ts";
import { appendBatch, makeTopic } from "./seed-topic.ts";
import { until } from "./until.ts";

const reader: Actor = { name: "reader", access: ["read"] };
const startMs = Date.parse("2026-11-22T09:00:00Z");
const topic = "search.orders";
const batches = 30;
const batchRecords = 20;

/** The n-th record: `amount` is n, one in a hundred has no amount, and its time is n seconds after the start. */
function orderOf(n: number) {
  const value = {
    ...(n % 100 === 7 ? {} : { amount: n }),
    state: n % 2 === 0 ? "captured" : "failed",
    customer: { name: n === 321 ? "Zoë Needle" : `customer ${n}` },
  };
  return {
    key: Buffer.from(`key-${n}`),
    value: Buffer.from(JSON.stringify(value)),
    headers: [{ key: "trace", value: Buffer.from(`t${n}`) }],
    timestampMs: startMs + n * 1_000,
  };
}

/** What a query leaves out. */
export function queryOf(query: Partial<SearchQuery> & Pick<SearchQuery, "text">): SearchQuery {
  return {
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
    ...query,
  };
}

/** What searching promises of any cluster, held against ours and against Apache Kafka. */
export function describeSearch(name: string, start: () => Promise<SuiteCluster & { stop(): Promise<unknown> }>): void {
  describe(`searching on ${name}`, () => {
    let context: ConsoleContext;
    let running: Awaited<ReturnType<typeof start>>;
    let directory: string;

    beforeAll(async () => {
      await loadCompression();
      running = await start();
      directory = mkdtempSync(join(tmpdir(), "odradek-search-"));
      context = contextOf(running.bootstrap, {}, directory);
      context.engine.start();
      await makeTopic(clientOf(context), topic, { partitions: 3 });
      for (let batch = 0; batch < batches; batch += 1) {
        const records = Array.from({ length: batchRecords }, (_, index) => orderOf(batch * batchRecords + index));
        const codec = CODECS[batch % CODECS.length] ?? "none";
        await appendBatch(clientOf(context), { topic, partition: batch % 3 }, records, { codec });
      }
    });
    afterAll(async () => {
      await closeContext(context);
      await running.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    const ended = async (job: number): Promise<SearchResult> => {
      await until(async () => {
        const { state } = good(await readSearch(context, reader, { cluster, job }));
        return state === "completed" || state === "failed" || state === "cancelled";
      });
      return good(await readSearch(context, reader, { cluster, job }));
    };
    const search = async (query: Partial<SearchQuery> & Pick<SearchQuery, "text">) => {
      const started = await startSearch(context, reader, { cluster, query: queryOf(query), replaces: null });
      return ended(good(started).job);
    };
    const offsetsOf = ({ matches }: SearchResult) => matches.map(({ key }) => Number(key.text.slice(4)));
    const all = Array.from({ length: batches * batchRecords }, (_, n) => n);

    test("an expression finds what it holds for, newest first, and counts what it failed on", async () => {
      const found = await search({ text: "value.amount >= 100 && value.amount < 400" });
      expect(offsetsOf(found)).toEqual(all.filter((n) => n >= 100 && n < 400 && n % 100 !== 7).toReversed());
      expect(found.facts).toMatchObject({ records: 600, failed: 6, end: "all-read", problems: [] });
      // The others were ruled out by the number's bytes.
      expect(found.facts.evaluated).toBeLessThan(600);
      expect(found.facts.offsetsDone).toBe(600);
      expect(found.facts.failure).toMatchObject({ topic, message: "No such key: amount" });
    });

    test("plain text is found in keys, values and headers, whatever the codec and the case", async () => {
      expect(offsetsOf(await search({ language: "text", text: "zoë nEEdle" }))).toEqual([321]);
      expect(offsetsOf(await search({ language: "text", text: '"customer 42"', order: "oldest" }))).toEqual([
        42,
        ...all.filter((n) => n >= 420 && n < 430),
      ]);
      expect(offsetsOf(await search({ language: "text", text: "header:t599" }))).toEqual([599]);
      expect(offsetsOf(await search({ language: "text", text: "key:key-59 -captured", order: "oldest" }))).toEqual([
        59, 591, 593, 595, 597, 599,
      ]);
    });

    test("a literal rules records out by their bytes, and none that has it", async () => {
      const found = await search({ text: 'value.customer.name.contains("Needle") && value.amount > 1' });
      expect(offsetsOf(found)).toEqual([321]);
      expect(found.facts.evaluated).toBeLessThan(600);
    });

    test("the newest so many are the newest of all partitions", async () => {
      const found = await search({ text: 'value.state == "captured"', limit: 50 });
      expect(offsetsOf(found)).toEqual(
        all
          .filter((n) => n % 2 === 0)
          .slice(-50)
          .toReversed(),
      );
      expect(found.facts).toMatchObject({ matches: 50 });
    });

    test("a key, a time and a partition bound what is read", async () => {
      const byTime = await search({ text: 'timestamp >= timestamp("2026-11-22T09:09:00Z") && value.amount > 0' });
      expect(offsetsOf(byTime)).toEqual(all.filter((n) => n >= 540 && n % 100 !== 7).toReversed());
      expect(byTime.facts.offsetsTotal).toBeLessThan(100);
      const range = await search({ text: "value.amount > 0", fromMs: startMs + 100_000, toMs: startMs + 119_000 });
      expect(offsetsOf(range)).toEqual(all.filter((n) => n >= 100 && n < 120 && n !== 107).toReversed());
      const byKey = await search({ text: 'key == "key-5"' });
      expect(byKey.facts).toMatchObject({ partitions: 1, keyPartition: expect.any(Number) });
      const everywhere = await search({ text: 'key == "key-5"', isKeyPartitionOnly: false });
      expect(everywhere.facts).toMatchObject({ partitions: 3, keyPartition: null, matches: 1 });
      const onePartition = await search({ text: "partition == 2 && value.amount > 0" });
      expect(onePartition.facts.offsetsTotal).toBe(200);
    });

    test("an expression is tested on the newest records, with its failures and the fields to choose from", async () => {
      const check = (text: string) => checkSearch(context, reader, { cluster, query: queryOf({ text }) });
      const { sample } = good(await check("value.amount >= 500"));
      expect(sample).toMatchObject({ records: 300, failure: { message: "No such key: amount" } });
      expect(sample?.matches).toBeGreaterThan(50);
      expect(sample?.failed).toBeGreaterThan(0);
      expect(good(await check("value.amount >")).fault).toMatchObject({ start: 14 });
      const { fields } = good(await listFields(context, reader, { cluster, topic }));
      expect(fields.find(({ path }) => path === "value.state")).toMatchObject({ type: "string", presence: 1 });
      expect(fields.find(({ path }) => path === "value.amount")?.presence).toBeLessThan(1);
      expect(fields.map(({ path }) => path)).toEqual(expect.arrayContaining(["value.customer.name", "headers.trace"]));
    });

    test("a test of an expression ends when nobody waits for it any more", async () => {
      const query = queryOf({ text: "value.amount >= 500" });
      const tested = await checkSearch(context, reader, { cluster, query, signal: AbortSignal.abort() });
      expect(good(tested).sample).toMatchObject({ records: 0, isLate: true });
    });

    test("records over time are counted without reading one", async () => {
      const strip = good(await readTimeStrip(context, reader, { cluster, topic, query: { buckets: 60 } }));
      expect(strip.counts).toHaveLength(60);
      expect(strip.counts.reduce((sum, count) => sum + count, 0)).toBe(600);
      expect(strip.fromMs).toBe(startMs);
      expect(strip.toMs).toBeGreaterThanOrEqual(startMs + 599_000);
      const range = { fromMs: startMs + 100_000, toMs: startMs + 160_000, buckets: 10 };
      const part = good(await readTimeStrip(context, reader, { cluster, topic, query: range }));
      expect(part.counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(60);
    });

    test("a search is saved for its topic, replaced and removed, and taken back from the journal", async () => {
      const saved = { cluster, topic, name: "Needles", query: queryOf({ text: 'value.customer.name == "x"' }) };
      expect(bad(await saveSearch(context, reader, saved)).code).toBe("not-authorised");
      good(await saveSearch(context, localUser, saved));
      good(await saveSearch(context, localUser, { ...saved, query: queryOf({ text: "offset > 5" }) }));
      const list = async () => good(await listSavedSearches(context, reader, { cluster, topic })).searches;
      expect((await list()).map((one) => [one.name, one.query.text])).toEqual([["Needles", "offset > 5"]]);
      good(await removeSavedSearch(context, localUser, { cluster, topic, name: "Needles" }));
      expect(await list()).toEqual([]);
      const { entries } = good(await listJournal(context, localUser, { cluster, query: { limit: 2 } }));
      for (const [entry, text] of [
        [entries[0], "offset > 5"],
        [entries[1], saved.query.text],
      ] as const) {
        const place = { cluster, entry: entry?.id ?? 0 };
        const { fingerprint } = good(await planRevert(context, localUser, place));
        good(await revertChange(context, localUser, { ...place, fingerprint }));
        expect((await list()).map((one) => one.query.text)).toEqual([text]);
      }
    });

    test("a scan budget ends a search and is said to", async () => {
      const found = await search({ text: 'value.state == "nowhere"', budget: 10 });
      expect(found.facts.end).toBe("budget");
    });

    test("an expression that does not compile is refused with its place", async () => {
      const query = queryOf({ text: "value.amount >" });
      const refused = bad(await startSearch(context, reader, { cluster, query, replaces: null }));
      expect(refused).toMatchObject({ code: "invalid-input", fields: { text: expect.stringContaining("ends here") } });
      expect(refused.detail).toContain("character 15");
      const missing = { ...queryOf({ text: "offset > 1" }), topics: ["search.missing"] };
      const job = good(await startSearch(context, reader, { cluster, query: missing, replaces: null })).job;
      expect((await ended(job)).problem).toMatchObject({ code: "topic-not-found" });
    });

    test("a search that is paused, resumed and taken up by another console finds each match once", async () => {
      const query = queryOf({ text: "value.amount >= 0" });
      const { job } = good(await startSearch(context, reader, { cluster, query, replaces: null }));
      const paused = await controlJob(context, localUser, { cluster, job, control: "pause" });
      if (paused.ok) {
        await until(() => context.engine.jobs.find(cluster, job)?.state === "paused");
        await closeContext(context);
        context = contextOf(running.bootstrap, {}, directory);
        context.engine.start();
        expect(good(await readSearch(context, reader, { cluster, job })).state).toBe("paused");
        good(await controlJob(context, localUser, { cluster, job, control: "resume" }));
      }
      const found = await ended(job);
      expect(found.state).toBe("completed");
      expect(offsetsOf(found)).toEqual(all.filter((n) => n % 100 !== 7).toReversed());
      expect(found.facts.matches).toBe(594);
    });

    test("several topics are searched as one, and one that is deleted meanwhile is said to be", async () => {
      await makeTopic(clientOf(context), "search.other");
      await appendBatch(clientOf(context), { topic: "search.other", partition: 0 }, [orderOf(321)]);
      const both = await search({ language: "text", text: "needle", topics: [topic, "search.other"] });
      expect(both.matches.map((match) => match.topic).sort()).toEqual([topic, "search.other"].sort());
      await deleteTopics(clientOf(context), ["search.other"]);
      await until(async () => (await search({ text: "offset >= 0", topics: ["search.other"] })).problem !== null);
    });
  });
}
