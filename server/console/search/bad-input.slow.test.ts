import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SearchQuery, SearchResult } from "../../../lib/contracts/search.ts";
import { startCluster, type TestCluster } from "../../broker/testing/start-cluster.ts";
import { deleteTopics } from "../../client/admin/topics.ts";
import { useBuiltThreads } from "../../testing/built-threads.ts";
import { clientOf, cluster, contextOf, good } from "../../testing/console-context.ts";
import { queryOf } from "../../testing/search-suite.ts";
import { appendBatch, makeTopic, textRecord } from "../../testing/seed-topic.ts";
import { until } from "../../testing/until.ts";
import { type Codec, loadCompression } from "../../wire/compression.ts";
import { localUser } from "../actor.ts";
import { closeContext, type ConsoleContext } from "../context.ts";
import { readMessages } from "../read-messages.ts";
import { readRecord } from "../read-record.ts";
import { readSearch } from "../read-search.ts";
import { readShape } from "../read-shape.ts";
import { startSearch } from "../start-search.ts";
import { readStatistics, startStatistics } from "../start-statistics.ts";

type Query = Partial<SearchQuery> & Pick<SearchQuery, "text">;

const MEBIBYTE = 1024 * 1024;
/** Far more than the topics here have by default. */
const roomy = { "max.message.bytes": String(60 * MEBIBYTE) };
const keptMax = 5_000;

/** Searches run in threads as in the product, so that what takes a thread down is seen. */
describe("input that is meant badly", () => {
  let running: TestCluster;
  let context: ConsoleContext;
  beforeAll(async () => {
    if (!useBuiltThreads()) throw new Error("build first: node bin/build.mjs");
    await loadCompression();
    running = await startCluster();
    context = contextOf(running.bootstrap);
    context.engine.start();
  });
  afterAll(async () => {
    await closeContext(context);
    await running.stop();
  });

  const client = () => clientOf(context);
  const begin = async (query: Query) =>
    good(await startSearch(context, localUser, { cluster, query: queryOf(query), replaces: null })).job;
  const read = async (job: number) => good(await readSearch(context, localUser, { cluster, job }));
  const ended = async (job: number): Promise<SearchResult> => {
    await until(async () => ["completed", "failed", "cancelled"].includes((await read(job)).state));
    return read(job);
  };
  const search = async (query: Query) => ended(await begin(query));
  const page = async (topic: string) =>
    good(await readMessages(context, localUser, { cluster, topic, query: { from: "oldest", limit: 100 } }));
  const write = (topic: string, values: readonly string[], codec: Codec = "none") => {
    const records = values.map((value, n) => textRecord(`k${n}`, value, Date.now()));
    return appendBatch(client(), { topic, partition: 0 }, records, { codec });
  };

  test("a compression bomb is passed over by a search, and named by whatever else reads its topic", async () => {
    const topic = "bad.bomb";
    await makeTopic(client(), topic, { configs: roomy });
    await write(topic, ['{"state":"before"}']);
    await write(topic, ["x".repeat(160 * MEBIBYTE)], "gzip");
    await write(topic, ['{"state":"after"}']);
    const found = await search({ topics: [topic], text: "state", language: "text", order: "oldest" });
    expect(found.matches.map(({ offset }) => offset)).toEqual(["0", "2"]);
    expect(found.facts.end).toBe("all-read");
    expect(found.facts.problems.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/Passed over: .*67108864/),
    ]);
    const { records, partitions } = await page(topic);
    expect(records.map(({ offset }) => offset)).toEqual(["0"]);
    expect(partitions[0]?.problem?.detail).toMatch(/134217728/);
    const after = { from: "offset", offset: "2", limit: 100 } as const;
    const beyond = good(await readMessages(context, localUser, { cluster, topic, query: after }));
    expect(beyond.records.map(({ offset }) => offset)).toEqual(["2"]);
    good(await startStatistics(context, localUser, { cluster, topic }));
    const statistics = async () => good(await readStatistics(context, localUser, { cluster, topic }));
    await until(async () => (await statistics()).job?.state === "failed");
    expect((await statistics()).job?.problem?.detail).toMatch(/offset 1/);
  });

  test("a record of 50 MB is found, previewed, and told cut", async () => {
    const topic = "bad.large";
    await makeTopic(client(), topic, { configs: roomy });
    await write(topic, [`{"pad":"${"x".repeat(50_000_000)}","needle":"deep inside"}`]);
    const found = await search({ topics: [topic], text: 'value.needle == "deep inside"' });
    expect(found.facts).toMatchObject({ matches: 1, failed: 0, problems: [] });
    expect(found.matches[0]?.value).toMatchObject({ truncated: true });
    const [record] = (await page(topic)).records;
    expect(record?.value.truncated).toBe(true);
    expect(record?.value.text.length).toBeLessThanOrEqual(1_024);
    const detail = good(await readRecord(context, localUser, { cluster, topic, partition: 0, offset: "0" }));
    expect(detail.value).toMatchObject({ truncated: true, sizeBytes: 50_000_033 });
  });

  test("JSON that is 100,000 levels deep is read, searched and learnt from", async () => {
    const topic = "bad.deep";
    await makeTopic(client(), topic, { configs: roomy });
    const levels = 100_000;
    const deep = `{"name":"deep","tree":${"[".repeat(levels)}1${"]".repeat(levels)}}`;
    await write(topic, [deep, '{"name":"flat","tree":[1]}']);
    const byName = await search({ topics: [topic], text: 'value.name in ["deep", "flat"] && value.tree != null' });
    expect(byName.state).toBe("completed");
    expect(byName.facts.matches + byName.facts.failed).toBe(2);
    expect((await search({ topics: [topic], text: "name -flat", language: "text" })).facts.matches).toBe(1);
    expect((await page(topic)).records).toHaveLength(2);
    const detail = good(await readRecord(context, localUser, { cluster, topic, partition: 0, offset: "0" }));
    expect(detail.value.text.startsWith('{"name":"deep"')).toBe(true);
    const query = { from: "oldest", limit: 100 } as const;
    const shape = good(await readShape(context, localUser, { cluster, topic, query }));
    expect(shape.fields.map(({ path }) => path.join("."))).toContain("name");
  });

  test("a million matches are counted, and as many kept as a result set has; a topic deleted under a search ends it", async () => {
    const topic = "bad.million";
    await makeTopic(client(), topic);
    const values = Array.from({ length: 20_000 }, (_, n) => `{"n":${n}}`);
    for (let batch = 0; batch < 50; batch += 1) await write(topic, values, "zstd");
    const found = await search({ topics: [topic], text: "offset >= 0" });
    expect(found.facts).toMatchObject({ matches: 1_000_000, end: "all-read", failed: 0 });
    expect(found.matches).toHaveLength(keptMax);
    expect(found.matches[0]?.offset).toBe("999999");

    const job = await begin({ topics: [topic], text: "value.n >= 0" });
    await until(async () => (await read(job)).facts.records > 0);
    await deleteTopics(client(), [topic]);
    const cut = await ended(job);
    const said = [cut.problem, ...cut.facts.problems].map((one) => `${one?.title} ${one?.detail}`).join();
    if (cut.facts.offsetsDone < 1_000_000 || cut.facts.problems.length > 0) expect(said).toContain(topic);
    expect(cut.facts.matches).toBeGreaterThan(0);
  });

  test("a search waits for a broker that leaves, and goes on when it is back", async () => {
    const topic = "bad.away";
    await makeTopic(client(), topic);
    const values = Array.from({ length: 2_000 }, (_, n) => `{"n":${n},"pad":"${"x".repeat(200)}"}`);
    for (let batch = 0; batch < 60; batch += 1) await write(topic, values);
    const job = await begin({ topics: [topic], text: "value.n == 7", order: "oldest" });
    await until(async () => (await read(job)).facts.records > 0);
    await running.stopBroker(1);
    await running.startBroker(1);
    const found = await ended(job);
    expect(found.problem).toBeNull();
    expect(found.facts).toMatchObject({ matches: 60, records: 120_000, end: "all-read", problems: [] });
  });

  test("what never ends or grows without bound ends its own search only, and a regular expression of death is quick", async () => {
    const topic = "bad.expressions";
    await makeTopic(client(), topic, { configs: roomy });
    const numbers = Array.from({ length: 40_000 }, (_, n) => n).join(",");
    await write(topic, [`{"text":"${"a".repeat(100_000)}b","list":[${numbers}]}`]);
    const death = await search({ topics: [topic], text: 'value.text.matches("^(a+)+$")' });
    expect(death.facts).toMatchObject({ matches: 0, failed: 0, end: "all-read" });

    const grows = 'value.list.map(a, value.text.split("")).size() > 0';
    const endless = "value.list.all(a, value.list.all(b, a * b >= 0 && a + b >= 0))";
    const jobs = [await begin({ topics: [topic], text: grows }), await begin({ topics: [topic], text: endless })];
    const modest = await search({ topics: [topic], text: "value.list.size() == 40000" });
    expect(modest.facts).toMatchObject({ matches: 1, end: "all-read" });
    const [grown, judged] = await Promise.all(jobs.map(ended));
    expect(grown?.problem?.detail).toMatch(/memory.*batch at offset 0/);
    expect(judged?.problem?.detail).toMatch(/more than 20 s.*batch at offset 0/);
    expect((await search({ topics: [topic], text: "value.list.size() == 40000" })).facts.matches).toBe(1);
  });
});
