import { beforeAll, describe, expect, test } from "vitest";
import type { ExportFormat, MessagePage, MessageQuery } from "../../lib/contracts/messages.ts";
import { commitGroupOffsets } from "../client/admin/group-offsets.ts";
import { deleteTopics } from "../client/admin/topics.ts";
import { localUser } from "../console/actor.ts";
import type { ConsoleContext } from "../console/context.ts";
import { exportMessages } from "../console/export-messages.ts";
import { followMessages } from "../console/follow-messages.ts";
import { readMessages } from "../console/read-messages.ts";
import { readPayload, readRecord } from "../console/read-record.ts";
import { CreatePartitions } from "../wire/apis/create-partitions.ts";
import { clientOf, cluster, good } from "./console-context.ts";
import { appendBatch, makeTopic, textRecord } from "./seed-topic.ts";

/** Where reading may begin and end, and what of a record is shown, on the cluster of the console that is given. */
export function describeReading(consoleOf: () => ConsoleContext): void {
  describe("reading", () => {
    let context: ConsoleContext;
    const client = () => clientOf(context);
    const topic = "suite.places";
    beforeAll(async () => {
      context = consoleOf();
      await makeTopic(client(), topic, { partitions: 2 });
      for (const partition of [0, 1]) {
        const records = [0, 1, 2, 3, 4].map((i) => textRecord(null, `${partition}:${i}`, 1_000 + i * 10 + partition));
        await appendBatch(client(), { topic, partition }, records);
      }
    });

    const read = async (query: Partial<MessageQuery>, of = topic): Promise<MessagePage> =>
      good(
        await readMessages(context, localUser, { cluster, topic: of, query: { from: "newest", limit: 100, ...query } }),
      );
    const values = async (query: Partial<MessageQuery>, of = topic) =>
      (await read(query, of)).records.map(({ value }) => value.text);

    test("begins at an offset of its own in each partition, and reads only those", async () => {
      expect(await values({ from: "offsets", offsets: "0:3" })).toEqual(["0:3", "0:4"]);
      expect(await values({ from: "offsets", offsets: "1:4,0:4" })).toEqual(["0:4", "1:4"]);
    });

    test("ends at an offset or before a time, forwards and backwards", async () => {
      expect(await values({ from: "oldest", toOffset: "0" })).toEqual(["0:0", "1:0"]);
      expect(await values({ toOffset: "1", limit: 3 })).toEqual(["1:1", "0:1", "1:0"]);
      expect(await values({ toMs: 1_020, limit: 2 })).toEqual(["1:1", "0:1"]);
      expect(await values({ from: "time", timeMs: 1_011, toMs: 1_021 })).toEqual(["1:1", "0:2"]);
    });

    test("begins where a consumer group stands, and shows nothing where it has committed nothing", async () => {
      await commitGroupOffsets(client(), "suite.reader", [{ topic, partition: 1, offset: 3 }]);
      expect(await values({ from: "group", group: "suite.reader" })).toEqual(["1:3", "1:4"]);
    });

    test("begins at a time before now", async () => {
      await makeTopic(client(), "suite.recent");
      const nowMs = Date.now();
      await appendBatch(client(), { topic: "suite.recent", partition: 0 }, [
        textRecord(null, "an hour ago", nowMs - 4_000_000),
        textRecord(null, "now", nowMs),
      ]);
      expect(await values({ from: "last", last: "1h" }, "suite.recent")).toEqual(["now"]);
      expect(await values({ from: "last", last: "24h" }, "suite.recent")).toEqual(["an hour ago", "now"]);
    });

    test("takes several partitions and several topics, merged by time", async () => {
      await makeTopic(client(), "suite.beside");
      await appendBatch(client(), { topic: "suite.beside", partition: 0 }, [textRecord(null, "beside", 1_025)]);
      expect(await values({ partitions: "0,1", from: "oldest", limit: 2 })).toEqual(["0:0", "1:0"]);
      const merged = await read({ topics: "suite.beside", from: "time", timeMs: 1_020, toMs: 1_031 });
      expect(merged.records.map((one) => [one.topic, one.value.text])).toEqual([
        [topic, "0:2"],
        [topic, "1:2"],
        ["suite.beside", "beside"],
        [topic, "0:3"],
      ]);
      expect(await values({ topics: "suite.beside", partitions: "1", from: "oldest", limit: 1 })).toEqual(["1:0"]);
    });

    test("gives the fields that have a column as they were written", async () => {
      await makeTopic(client(), "suite.fields");
      const value = '{"id":12345678901234567890,"customer":{"name":"a,\\"b\\""},"none":null}';
      await appendBatch(client(), { topic: "suite.fields", partition: 0 }, [
        textRecord("k", value, 5),
        textRecord("k", null, 6),
      ]);
      const columns = '["/id","/customer/name","/gone"]';
      const page = await read({ from: "oldest", columns }, "suite.fields");
      expect(page.records.map(({ fields }) => fields)).toEqual([
        ["12345678901234567890", '"a,\\"b\\""', null],
        [null, null, null],
      ]);
      const file = async (format: ExportFormat) => {
        const query = { from: "oldest", limit: 100, columns, format } as const;
        const { chunks } = good(await exportMessages(context, localUser, { cluster, topic: "suite.fields", query }));
        let text = "";
        for await (const chunk of chunks) text += chunk;
        return text;
      };
      const head = '"topic":"suite.fields","partition":0';
      const lines = [
        `{${head},"offset":0,"timestamp":5,"timestampType":"create","key":"k","value":${value},"headers":[]}`,
        `{${head},"offset":1,"timestamp":6,"timestampType":"create","key":"k","value":null,"headers":[]}`,
      ];
      expect(await file("ndjson")).toBe(`${lines.join("\n")}\n`);
      expect(await file("json")).toBe(`[\n${lines.join(",\n")}\n]\n`);
      const quoted = `"${value.replaceAll('"', '""')}"`;
      expect(await file("csv")).toBe(
        [
          "topic,partition,offset,timestamp,key,value,headers,/id,/customer/name,/gone",
          `suite.fields,0,0,5,k,${quoted},[],12345678901234567890,"a,""b""",`,
          "suite.fields,0,1,6,k,,[],,,",
          "",
        ].join("\r\n"),
      );
    });

    test("decodes by hand, says what was tried, and gives large values whole when asked", async () => {
      await makeTopic(client(), "suite.decoded");
      const large = Buffer.from(`{"a":"${"x".repeat(400_000)}"}`);
      await appendBatch(client(), { topic: "suite.decoded", partition: 0 }, [
        { key: Buffer.from([0, 0, 0, 7]), value: large, timestampMs: 1 },
      ]);
      const [line] = (await read({ keyAs: "hex" }, "suite.decoded")).records;
      expect(line).toMatchObject({ key: { text: "00000007", decoder: "hex" }, value: { truncated: true } });
      const place = { cluster, topic: "suite.decoded", partition: 0, offset: "0" };
      const detail = good(await readRecord(context, localUser, { ...place, query: { valueAs: "uuid" } }));
      expect(detail.key).toMatchObject({ decoder: "int32", text: "7" });
      expect(detail.value).toMatchObject({ decoder: "json", truncated: true, sizeBytes: large.length });
      expect(detail.value.failed[0]).toMatchObject({ decoder: "uuid" });
      const { bytes } = good(await readPayload(context, localUser, { ...place, part: "value" }));
      expect(bytes && Buffer.from(bytes).equals(large)).toBe(true);
    });

    test("tells a batch byte for byte", async () => {
      await makeTopic(client(), "suite.anatomy");
      const records = [0, 1, 2].map((i) => textRecord("key", "x".repeat(500), 7 + i));
      await appendBatch(client(), { topic: "suite.anatomy", partition: 0 }, records, { codec: "gzip" });
      const place = { cluster, topic: "suite.anatomy", partition: 0, offset: "1" };
      const { batch, anatomy } = good(await readRecord(context, localUser, place));
      expect(batch).toMatchObject({ baseOffset: "0", lastOffset: "2", codec: "gzip", maxTimestampMs: 9, fate: null });
      expect(batch.recordBytes).toBeGreaterThan(1_500);
      expect(batch.storedBytes).toBe(batch.sizeBytes - 61);
      expect(anatomy.header.hex).toHaveLength(122);
      const told = new Map(anatomy.record.spans.map(({ label, value }) => [label, value]));
      expect(told.get("timestamp delta")).toBe("timestamp 8");
      expect(told.get("key length")).toBe("3 bytes");
      const key = anatomy.record.spans.find(({ label }) => label === "key");
      expect(Buffer.from(anatomy.record.hex.slice((key?.start ?? 0) * 2, (key?.end ?? 0) * 2), "hex").toString()).toBe(
        "key",
      );
    });

    test("several topics are followed as one, and go on when one of them is deleted", async () => {
      await makeTopic(client(), "suite.merged-a", { partitions: 2 });
      await makeTopic(client(), "suite.merged-b");
      const append = (own: string, partition: number, value: string, timestampMs: number) =>
        appendBatch(client(), { topic: own, partition }, [textRecord(null, value, timestampMs)]);
      const merged = { cluster, topic: "suite.merged-a", topics: ["suite.merged-b"], partitions: [0, 1] };
      const follower = good(await followMessages(context, localUser, { ...merged, positions: {} }));
      await append("suite.merged-a", 0, "second", 20);
      await append("suite.merged-b", 0, "first", 10);
      await append("suite.merged-a", 1, "third", 30);
      const polled = good(await follower.poll());
      expect(polled.records.map(({ value }) => value.text)).toEqual(["first", "second", "third"]);
      expect(polled).toMatchObject({ positions: { 0: "1", 1: "1", "suite.merged-b/0": "1" }, problems: [] });
      await append("suite.merged-b", 0, "fourth", 40);
      const back = good(await followMessages(context, localUser, { ...merged, positions: polled.positions }));
      expect(good(await back.poll()).records.map(({ value }) => value.text)).toEqual(["fourth"]);

      const [deleted] = await deleteTopics(client(), ["suite.merged-b"]);
      expect(deleted?.errorCode).toBe(0);
      let told: readonly string[] = [];
      while (told.length === 0)
        told = good(await follower.poll()).problems.map(({ code, title }) => `${code}: ${title}`);
      expect(told).toEqual(["topic-not-found: suite.merged-b cannot be followed"]);
      await append("suite.merged-a", 0, "fifth", 50);
      let found: string[] = [];
      while (found.length === 0) {
        const { records, problems } = good(await follower.poll());
        expect(problems).toHaveLength(1);
        found = records.filter((one) => one.topic === "suite.merged-a").map(({ value }) => value.text);
      }
      expect(found).toEqual(["fifth"]);
    });

    test("a partition that is added while its topic is followed is followed from its first record on", async () => {
      await makeTopic(client(), "suite.growing");
      const input = { cluster, topic: "suite.growing", partitions: null, positions: {} };
      const follower = good(await followMessages(context, localUser, input));
      const topics = [{ name: "suite.growing", count: 2, assignments: null }];
      const answer = await client().send(CreatePartitions, { topics, timeoutMs: 10_000 }, { to: "controller" });
      expect(answer.results[0]?.errorCode).toBe(0);
      client().metadata.forget("suite.growing");
      for (;;) {
        await client().refresh(["suite.growing"]);
        if ((client().metadata.topic("suite.growing")?.partitions[1]?.leaderId ?? -1) >= 0) break;
      }
      await appendBatch(client(), { topic: "suite.growing", partition: 1 }, [textRecord(null, "first", 1)]);
      let found: string[] = [];
      while (found.length === 0) found = good(await follower.poll()).records.map(({ value }) => value.text);
      expect(found).toEqual(["first"]);
    });
  });
}
