import { beforeAll, describe, expect, test } from "vitest";
import type { MessagePage, MessageQuery } from "../../lib/contracts/messages.ts";
import type { Result } from "../../lib/result.ts";
import { deleteRecords } from "../client/admin/topics.ts";
import { localUser } from "../console/actor.ts";
import type { ConsoleContext } from "../console/context.ts";
import { deleteTopic } from "../console/delete-topics.ts";
import { followMessages } from "../console/follow-messages.ts";
import { planTopicDeletion } from "../console/plan-topic-deletion.ts";
import { produceMessage } from "../console/produce-message.ts";
import { readMessages } from "../console/read-messages.ts";
import { readRecord } from "../console/read-record.ts";
import { CODECS } from "../wire/compression.ts";
import { bad, clientOf, cluster, good } from "./console-context.ts";
import { appendBatch, makeTopic, textRecord } from "./seed-topic.ts";

/** What reading, producing and following promise, on the cluster of the console that is given. */
export function describeMessages(consoleOf: () => ConsoleContext): void {
  describe("messages", () => {
    let context: ConsoleContext;
    beforeAll(() => {
      context = consoleOf();
    });
    const client = () => clientOf(context);

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
      expect(oldest.partitions).toEqual([{ topic, partition: 0, startOffset: "0", endOffset: "30", problem: null }]);
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
      expect(values(good(await read("suite.merged", { partitions: "1" })))).toEqual(["1@500", "1@200"]);
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
      expect(bad(await read("suite.merged", { partitions: "3" })).code).toBe("partition-not-found");
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
      let edge: Partial<MessageQuery> = {};
      for (let next: string | null = "first"; next !== null;) {
        const page: MessagePage = good(await read("suite.pages", { from: "oldest", limit: 70, ...edge }));
        seen.push(...values(page));
        next = page.edges.next;
        if (next !== null) edge = { edge: next, turn: "next" };
      }
      expect(seen).toEqual(records.map((_, index) => String(index)));
      const back = good(await read("suite.pages", { from: "oldest", limit: 70, ...edge, turn: "previous" }));
      expect(values(back)).toEqual(seen.slice(140, 210));
      const newest = good(await read("suite.pages", { limit: 100 }));
      expect(newest.edges.previous).toBeNull();
      const older = good(await read("suite.pages", { limit: 100, edge: newest.edges.next ?? "", turn: "next" }));
      expect(values(older)).toEqual(seen.slice(50, 150).toReversed());
      const again = good(await read("suite.pages", { limit: 100, edge: older.edges.previous ?? "", turn: "previous" }));
      expect(values(again)).toEqual(values(newest));
      expect(values(good(await read("suite.pages", { limit: 240 })))).toEqual(seen.toReversed().slice(0, 240));
    });

    test("large records are previewed in lists and cut in the detail, each with its true size", async () => {
      await makeTopic(client(), "suite.large", { configs: { "max.message.bytes": "4000000", "retention.ms": "-1" } });
      const value = Buffer.alloc(2_000_000, "a");
      for (let index = 0; index < 4; index++)
        await appendBatch(client(), { topic: "suite.large", partition: 0 }, [{ key: null, value, timestampMs: index }]);
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
      expect(Buffer.from(detail.value.base64 ?? "", "base64").length).toBe(262_144);
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
      expect(detail.value).toMatchObject({ base64: null, form: "null", sizeBytes: 0, truncated: false });
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
      // kafkajs answers "Cannot read properties of undefined" there.
      expect(
        bad(await produceMessage(context, localUser, { ...input, headers: [], topic: "__proto__" })).detail,
      ).toContain("kafkajs");
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
      const input = { cluster, topic: "suite.followed", partitions: null };
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
          partitions: null,
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
          partitions: null,
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
}
