import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MessagePage, MessageQuery } from "../../lib/contracts/messages.ts";
import { type StreamEvent, streamEvent } from "../../lib/contracts/stream.ts";
import type { Problem } from "../../lib/problem.ts";
import type { Result } from "../../lib/result.ts";
import { deleteRecords } from "../client/admin/topics.ts";
import type { ClusterClient } from "../client/cluster-client.ts";
import { type Actor, localUser } from "../console/actor.ts";
import { closeContext, type ConsoleContext, createContext } from "../console/context.ts";
import { createTopic } from "../console/create-topic.ts";
import { deleteTopic } from "../console/delete-topic.ts";
import { describeCluster } from "../console/describe-cluster.ts";
import { describeTopic } from "../console/describe-topic.ts";
import { describeTopicConfigs } from "../console/describe-topic-configs.ts";
import { followMessages } from "../console/follow-messages.ts";
import { listPartitions } from "../console/list-partitions.ts";
import { listTopics } from "../console/list-topics.ts";
import { planTopicDeletion } from "../console/plan-topic-deletion.ts";
import { produceMessage } from "../console/produce-message.ts";
import { readMessages } from "../console/read-messages.ts";
import { readRecord } from "../console/read-record.ts";
import { openStream, subscribeStream } from "../console/stream/open-stream.ts";
import { CODECS } from "../wire/compression.ts";
import { appendBatch, makeTopic, textRecord } from "./seed-topic.ts";

/** The cluster that the suite runs against, once it is up. */
export type SuiteCluster = { readonly bootstrap: string };

const cluster = "local";

/** What the console promises of any cluster, held against ours and against Apache Kafka. */
export function describeConsole(name: string, start: () => Promise<SuiteCluster & { stop(): Promise<unknown> }>): void {
  describe(name, () => {
    let context: ConsoleContext;
    let running: Awaited<ReturnType<typeof start>>;
    const client = (): ClusterClient => clientOf(context);

    beforeAll(async () => {
      running = await start();
      context = contextOf(running.bootstrap);
    });
    afterAll(async () => {
      await closeContext(context);
      await running.stop();
    });

    test("describes the cluster with its brokers and version", async () => {
      const summary = good(await describeCluster(context, localUser, { cluster }));
      expect(summary.brokers.length).toBeGreaterThan(0);
      expect(summary.version).toMatch(/^Kafka [34]\.\d+$/);
      expect(summary.clusterId).toMatch(/^[\w-]{22}$/);
      expect(summary.controllerId).not.toBeNull();
      expect(summary.bootstrap).toEqual([running.bootstrap]);
    });

    describe("topics", () => {
      test("a topic is made with configs, listed, described and deleted by its plan", async () => {
        const input = {
          cluster,
          name: "suite.made",
          partitions: 3,
          replicationFactor: 1,
          configs: { "retention.ms": "7200000" },
        };
        const made = good(await createTopic(context, localUser, input));
        expect(made).toEqual({
          name: "suite.made",
          topicId: expect.stringMatching(/^[\w-]{22}$/),
          partitionCount: 3,
          replicationFactor: 1,
        });

        const listed = good(await listTopics(context, localUser, { cluster }));
        expect(listed.problems).toEqual([]);
        const line = listed.topics.find(({ name: topic }) => topic === "suite.made");
        expect(line).toMatchObject({
          partitionCount: 3,
          replicationFactor: 1,
          messages: 0,
          cleanupPolicy: ["delete"],
          retentionMs: 7_200_000,
          underReplicated: 0,
          belowMinIsr: 0,
          offline: 0,
          internal: false,
        });
        expect(line?.sizeBytes).toBe(0);

        const detail = good(await describeTopic(context, localUser, { cluster, topic: "suite.made" }));
        expect(detail).toMatchObject({ changedConfigs: 1, problems: [], topicId: made.topicId });

        const plan = good(await planTopicDeletion(context, localUser, { cluster, topic: "suite.made" }));
        expect(plan).toMatchObject({
          messages: 0,
          partitionCount: 3,
          groups: [],
          problems: [],
          oldestTimestampMs: null,
        });
        const { fingerprint } = plan;
        const typed = { cluster, topic: "suite.made", confirmation: "suite.made" };
        expect(
          bad(await deleteTopic(context, localUser, { ...typed, confirmation: "suite", fingerprint })).fields,
        ).toHaveProperty("confirmation");
        expect(bad(await deleteTopic(context, localUser, { ...typed, fingerprint: "x" })).code).toBe(
          "changed-meanwhile",
        );
        good(await deleteTopic(context, localUser, { ...typed, fingerprint }));
        expect(bad(await describeTopic(context, localUser, { cluster, topic: "suite.made" })).code).toBe(
          "topic-not-found",
        );
        const after = good(await listTopics(context, localUser, { cluster }));
        expect(after.topics.map((topic) => topic.name)).not.toContain("suite.made");
      });

      test("a plan is refused when the topic was deleted and made anew", async () => {
        await makeTopic(client(), "suite.anew");
        const { fingerprint } = good(await planTopicDeletion(context, localUser, { cluster, topic: "suite.anew" }));
        const input = { cluster, topic: "suite.anew", confirmation: "suite.anew", fingerprint };
        good(await deleteTopic(context, localUser, input));
        await makeTopic(client(), "suite.anew");
        expect(bad(await deleteTopic(context, localUser, input)).code).toBe("changed-meanwhile");
      });

      test("what the cluster refuses comes back in its own words, at the input that it is about", async () => {
        await makeTopic(client(), "suite.taken");
        const input = { cluster, name: "suite.taken", partitions: 1, replicationFactor: 1, configs: {} };
        const taken = bad(await createTopic(context, localUser, input));
        expect(taken).toMatchObject({
          code: "topic-exists",
          title: "Topic suite.taken was not created",
          retryable: false,
        });
        expect(taken.detail).toContain("already exists");
        expect(taken.facts).toContainEqual(["error", "TOPIC_ALREADY_EXISTS (36)"]);
        const setting = bad(
          await createTopic(context, localUser, { ...input, name: "suite.bad", configs: { "retention.ms": "soon" } }),
        );
        expect(setting.code).toBe("rejected-by-cluster");
        expect(setting.fields?.configs).toContain("retention.ms");
        const factor = bad(
          await createTopic(context, localUser, { ...input, name: "suite.bad", replicationFactor: 99 }),
        );
        expect(factor.fields).toHaveProperty("replicationFactor");
      });

      test("the configuration says where each value comes from", async () => {
        await makeTopic(client(), "suite.configured", { configs: { "cleanup.policy": "compact" } });
        const { entries } = good(
          await describeTopicConfigs(context, localUser, { cluster, topic: "suite.configured" }),
        );
        const policy = entries.find((entry) => entry.name === "cleanup.policy");
        expect(policy).toMatchObject({
          value: "compact",
          defaultValue: "delete",
          source: "topic",
          type: "list",
          isReadOnly: false,
        });
        expect(policy?.documentation).toBeTruthy();
        expect(entries.find((entry) => entry.name === "max.message.bytes")).toMatchObject({
          source: "default",
          type: "int",
        });
      });

      test("partitions have leaders, replicas, offsets and sizes", async () => {
        await makeTopic(client(), "suite.partitions", { partitions: 2 });
        await appendBatch(client(), { topic: "suite.partitions", partition: 1 }, [textRecord("k", "v", Date.now())]);
        const list = good(await listPartitions(context, localUser, { cluster, topic: "suite.partitions" }));
        expect(list.problems).toEqual([]);
        expect(list.partitions.map(({ startOffset, endOffset }) => [startOffset, endOffset])).toEqual([
          ["0", "0"],
          ["0", "1"],
        ]);
        expect(list.partitions[1]?.replicas).toEqual([
          {
            broker: list.partitions[1]?.leader,
            state: "in-sync",
            lagMessages: 0,
            sizeBytes: list.partitions[1]?.sizeBytes,
          },
        ]);
        expect(list.partitions[1]?.sizeBytes).toBeGreaterThan(60);
        expect(list.minInsyncReplicas).toBe(1);
      });

      test("a group that reads the topic stands in the plan of its deletion", async () => {
        await makeTopic(client(), "suite.read");
        await appendBatch(client(), { topic: "suite.read", partition: 0 }, [textRecord(null, "one", 1_000)]);
        const consumer = new Kafka({ brokers: [running.bootstrap], logLevel: logLevel.NOTHING }).consumer({
          groupId: "suite-readers",
        });
        await consumer.connect();
        await consumer.subscribe({ topic: "suite.read", fromBeginning: true });
        await new Promise<void>((resolve, reject) => {
          consumer.run({ eachMessage: () => Promise.resolve(resolve()) }).catch(reject);
        });
        const plan = good(await planTopicDeletion(context, localUser, { cluster, topic: "suite.read" }));
        expect(plan).toMatchObject({ messages: 1, problems: [], oldestTimestampMs: 1_000 });
        expect(plan.groups).toEqual([{ groupId: "suite-readers", state: "Stable", members: 1 }]);
        await consumer.disconnect();
      });
    });

    describe("messages", () => {
      const read = (topic: string, query: Partial<MessageQuery>): Promise<Result<MessagePage>> =>
        readMessages(context, localUser, { cluster, topic, query: { from: "newest", limit: 100, ...query } });
      const values = (page: MessagePage) => page.records.map(({ value }) => value.text);

      test.each(CODECS)("a batch compressed by %s is read from both ends", async (codec) => {
        const topic = `suite.codec-${codec}`;
        await makeTopic(client(), topic);
        const records = Array.from({ length: 30 }, (_, index) =>
          textRecord(`k${index}`, `value ${index}`, 1_000 + index),
        );
        await appendBatch(client(), { topic, partition: 0 }, records, { codec });
        const newest = good(await read(topic, { limit: 3 }));
        expect(values(newest)).toEqual(["value 29", "value 28", "value 27"]);
        const oldest = good(await read(topic, { from: "oldest", limit: 3 }));
        expect(values(oldest)).toEqual(["value 0", "value 1", "value 2"]);
        expect(oldest.partitions).toEqual([
          { partition: 0, startOffset: "0", endOffset: "30", nextOffset: "3", problem: null },
        ]);
        const detail = good(await readRecord(context, localUser, { cluster, topic, partition: 0, offset: "17" }));
        expect(detail.batch).toMatchObject({
          codec,
          recordCount: 30,
          baseOffset: "0",
          isTransactional: false,
          producerId: null,
        });
        expect(Buffer.from(detail.value.base64 ?? "", "base64").toString()).toBe("value 17");
      });

      test("partitions are merged by time, and offsets keep their order inside each", async () => {
        await makeTopic(client(), "suite.merged", { partitions: 3 });
        const places = [[100, 400, 300], [200, 500], []];
        for (const [partition, times] of places.entries())
          for (const time of times)
            await appendBatch(client(), { topic: "suite.merged", partition }, [
              textRecord(null, `${partition}@${time}`, time),
            ]);
        expect(values(good(await read("suite.merged", { from: "oldest" })))).toEqual([
          "0@100",
          "1@200",
          "0@400",
          "0@300",
          "1@500",
        ]);
        expect(values(good(await read("suite.merged", {})))).toEqual(["1@500", "0@300", "0@400", "1@200", "0@100"]);
        expect(values(good(await read("suite.merged", { limit: 2 })))).toEqual(["1@500", "0@300"]);
        expect(values(good(await read("suite.merged", { partition: 1 })))).toEqual(["1@500", "1@200"]);
        expect(values(good(await read("suite.merged", { from: "offset", offset: "1" })))).toEqual([
          "0@400",
          "0@300",
          "1@500",
        ]);
        expect(values(good(await read("suite.merged", { from: "time", timeMs: 250 })))).toEqual([
          "0@400",
          "0@300",
          "1@500",
        ]);
        expect(bad(await read("suite.merged", { partition: 3 })).code).toBe("partition-not-found");
        expect(bad(await read("suite.nowhere", {})).code).toBe("topic-not-found");
        expect(bad(await read("no such/name", {})).code).toBe("topic-not-found");
      });

      test("pages join without a gap and without a double", async () => {
        await makeTopic(client(), "suite.pages");
        const records = Array.from({ length: 250 }, (_, index) => textRecord(null, String(index), index));
        for (let from = 0; from < 250; from += 25)
          await appendBatch(client(), { topic: "suite.pages", partition: 0 }, records.slice(from, from + 25), {
            codec: from % 50 ? "none" : "zstd",
          });
        const seen: string[] = [];
        for (let offset = "0"; seen.length < 250;) {
          const page = good(await read("suite.pages", { from: "offset", offset, limit: 70 }));
          seen.push(...values(page));
          offset = page.partitions[0]?.nextOffset ?? "";
        }
        expect(seen).toEqual(records.map((_, index) => String(index)));
        expect(values(good(await read("suite.pages", { limit: 240 })))).toEqual(seen.toReversed().slice(0, 240));
      });

      test("large records are previewed in lists and cut in the detail, each with its true size", async () => {
        await makeTopic(client(), "suite.large", { configs: { "max.message.bytes": "4000000" } });
        const value = Buffer.alloc(2_000_000, "a");
        for (let index = 0; index < 4; index++)
          await appendBatch(client(), { topic: "suite.large", partition: 0 }, [
            { key: null, value, timestampMs: index },
          ]);
        const page = good(await read("suite.large", {}));
        expect(page.records.map(({ offset }) => offset)).toEqual(["3", "2", "1", "0"]);
        expect(page.records[0]?.value).toMatchObject({
          truncated: true,
          sizeBytes: 2_000_000,
          text: "a".repeat(1_024),
        });
        const detail = good(
          await readRecord(context, localUser, { cluster, topic: "suite.large", partition: 0, offset: "2" }),
        );
        expect(detail.value).toMatchObject({ sizeBytes: 2_000_000, truncated: true });
        expect(Buffer.from(detail.value.base64 ?? "", "base64").length).toBe(1_048_576);
      });

      test("a record comes whole: null key, tombstone, headers in order with doubles and bytes", async () => {
        await makeTopic(client(), "suite.whole");
        const headers = [
          { key: "b", value: Buffer.from("1") },
          { key: "a", value: Buffer.from([0, 255, 1]) },
          { key: "b", value: null },
        ];
        await appendBatch(client(), { topic: "suite.whole", partition: 0 }, [
          { key: Buffer.from([255]), value: null, timestampMs: 5, headers },
        ]);
        const [line] = good(await read("suite.whole", {})).records;
        expect(line).toMatchObject({
          headerCount: 3,
          key: { format: "bytes", text: "ff" },
          value: { format: "null" },
          timestampMs: 5,
          timestampType: "create",
        });
        const detail = good(
          await readRecord(context, localUser, { cluster, topic: "suite.whole", partition: 0, offset: "0" }),
        );
        expect(detail.value).toEqual({ base64: null, sizeBytes: 0, truncated: false });
        expect(detail.headers.map(({ key, value }) => [key, value.base64])).toEqual([
          ["b", "MQ=="],
          ["a", "AP8B"],
          ["b", null],
        ]);
        for (const offset of ["1", "99999999999999999", "-1"]) {
          const missing = bad(
            await readRecord(context, localUser, { cluster, topic: "suite.whole", partition: 0, offset }),
          );
          expect(missing.code).toBe("record-not-found");
        }
      });

      test("what retention has taken is not shown, and does not hold up what is left", async () => {
        await makeTopic(client(), "suite.taken-away");
        for (let index = 0; index < 5; index++)
          await appendBatch(client(), { topic: "suite.taken-away", partition: 0 }, [
            textRecord(null, String(index), index),
          ]);
        await deleteRecords(client(), [{ topic: "suite.taken-away", partition: 0, offset: 3 }]);
        const page = good(await read("suite.taken-away", { from: "offset", offset: "0" }));
        expect(values(page)).toEqual(["3", "4"]);
        expect(page.partitions[0]).toMatchObject({ startOffset: "3", endOffset: "5" });
        expect(values(good(await read("suite.taken-away", {})))).toEqual(["4", "3"]);
        const gone = bad(
          await readRecord(context, localUser, { cluster, topic: "suite.taken-away", partition: 0, offset: "1" }),
        );
        expect(gone).toMatchObject({ code: "record-not-found" });
        expect(gone.facts).toContainEqual(["first offset", "3"]);
      });

      test("a message is produced through kafkajs with key, headers, partition and time, or as a tombstone", async () => {
        await makeTopic(client(), "suite.produced", { partitions: 2 });
        const input = {
          cluster,
          topic: "suite.produced",
          partition: 1,
          timestampMs: 1_234,
          codec: "gzip",
          acks: "all",
          key: { encoding: "utf8", text: "ключ" },
          value: { encoding: "base64", text: "AP8=" },
          headers: [
            { key: "h", value: { encoding: "utf8", text: "1" } },
            { key: "h", value: { encoding: "utf8", text: "2" } },
          ],
        } as const;
        const first = good(await produceMessage(context, localUser, { ...input, headers: [...input.headers] }));
        expect(first).toMatchObject({ partition: 1, offset: "0" });
        const second = good(
          await produceMessage(context, localUser, { ...input, value: null, headers: [], codec: "none" }),
        );
        expect(second.offset).toBe("1");
        const unseen = good(await produceMessage(context, localUser, { ...input, headers: [], acks: "none" }));
        expect(unseen.offset).toBeNull();
        const detail = good(
          await readRecord(context, localUser, { cluster, topic: "suite.produced", partition: 1, offset: "0" }),
        );
        expect(detail).toMatchObject({
          timestampMs: 1_234,
          key: { base64: Buffer.from("ключ").toString("base64") },
          value: { base64: "AP8=" },
          batch: { codec: "gzip" },
        });
        expect(detail.headers.map(({ value }) => value.base64)).toEqual(["MQ==", "Mg=="]);
        expect(
          bad(await produceMessage(context, localUser, { ...input, headers: [], topic: "suite.nowhere" })).code,
        ).toBe("topic-not-found");
        expect(bad(await produceMessage(context, localUser, { ...input, headers: [], partition: 7 })).code).toBe(
          "partition-not-found",
        );
      });

      test("a record above the topic's limit is refused as too large", async () => {
        await makeTopic(client(), "suite.small", { configs: { "max.message.bytes": "1000" } });
        const value = { encoding: "utf8", text: "x".repeat(5_000) } as const;
        const input = {
          cluster,
          topic: "suite.small",
          partition: null,
          timestampMs: null,
          codec: "none",
          acks: "all",
          key: null,
          value,
          headers: [],
        } as const;
        const refused = bad(await produceMessage(context, localUser, { ...input, headers: [] }));
        expect(refused).toMatchObject({
          code: "record-too-large",
          title: "The message was not produced to suite.small",
        });
      });

      test("a follower gets what comes after its start, each record once, also after it comes back", async () => {
        await makeTopic(client(), "suite.followed", { partitions: 2 });
        const append = (partition: number, value: string) =>
          appendBatch(client(), { topic: "suite.followed", partition }, [textRecord(null, value, Date.now())]);
        await append(0, "before");
        const input = { cluster, topic: "suite.followed", partition: null };
        const follower = good(await followMessages(context, localUser, { ...input, positions: {} }));
        expect(good(await follower.poll()).records).toEqual([]);
        await append(0, "one");
        await append(1, "two");
        const polled = good(await follower.poll());
        expect(polled.records.map(({ value }) => value.text).sort()).toEqual(["one", "two"]);
        expect(polled).toMatchObject({ positions: { 0: "2", 1: "1" }, skipped: 0 });
        expect(good(await follower.poll()).records).toEqual([]);
        await append(1, "three");
        const back = good(await followMessages(context, localUser, { ...input, positions: polled.positions }));
        expect(good(await back.poll()).records.map(({ value }) => value.text)).toEqual(["three"]);
      });

      test("a follower that is far behind goes on near the end and says what it left out", async () => {
        await makeTopic(client(), "suite.behind");
        const record = textRecord(null, "x", 1);
        const many = Array.from({ length: 10_000 }, () => record);
        for (let round = 0; round < 3; round++)
          await appendBatch(client(), { topic: "suite.behind", partition: 0 }, many, { codec: "gzip" });
        const follower = good(
          await followMessages(context, localUser, {
            cluster,
            topic: "suite.behind",
            partition: null,
            positions: { 0: "0" },
          }),
        );
        let records = 0;
        let skipped = 0;
        for (let at = "0"; at !== "30000";) {
          const polled = good(await follower.poll());
          expect(polled.records.length).toBeLessThanOrEqual(500);
          records += polled.records.length;
          skipped += polled.skipped;
          at = polled.positions["0"] ?? "";
        }
        expect(records + skipped).toBe(30_000);
      });

      test("a follower says that its topic was deleted", async () => {
        await makeTopic(client(), "suite.short-lived");
        const follower = good(
          await followMessages(context, localUser, {
            cluster,
            topic: "suite.short-lived",
            partition: null,
            positions: {},
          }),
        );
        const { fingerprint } = good(
          await planTopicDeletion(context, localUser, { cluster, topic: "suite.short-lived" }),
        );
        good(
          await deleteTopic(context, localUser, {
            cluster,
            topic: "suite.short-lived",
            confirmation: "suite.short-lived",
            fingerprint,
          }),
        );
        expect(bad(await follower.poll())).toMatchObject({ code: "topic-not-found", retryable: false });
      });
    });

    describe("the event stream of a tab", () => {
      test("says hello, then what was subscribed to, and ends with the tab", async () => {
        await makeTopic(client(), "suite.streamed");
        const left = new AbortController();
        const tab = new TestTab(good(openStream(context, localUser, left.signal)));
        const hello = await tab.next("hello");
        const subscriptions = [
          { channel: "cluster", id: "c", cluster },
          { channel: "topics", id: "t", cluster },
          { channel: "messages", id: "m", cluster, topic: "suite.streamed", partition: null, positions: { 0: "0" } },
        ] as const;
        const set = { streamId: hello.streamId, subscriptions: [...subscriptions] };
        good(subscribeStream(context, localUser, set));
        expect(await tab.next("cluster")).toMatchObject({ id: "c", state: "connected", problem: null });
        await appendBatch(client(), { topic: "suite.streamed", partition: 0 }, [textRecord(null, "live", Date.now())]);
        const messages = await tab.next("messages");
        expect(messages.records.map(({ value }) => value.text)).toEqual(["live"]);
        expect(messages).toMatchObject({ id: "m", positions: { 0: "1" }, skipped: 0 });
        const made = { cluster, name: "suite.noticed", partitions: 1, replicationFactor: 1, configs: {} };
        good(await createTopic(context, localUser, made));
        expect(await tab.next("topics")).toEqual({ type: "topics", id: "t" });
        good(subscribeStream(context, localUser, { ...set, subscriptions: [] }));
        left.abort();
        expect(await tab.ended()).toBe(true);
        expect(context.streams.count).toBe(0);
        expect(bad(subscribeStream(context, localUser, set))).toMatchObject({ code: "invalid-input", retryable: true });
      });

      test("says why a subscription cannot go on", async () => {
        const left = new AbortController();
        const tab = new TestTab(good(openStream(context, localUser, left.signal)));
        const { streamId } = await tab.next("hello");
        const follow = {
          channel: "messages",
          id: "m",
          topic: "suite.nowhere",
          partition: null,
          positions: {},
        } as const;
        good(subscribeStream(context, localUser, { streamId, subscriptions: [{ ...follow, cluster }] }));
        expect((await tab.next("problem")).problem.code).toBe("topic-not-found");
        good(subscribeStream(context, localUser, { streamId, subscriptions: [{ ...follow, cluster: "other" }] }));
        expect((await tab.next("problem")).problem.code).toBe("cluster-not-found");
        left.abort();
      });
    });

    test("who may only read changes nothing", async () => {
      const reader: Actor = { name: "reader", access: ["read"] };
      const input = { cluster, name: "suite.forbidden", partitions: 1, replicationFactor: 1, configs: {} };
      expect(bad(await createTopic(context, reader, input)).code).toBe("not-authorised");
      expect(good(await listTopics(context, reader, { cluster })).topics.map((topic) => topic.name)).not.toContain(
        "suite.forbidden",
      );
      expect(bad(await listTopics(context, reader, { cluster: "other" })).code).toBe("cluster-not-found");
    });
  });
}

type EventOf<Type extends StreamEvent["type"]> = Extract<StreamEvent, { readonly type: Type }>;

/** The browser's end of an event stream: parses what comes by the contract. */
class TestTab {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly decoder = new TextDecoder();
  private text = "";

  constructor(body: ReadableStream<Uint8Array>) {
    this.reader = body.getReader();
  }

  /** The next event of a type; others are passed over. */
  async next<Type extends StreamEvent["type"]>(type: Type): Promise<EventOf<Type>> {
    for (;;) {
      const end = this.text.indexOf("\n\n");
      if (end < 0) {
        if (!(await this.more())) throw new Error(`the stream ended before ${type}`);
        continue;
      }
      const block = this.text.slice(0, end);
      this.text = this.text.slice(end + 2);
      if (!block.startsWith("data: ")) continue;
      const event = streamEvent.parse(JSON.parse(block.slice("data: ".length)));
      // Narrowing: the type was just compared.
      if (event.type === type) return event as EventOf<Type>;
    }
  }

  async ended(): Promise<boolean> {
    while (await this.more());
    return true;
  }

  private async more(): Promise<boolean> {
    const { done, value } = await this.reader.read();
    if (!done) this.text += this.decoder.decode(value, { stream: true });
    return !done;
  }
}

/** A console of one cluster. */
export function contextOf(bootstrap: string, clientProperties: Record<string, string> = {}): ConsoleContext {
  return createContext({
    clusters: [{ id: cluster, name: "Local", bootstrap: bootstrap.split(","), clientProperties, bundled: false }],
    dataDirectory: "",
    host: "localhost",
    port: 3000,
    allowedHosts: ["localhost"],
  });
}

/** The client of a console's one cluster. */
export function clientOf(context: ConsoleContext): ClusterClient {
  const found = context.clusters.get(cluster);
  if (found === undefined) throw new Error("the console has one cluster");
  return found.client;
}

/** The value of a success; a failure fails the test with its words. */
export function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.title}: ${result.problem.detail}`);
  return result.value;
}

/** The problem of a failure. */
export function bad(result: Result<unknown>): Problem {
  if (result.ok) throw new Error("a failure was expected");
  return result.problem;
}
