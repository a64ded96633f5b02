import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SearchQuery } from "../../../lib/contracts/search.ts";
import { type ApacheKafka, startApacheKafka } from "../../testing/apache-kafka.ts";
import { clientOf, cluster, contextOf, good } from "../../testing/console-context.ts";
import { describeJudged } from "../../testing/judges.ts";
import { describeSearch, queryOf } from "../../testing/search-suite.ts";
import { appendBatch, makeTopic, textRecord } from "../../testing/seed-topic.ts";
import { until } from "../../testing/until.ts";
import { localUser } from "../actor.ts";
import { closeContext, type ConsoleContext } from "../context.ts";
import { readSearch } from "../read-search.ts";
import { startSearch } from "../start-search.ts";

describeJudged("searching", ["java", "mvn"], () => {
  describeSearch("Apache Kafka 4.2", () => startApacheKafka());

  describe("searching what only Apache Kafka writes", () => {
    let kafka: ApacheKafka;
    let context: ConsoleContext;
    beforeAll(async () => {
      kafka = await startApacheKafka();
      context = contextOf(kafka.bootstrap);
      context.engine.start();
    });
    afterAll(async () => {
      await closeContext(context);
      await kafka.stop();
    });

    const search = async (query: Partial<SearchQuery> & Pick<SearchQuery, "text" | "topics">) => {
      const { job } = good(await startSearch(context, localUser, { cluster, query: queryOf(query), replaces: null }));
      await until(async () => good(await readSearch(context, localUser, { cluster, job })).state === "completed");
      return good(await readSearch(context, localUser, { cluster, job }));
    };

    test("aborted transactions are left out when asked, and markers are found when asked", async () => {
      const topic = "search.transactions";
      await makeTopic(clientOf(context), topic);
      const kafkajs = new Kafka({ brokers: kafka.bootstrap.split(","), logLevel: logLevel.NOTHING });
      const producer = kafkajs.producer({ transactionalId: "search", maxInFlightRequests: 1, idempotent: true });
      await producer.connect();
      for (const outcome of ["commit", "abort", "commit"] as const) {
        const transaction = await producer.transaction();
        const messages = [0, 1, 2].map((n) => ({ key: `${outcome}-${n}`, value: JSON.stringify({ outcome, n }) }));
        await transaction.send({ topic, messages });
        await transaction[outcome]();
      }
      await producer.disconnect();
      const all = { topics: [topic], text: "value.n >= 0" };
      const uncommitted = await search(all);
      expect(uncommitted.facts).toMatchObject({ matches: 9, end: "all-read", offsetsDone: 12 });
      const committed = await search({ ...all, isolation: "committed" });
      expect(committed.matches.map(({ key }) => key.text)).not.toContain("abort-0");
      expect(committed.facts).toMatchObject({ matches: 6, offsetsDone: 12 });
      const markers = { topics: [topic], language: "text" as const, text: "transaction aborted", isControlShown: true };
      expect((await search(markers)).matches.map(({ control }) => control)).toEqual([
        expect.stringContaining("transaction aborted"),
      ]);
      expect((await search({ ...markers, isControlShown: false })).facts.matches).toBe(0);
    });

    test("the holes of a compacted topic are passed, and what is left is found", async () => {
      const topic = "search.compacted";
      const configs = {
        "cleanup.policy": "compact",
        "segment.ms": "100",
        "min.cleanable.dirty.ratio": "0.01",
        "min.compaction.lag.ms": "0",
      };
      await makeTopic(clientOf(context), topic, { configs });
      for (let round = 0; round < 40; round += 1) {
        const records = [0, 1, 2, 3, 4].map((n) => textRecord(`k${n}`, `{"round":${round}}`, Date.now()));
        await appendBatch(clientOf(context), { topic, partition: 0 }, records);
      }
      await until(async () => {
        // A segment is rolled, and what was before it compacted, only when something new comes.
        await appendBatch(clientOf(context), { topic, partition: 0 }, [textRecord("other", "{}", Date.now())]);
        return (await search({ topics: [topic], text: "has(value.round)" })).facts.matches < 50;
      });
      const found = await search({ topics: [topic], text: "value.?round.orValue(-1) == 39" });
      expect(found.facts.end).toBe("all-read");
      expect(found.matches.map(({ key }) => key.text).sort()).toEqual(["k0", "k1", "k2", "k3", "k4"]);
    });
  });
});
