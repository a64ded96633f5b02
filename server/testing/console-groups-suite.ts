import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commitGroupOffsets, listGroupOffsets } from "../client/admin/group-offsets.ts";
import { deleteTopics, describeTopic } from "../client/admin/topics.ts";
import { localUser } from "../console/actor.ts";
import { closeContext, type ConsoleContext } from "../console/context.ts";
import { describeGroup } from "../console/describe-group.ts";
import type { Sampler } from "../console/engine/sampler/sampler.ts";
import { listGroups } from "../console/list-groups.ts";
import { listRebalances } from "../console/list-rebalances.ts";
import { readNextRecord } from "../console/read-next-record.ts";
import { readRecords } from "../client/read-records.ts";
import { setOffsetsChange } from "../console/set-offsets.ts";
import { skipRecordChange } from "../console/skip-record.ts";
import { bad, clientOf, cluster, contextOf, good } from "./console-context.ts";
import type { SuiteCluster } from "./console-suite.ts";
import { appendBatch, makeTopic, textRecord } from "./seed-topic.ts";
import { until } from "./until.ts";

const hourMs = 3_600_000;
const UNKNOWN_TOPIC = 3;

/** What the console tells of groups over time, held against ours and against Apache Kafka, with real consumers. */
export function describeWatchedGroups(
  name: string,
  startCluster: () => Promise<SuiteCluster & { stop(): Promise<unknown> }>,
): void {
  describe(`watched groups on ${name}`, () => {
    let context: ConsoleContext;
    let running: Awaited<ReturnType<typeof startCluster>>;
    let kafka: Kafka;
    let startMs: number;
    const topic = "watched.orders";
    const dead = "watched.orders.dlq";

    beforeAll(async () => {
      running = await startCluster();
      context = contextOf(running.bootstrap);
      kafka = new Kafka({ brokers: running.bootstrap.split(","), logLevel: logLevel.NOTHING });
      const client = clientOf(context);
      await makeTopic(client, topic, { partitions: 2 });
      await makeTopic(client, dead);
      startMs = Date.now() - hourMs;
      const good20 = Array.from({ length: 20 }, (_, index) =>
        textRecord(`k${index}`, `{"n":${index}}`, startMs + index),
      );
      await appendBatch(client, { topic, partition: 0 }, [
        ...good20,
        {
          ...textRecord("bad", '{"n":20', startMs + 20),
          headers: [
            { key: "b", value: Buffer.from("1") },
            { key: "a", value: null },
          ],
        },
        ...good20,
      ]);
      await appendBatch(client, { topic, partition: 1 }, good20);
    });
    afterAll(async () => {
      await closeContext(context);
      await running.stop();
    });

    const sampler = (): Sampler => {
      const found = context.engine.samplers.get(cluster);
      if (found === undefined) throw new Error("the console has one cluster");
      return found;
    };
    const setTo = async (group: string, offsets: Record<string, string>) =>
      good(
        await setOffsetsChange.actOn(
          context,
          localUser,
          { cluster, group, offsets: { [topic]: offsets }, goal: null, topics: null, isNew: false, metadata: {} },
          {},
        ),
      );
    const join = async (groupId: string, clientId: string) => {
      const consumer = new Kafka({
        brokers: running.bootstrap.split(","),
        clientId,
        logLevel: logLevel.NOTHING,
      }).consumer({ groupId, heartbeatInterval: 200, maxWaitTimeInMs: 100 });
      const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({ autoCommitInterval: 200, eachMessage: () => Promise.resolve() });
      await joined;
      return consumer;
    };

    test("lag in time is the age of the record that is read next, in the list and in each partition", async () => {
      await setTo("behind", { "0": "5", "1": "20" });
      const before = Date.now();
      const listed = good(await listGroups(context, localUser, { cluster })).groups.find(
        ({ groupId }) => groupId === "behind",
      );
      expect(listed?.lagTime?.isAtLeast).toBe(false);
      expect(listed?.lagTime?.ms).toBeGreaterThanOrEqual(before - (startMs + 5) - 60_000);
      const detail = good(await describeGroup(context, localUser, { cluster, group: "behind" }));
      const [behind, level] = detail.partitions;
      expect(behind?.lagMs).toBeGreaterThanOrEqual(before - (startMs + 5));
      expect(behind?.lagMs).toBeLessThanOrEqual(Date.now() - (startMs + 5));
      expect(level).toMatchObject({ lagMessages: 0, lagMs: 0 });
    });

    test("a record without a time that can be believed is said to be one, and no number is made of it", async () => {
      await makeTopic(clientOf(context), "watched.odd", { partitions: 2 });
      await appendBatch(clientOf(context), { topic: "watched.odd", partition: 0 }, [textRecord("k", "v", 1_700_000)]);
      await appendBatch(clientOf(context), { topic: "watched.odd", partition: 1 }, [
        textRecord("k", "v", Date.now() + 1_800_000),
      ]);
      const offsets = { "watched.odd": { "0": "0", "1": "0" } };
      const input = { cluster, group: "odd", offsets, goal: null, topics: null, isNew: false, metadata: {} };
      good(await setOffsetsChange.actOn(context, localUser, input, {}));
      const detail = good(await describeGroup(context, localUser, { cluster, group: "odd" }));
      expect(detail.partitions.map(({ lagMessages, lagMs, lagMsFault }) => [lagMessages, lagMs, lagMsFault])).toEqual([
        [1, null, "absurd-timestamp"],
        [1, null, "future-timestamp"],
      ]);
    });

    test("an offset from before a topic was made anew has no lag, and is said to be beyond the end", async () => {
      const anew = "watched.anew";
      const client = clientOf(context);
      const records = (count: number) =>
        Array.from({ length: count }, (_, index) => textRecord(`k${index}`, "v", Date.now()));
      await makeTopic(client, anew);
      await appendBatch(client, { topic: anew, partition: 0 }, records(30));
      await deleteTopics(client, [anew]);
      await until(async () => ((await describeTopic(client, anew))?.errorCode ?? UNKNOWN_TOPIC) === UNKNOWN_TOPIC);
      await makeTopic(client, anew);
      await client.refresh([anew]);
      await appendBatch(client, { topic: anew, partition: 0 }, records(5));
      // A consumer that did not hear of it goes on committing where it was.
      await commitGroupOffsets(client, "stale", [{ topic: anew, partition: 0, offset: 30 }]);
      const { partitions } = good(await describeGroup(context, localUser, { cluster, group: "stale" }));
      expect(partitions).toMatchObject([
        { committedOffset: "30", endOffset: "5", lagMessages: null, lagMs: null, state: "beyond-end" },
      ]);
      const listed = good(await listGroups(context, localUser, { cluster })).groups.find(
        ({ groupId }) => groupId === "stale",
      );
      expect(listed?.attention?.text).toContain("Committed beyond the end");
    });

    test("the record that a group stands at is shown with what is odd about it, copied to dead letters and skipped", async () => {
      await setTo("poisoned", { "0": "20", "1": "0" });
      const next = good(await readNextRecord(context, localUser, { cluster, group: "poisoned", topic, partition: 0 }));
      expect(next).toMatchObject({
        offset: "20",
        record: { offset: "20", key: { text: "bad" } },
        deadLetterTopics: [dead],
      });
      expect(next.fault).toMatch(/^Not JSON: .*The 20 records before it are JSON\.$/);

      const input = { cluster, group: "poisoned", topic, partition: 0, offset: "20", deadLetterTopic: dead };
      const plan = good(await skipRecordChange.planIt(context, localUser, input));
      expect(plan.after).toEqual({ [`${topic}/0`]: "21" });
      good(await skipRecordChange.actOn(context, localUser, input, { fingerprint: plan.fingerprint }));
      const client = clientOf(context);
      const { offsets } = await listGroupOffsets(client, "poisoned");
      expect(offsets.find(({ partition }) => partition === 0)?.offset).toBe(21);
      const copies = await readRecords(client, {
        topic: dead,
        partition: 0,
        fromOffset: 0,
        isolation: "committed",
        maxBytes: 65_536,
        maxWaitMs: 0,
      });
      const [copy] = copies.records;
      expect(Buffer.from(copy?.value ?? []).toString()).toBe('{"n":20');
      expect(copy?.headers.map(({ key, value }) => [key, value && Buffer.from(value).toString()])).toEqual([
        ["b", "1"],
        ["a", null],
        ["x-original-topic", topic],
        ["x-original-partition", "0"],
        ["x-original-offset", "20"],
        ["x-original-timestamp", String(startMs + 20)],
        ["x-original-consumer-group", "poisoned"],
      ]);
      expect(bad(await skipRecordChange.actOn(context, localUser, input, {})).code).toBe("changed-meanwhile");
      const nowhere = { ...input, offset: "21", deadLetterTopic: "no.such.topic" };
      expect(bad(await skipRecordChange.planIt(context, localUser, nowhere)).fields).toHaveProperty("deadLetterTopic");
    });

    test("the log of commits tells of generations, who came and went, and each commit; without it the sweeps do", async () => {
      const { tail, rebalances } = sampler();
      const first = await join("shuffled", "worker-1");
      await sampler().sampled();
      tail.start();
      await until(() => tail.isLive);
      const second = await join("shuffled", "worker-2");
      await until(() =>
        rebalances.of("shuffled").some(({ joined }) => joined.some(({ clientId }) => clientId === "worker-2")),
      );
      await second.disconnect();
      await until(() =>
        rebalances.of("shuffled").some(({ left }) => left.some(({ clientId }) => clientId === "worker-2")),
      );
      const told = good(await listRebalances(context, localUser, { cluster, group: "shuffled" }));
      expect(told).toMatchObject({ source: "log", reason: null });
      const came = told.events.find(({ joined }) => joined.some(({ clientId }) => clientId === "worker-2"));
      expect(came?.generation).toBeGreaterThan(1);
      expect(came?.moved).toMatchObject([{ topic, from: "worker-1", to: "worker-2" }]);

      const producer = kafka.producer();
      await producer.connect();
      await producer.send({ topic, messages: [{ partition: 0, key: "x", value: "y" }] });
      await producer.disconnect();
      await until(() => sampler().cadences.of("shuffled", `${topic}/0`) !== undefined);
      await first.disconnect();
      await tail.stop();
      const detail = good(await describeGroup(context, localUser, { cluster, group: "shuffled" }));
      expect(detail.partitions[0]?.lastCommitMs).toBeGreaterThan(Date.now() - 300_000);
    });
  });
}
