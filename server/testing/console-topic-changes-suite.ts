import { beforeAll, describe, expect, test } from "vitest";
import { EARLIEST, LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { createPartitions, deleteTopics } from "../client/admin/topics.ts";
import { localUser } from "../console/actor.ts";
import { journalQuery } from "../../lib/contracts/journal.ts";
import type { ConsoleContext } from "../console/context.ts";
import { JournalPublisher } from "../console/engine/journal/journal-publisher.ts";
import { exportJournal } from "../console/export-journal.ts";
import { listJournal } from "../console/list-journal.ts";
import { describeTopic } from "../console/describe-topic.ts";
import { describeTopicConfigs } from "../console/describe-topic-configs.ts";
import { LastRecords } from "../console/last-records.ts";
import { readConfigCatalogue } from "../console/read-config-catalogue.ts";
import { prepareReading, readRecords } from "../client/read-records.ts";
import { Changes } from "./console-changes.ts";
import { bad, clientOf, cluster, good } from "./console-context.ts";
import { appendBatch, makeTopic, textRecord } from "./seed-topic.ts";

/** What changes of topics promise: a plan that tells what happens, the same happening, and the way back. */
export function describeTopicChanges(consoleOf: () => ConsoleContext): void {
  describe("changes of topics", () => {
    let context: ConsoleContext;
    beforeAll(() => {
      context = consoleOf();
    });
    const client = () => clientOf(context);
    const changes = new Changes(() => context);
    const texts = ({ impact }: { impact: readonly { text: string }[] }) => impact.map(({ text }) => text).join("\n");

    async function own(topic: string): Promise<Record<string, string | null>> {
      const { entries } = good(await describeTopicConfigs(context, localUser, { cluster, topic }));
      return Object.fromEntries(
        entries.filter(({ source }) => source === "topic").map(({ name, value }) => [name, value]),
      );
    }

    async function bounds(topic: string, partitions: number): Promise<[number, number][]> {
      const at = (timestampMs: number) =>
        listOffsets(
          client(),
          Array.from({ length: partitions }, (_, partition) => ({ topic, partition, timestampMs })),
        );
      const [starts, ends] = [await at(EARLIEST), await at(LATEST)];
      return starts.map(({ offset }, partition) => [offset, ends[partition]?.offset ?? -1]);
    }

    /** Records of a moment of 1970, of which topics with a retention have none for long, or of another. */
    async function fill(
      topic: string,
      partition: number,
      count: number,
      { key = "k", fromMs = 1_000 }: { readonly key?: string | null; readonly fromMs?: number } = {},
    ): Promise<void> {
      const records = Array.from({ length: count }, (_, index) =>
        textRecord(key && `${key}${index}`, `v${index}`, fromMs + index),
      );
      await appendBatch(client(), { topic, partition }, records);
    }

    describe("configuration", () => {
      test("is changed as planned, written down with its commands, and taken back to what it was", async () => {
        await makeTopic(client(), "change.configs", { configs: { "segment.ms": "700000" } });
        await fill("change.configs", 0, 5, { fromMs: Date.now() - 2 * 3_600_000 });
        const configs = { "retention.ms": "3600000", "segment.ms": null, "cleanup.policy": "compact,delete" };
        const input = { changes: [{ topic: "change.configs", configs }] };
        const plan = await changes.plan("alter-topic-configs", input);
        expect(plan.before).toEqual({ "retention.ms": null, "segment.ms": "700000", "cleanup.policy": null });
        expect(plan.after).toEqual(configs);
        expect(plan.irreversible).toBeNull();
        expect(texts(plan)).toContain("5 messages older than 1 h go for good");
        expect(texts(plan)).toContain("producers see INVALID_RECORD");
        expect(plan.impact[0]?.severity).toBe("critical");
        const made = await changes.make("alter-topic-configs", input);
        expect(await own("change.configs")).toMatchObject({
          "retention.ms": "3600000",
          "cleanup.policy": "compact,delete",
        });
        expect(await own("change.configs")).not.toHaveProperty("segment.ms");
        expect(made.summary).toBe(
          "retention.ms default → 3600000, segment.ms 700000 → default, cleanup.policy default → compact,delete",
        );
        const entry = await changes.entry(made);
        expect(entry.cli).toContain(
          "--add-config 'retention.ms=3600000,cleanup.policy=[compact,delete]' --delete-config segment.ms",
        );
        expect(entry.cliBack).toContain("--add-config segment.ms=700000 --delete-config retention.ms,cleanup.policy");
        await changes.revert(made);
        expect(await own("change.configs")).toEqual({ "segment.ms": "700000" });
      });

      test("that goes back to the default says what that is, also where the cluster names no synonym", async () => {
        await makeTopic(client(), "change.default", { configs: { "retention.ms": "-1" } });
        await fill("change.default", 0, 3);
        const { entries } = good(await describeTopicConfigs(context, localUser, { cluster, topic: "change.default" }));
        expect(entries.find(({ name }) => name === "retention.ms")).toMatchObject({
          value: "-1",
          defaultValue: "604800000",
        });
        const plan = await changes.plan("alter-topic-configs", {
          changes: [{ topic: "change.default", configs: { "retention.ms": null } }],
        });
        expect(texts(plan)).toContain("3 messages older than 7 d go for good");
        expect(texts(plan)).toContain("retention.ms falls back to 604800000 (7 d).");
      });

      test("that two people change at once is changed by the first; the second sees the difference", async () => {
        await makeTopic(client(), "change.twice", { configs: {} });
        const set = (value: string) => ({ changes: [{ topic: "change.twice", configs: { "retention.ms": value } }] });
        const second = await changes.plan("alter-topic-configs", set("2000000"));
        await changes.make("alter-topic-configs", set("1000000"));
        const refused = await changes.refused("alter-topic-configs", set("2000000"), second);
        expect(refused.code).toBe("changed-meanwhile");
        expect(refused.facts).toContainEqual(["retention.ms", "none → 1000000"]);
        expect(await own("change.twice")).toEqual({ "retention.ms": "1000000" });
      });

      test("that was planned for a topic of the same name, since deleted, is not made", async () => {
        await makeTopic(client(), "change.same-name", { configs: {} });
        const input = { changes: [{ topic: "change.same-name", configs: { "retention.ms": "2000000" } }] };
        const plan = await changes.plan("alter-topic-configs", input);
        await deleteTopics(client(), ["change.same-name"]);
        await makeTopic(client(), "change.same-name", { configs: {} });
        const refused = await changes.refused("alter-topic-configs", input, plan);
        expect(refused.code).toBe("changed-meanwhile");
        expect(refused.facts.map(([name]) => name)).toEqual(["id"]);
        expect(await own("change.same-name")).toEqual({});
      });

      test("of many topics is changed where it may be, and each topic gets its own back", async () => {
        await makeTopic(client(), "change.many-1", { configs: { "retention.ms": "111000" } });
        await makeTopic(client(), "change.many-2", { configs: {} });
        const configs = { "retention.ms": "222000" };
        const input = {
          changes: ["change.many-1", "change.many-2", "change.never"].map((topic) => ({ topic, configs })),
        };
        const plan = await changes.plan("alter-topic-configs", input);
        expect(plan.problems.map(({ code, facts }) => [code, facts.find(([name]) => name === "topic")?.[1]])).toEqual([
          ["topic-not-found", "change.never"],
        ]);
        const made = await changes.make("alter-topic-configs", input);
        expect(made.summary).toMatch(/^retention\.ms of 2 topics; not change\.never: \S/);
        expect(await own("change.many-1")).toEqual(configs);
        expect(await own("change.many-2")).toEqual(configs);
        await changes.revert(made);
        expect(await own("change.many-1")).toEqual({ "retention.ms": "111000" });
        expect(await own("change.many-2")).toEqual({});
      });

      test("that the cluster refuses is refused by its plan, in the cluster's words", async () => {
        await makeTopic(client(), "change.refused");
        const set = (configs: object) => ({ changes: [{ topic: "change.refused", configs }] });
        const value = await changes.noPlan("alter-topic-configs", set({ "retention.ms": "soon" }));
        expect(value).toMatchObject({ code: "rejected-by-cluster" });
        expect(value.detail).toContain("retention.ms");
        expect((await changes.noPlan("alter-topic-configs", set({ "no.such.config": "1" }))).detail).toContain(
          "no.such.config",
        );
        expect((await changes.noPlan("alter-topic-configs", { changes: [] })).code).toBe("invalid-input");
        expect((await changes.noPlan("alter-everything", {})).detail).toContain("alter-topic-configs");
      });

      test("of min.insync.replicas says whom it stops", async () => {
        await makeTopic(client(), "change.isr");
        const plan = await changes.plan("alter-topic-configs", {
          changes: [{ topic: "change.isr", configs: { "min.insync.replicas": "3" } }],
        });
        expect(plan.impact).toMatchObject([{ severity: "critical" }, { severity: "info" }]);
        expect(texts(plan)).toContain("NOT_ENOUGH_REPLICAS");
        expect(texts(plan)).toMatch(/min\.insync\.replicas is \d+ where it is not set\./);
      });

      test("of compression and timestamps says what clients meet", async () => {
        await makeTopic(client(), "change.codec", { configs: { "compression.type": "gzip" } });
        const configs = { "compression.type": "zstd", "message.timestamp.type": "LogAppendTime" };
        const plan = await changes.plan("alter-topic-configs", { changes: [{ topic: "change.codec", configs }] });
        expect(texts(plan)).toContain("UNSUPPORTED_COMPRESSION_TYPE");
        expect(texts(plan)).toContain("the time that producers give is lost");
      });
    });

    describe("partitions", () => {
      test("are added as planned, with what that does to keys, and stay", async () => {
        await makeTopic(client(), "change.grown", { partitions: 2 });
        await fill("change.grown", 0, 3);
        const plan = await changes.plan("add-partitions", { topic: "change.grown", count: 4 });
        expect(plan).toMatchObject({ before: { partitions: "2" }, after: { partitions: "4" } });
        expect(texts(plan)).toContain("About 50 % of keys go to another partition");
        expect(texts(plan)).toContain("3 of the newest 3 messages have one");
        expect(plan.irreversible).toContain("cannot take partitions away");
        const made = await changes.make("add-partitions", { topic: "change.grown", count: 4 });
        expect(made.summary).toBe("2 → 4 partitions");
        expect(good(await describeTopic(context, localUser, { cluster, topic: "change.grown" })).partitionCount).toBe(
          4,
        );
        expect((await changes.entry(made)).cli).toContain(String.raw`--alter --topic 'change\.grown' --partitions 4`);
      });

      test("of a compacted topic are a severe matter, of one without keys none", async () => {
        await makeTopic(client(), "change.compacted", { configs: { "cleanup.policy": "compact" } });
        const compacted = await changes.plan("add-partitions", { topic: "change.compacted", count: 3 });
        expect(compacted.impact[0]).toMatchObject({ severity: "critical" });
        await makeTopic(client(), "change.keyless");
        await fill("change.keyless", 0, 4, { key: null });
        const keyless = await changes.plan("add-partitions", { topic: "change.keyless", count: 3 });
        expect(texts(keyless)).toContain("None of the newest 4 messages has a key");
      });

      test("are refused when there would be fewer, and when the topic was grown meanwhile", async () => {
        await makeTopic(client(), "change.raced", { partitions: 2 });
        const fewer = await changes.noPlan("add-partitions", { topic: "change.raced", count: 1 });
        expect(fewer.code).toBe("rejected-by-cluster");
        expect(fewer.fields).toHaveProperty("count");
        const plan = await changes.plan("add-partitions", { topic: "change.raced", count: 6 });
        await createPartitions(client(), { name: "change.raced", count: 3 });
        await expect
          .poll(() => changes.refused("add-partitions", { topic: "change.raced", count: 6 }, plan))
          .toMatchObject({ code: "changed-meanwhile", facts: [["partitions", "2 → 3"]] });
      });
    });

    describe("records", () => {
      test("are deleted before offsets, as planned", async () => {
        await makeTopic(client(), "change.offsets", { partitions: 2 });
        await fill("change.offsets", 0, 10);
        await fill("change.offsets", 1, 10);
        const input = {
          topics: ["change.offsets"],
          upTo: { kind: "offsets", offsets: [{ partition: 1, offset: "4" }] },
        };
        const plan = await changes.plan("delete-records", input);
        expect(plan.before).toEqual({ "change.offsets-1 first offset": "0" });
        expect(plan.after).toEqual({ "change.offsets-1 first offset": "4" });
        expect(texts(plan)).toMatch(
          /^4 messages of 1 partition, about \d+ B on the leaders' disks, are lost for good\.$/m,
        );
        expect(plan.cli).toContain('{"topic":"change.offsets","partition":1,"offset":4}');
        expect(plan.irreversible).toContain("Save the topic's messages");
        const made = await changes.make("delete-records", input);
        expect(await bounds("change.offsets", 2)).toEqual([
          [0, 10],
          [4, 10],
        ]);
        expect((await changes.entry(made)).cli).toContain('"offset":4');
      });

      test("are deleted before a time", async () => {
        await makeTopic(client(), "change.time", { configs: { "retention.ms": "-1" } });
        await fill("change.time", 0, 10);
        await changes.make("delete-records", { topics: ["change.time"], upTo: { kind: "time", timestampMs: 1_007 } });
        expect(await bounds("change.time", 1)).toEqual([[7, 10]]);
        const none = await changes.plan("delete-records", {
          topics: ["change.time"],
          upTo: { kind: "time", timestampMs: 1 },
        });
        expect(none.impact).toEqual([{ severity: "info", text: "There is no message to delete." }]);
      });

      test("are deleted of one partition, and then of all, and of several topics", async () => {
        await makeTopic(client(), "change.empty-1", { partitions: 2 });
        await makeTopic(client(), "change.empty-2");
        await fill("change.empty-1", 0, 3);
        await fill("change.empty-1", 1, 3);
        await fill("change.empty-2", 0, 2);
        await changes.make("delete-records", {
          topics: ["change.empty-1"],
          upTo: { kind: "partitions", partitions: [1] },
        });
        expect(await bounds("change.empty-1", 2)).toEqual([
          [0, 3],
          [3, 3],
        ]);
        const both = { topics: ["change.empty-1", "change.empty-2"], upTo: { kind: "everything" } };
        const made = await changes.make("delete-records", both);
        expect(made.summary).toBe("5 messages of 2 partitions");
        expect(await bounds("change.empty-1", 2)).toEqual([
          [3, 3],
          [3, 3],
        ]);
        expect(await bounds("change.empty-2", 1)).toEqual([[2, 2]]);
      });

      test("are not deleted beyond the end, of no such partition, or of a topic that is compacted only", async () => {
        await makeTopic(client(), "change.kept", { configs: { "cleanup.policy": "compact" } });
        await fill("change.kept", 0, 3);
        const upTo = (offset: string, partition = 0) => ({
          topics: ["change.kept"],
          upTo: { kind: "offsets", offsets: [{ partition, offset }] },
        });
        expect((await changes.noPlan("delete-records", upTo("4"))).fields).toHaveProperty("offsets");
        expect((await changes.noPlan("delete-records", upTo("1", 7))).code).toBe("partition-not-found");
        expect((await changes.noPlan("delete-records", upTo("2"))).detail).toContain("compacted only");
        const several = { topics: ["change.kept", "other"], upTo: { kind: "partitions", partitions: [0] } };
        expect((await changes.noPlan("delete-records", several)).code).toBe("invalid-input");
        expect(await bounds("change.kept", 1)).toEqual([[0, 3]]);
      });
    });

    test("a topic is made anew as it was, empty and with another id, by a job", async () => {
      await makeTopic(client(), "change.anew", { partitions: 3, configs: { "retention.ms": "777000" } });
      await fill("change.anew", 2, 4, { fromMs: Date.now() });
      const before = good(await describeTopic(context, localUser, { cluster, topic: "change.anew" }));
      const plan = await changes.plan("recreate-topic", { topic: "change.anew" });
      expect(texts(plan)).toContain("4 messages are lost for good, and offsets begin at 0 again.");
      expect(plan.cli).toMatch(
        /--delete --topic .*\n.*--create --topic change\.anew --partitions 3 .*--config retention\.ms=777000$/,
      );
      expect(plan.code).toMatch(/deleteTopics[^]*createTopics/);
      context.engine.jobs.start();
      const made = await changes.make("recreate-topic", { topic: "change.anew" });
      const job = () => context.engine.jobs.find(cluster, made.jobId ?? 0);
      await expect.poll(() => job()?.state).toBe("completed");
      await expect
        .poll(async () => good(await describeTopic(context, localUser, { cluster, topic: "change.anew" })).messages)
        .toBe(0);
      const after = good(await describeTopic(context, localUser, { cluster, topic: "change.anew" }));
      expect(after).toMatchObject({ partitionCount: 3, replicationFactor: 1, retentionMs: 777_000 });
      expect(after.topicId).not.toBe(before.topicId);
      expect(await changes.entry(made)).toMatchObject({ outcome: "started", jobId: made.jobId });
    });

    test("a topic is copied with its messages, byte for byte, by a job", async () => {
      await makeTopic(client(), "change.source", { partitions: 2 });
      const headers = [
        { key: "b", value: Buffer.from("1") },
        { key: "a", value: null },
        { key: "b", value: Buffer.from([0xff, 0]) },
      ];
      const odd = { key: Buffer.from([0, 0xff]), value: null, timestampMs: 12_345, headers };
      await appendBatch(client(), { topic: "change.source", partition: 1 }, [odd], { codec: "gzip" });
      await fill("change.source", 0, 300);
      const copy = { from: "change.source", replicationFactor: 1, configs: { "retention.ms": "-1" } };
      const plan = await changes.plan("copy-topic", { ...copy, name: "change.copied", partitions: 2 });
      expect(texts(plan)).toContain("A job copies 301 messages");
      context.engine.jobs.start();
      const done = async (input: object) => {
        const made = await changes.make("copy-topic", { ...copy, ...input });
        const job = () => context.engine.jobs.find(cluster, made.jobId ?? 0);
        await expect.poll(() => job()?.state).toBe("completed");
        expect(job()?.progress).toMatchObject({ done: 301, total: 301 });
        return made;
      };
      const made = await done({ name: "change.copied", partitions: 2 });
      expect(await bounds("change.copied", 2)).toEqual([
        [0, 300],
        [0, 1],
      ]);
      await prepareReading();
      const read = {
        topic: "change.copied",
        fromOffset: 0,
        isolation: "committed",
        maxBytes: 1e6,
        maxWaitMs: 0,
      } as const;
      const { records } = await readRecords(client(), { ...read, partition: 1 });
      expect(records[0]).toMatchObject({ timestampMs: 12_345, value: null, batch: { codec: "gzip" } });
      expect(Buffer.from(records[0]?.key ?? []).equals(odd.key)).toBe(true);
      expect(records[0]?.headers.map(({ key, value }) => [key, value && Buffer.from(value).toString("hex")])).toEqual([
        ["b", "31"],
        ["a", null],
        ["b", "ff00"],
      ]);
      await done({ name: "change.copied-3", partitions: 3 });
      const spread = await bounds("change.copied-3", 3);
      expect(spread.reduce((sum, [, end]) => sum + end, 0)).toBe(301);
      expect(spread.every(([, end]) => end > 0)).toBe(true);
      await changes.revert(made);
      expect(bad(await describeTopic(context, localUser, { cluster, topic: "change.copied" })).code).toBe(
        "topic-not-found",
      );
    });

    test("the journal is exported, and written to a topic in order", async () => {
      await makeTopic(client(), "change.audit");
      await makeTopic(client(), "change.audited");
      const publisher = new JournalPublisher({
        store: context.engine.store,
        journal: context.engine.journal,
        cluster: context.clusters.get(cluster) ?? raise("the console has one cluster"),
        topic: "change.audit",
        onTrouble: raise,
      });
      for (const value of ["1", "2"])
        await changes.make("alter-topic-configs", {
          changes: [{ topic: "change.audited", configs: { "flush.ms": value } }],
        });
      const query = journalQuery.parse({ text: "change.audited" });
      const file = good(await exportJournal(context, localUser, { cluster, query, format: "jsonl" }));
      const lines = [...file.parts].join("").trim().split("\n");
      expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
        { kind: "alter-topic-configs", before: { "flush.ms": "1" }, after: { "flush.ms": "2" } },
        { kind: "alter-topic-configs", before: { "flush.ms": null }, after: { "flush.ms": "1" } },
      ]);
      const csv = good(await exportJournal(context, localUser, { cluster, query, format: "csv" }));
      expect([...csv.parts].join("").trim().split("\r\n")).toHaveLength(3);

      publisher.start();
      const { total } = good(await listJournal(context, localUser, { cluster, query }));
      await expect.poll(() => bounds("change.audit", 1)).toEqual([[0, total]]);
      await publisher.stop();
      await prepareReading();
      const read = {
        topic: "change.audit",
        partition: 0,
        fromOffset: total - 2,
        isolation: "committed",
        maxBytes: 1e6,
        maxWaitMs: 0,
      } as const;
      const { records } = await readRecords(client(), read);
      expect(
        records.map(({ key, value }) => [Buffer.from(key ?? []).toString(), Buffer.from(value ?? []).toString()]),
      ).toEqual(lines.toReversed().map((line) => ["change.audited", line]));
    });

    test("the catalogue of settings is the cluster's own, with documentation and defaults", async () => {
      await makeTopic(client(), "change.catalogue", { configs: { "retention.ms": "5" } });
      const { entries } = good(await readConfigCatalogue(context, localUser, { cluster }));
      const retention = entries.find(({ name }) => name === "retention.ms");
      expect(retention).toMatchObject({ value: "604800000", type: "long", source: "default" });
      expect(retention?.documentation).toBeTruthy();
      expect(entries.length).toBeGreaterThan(25);
    });

    test("when a topic was last written to is asked of the cluster, again when it grows", async () => {
      await makeTopic(client(), "change.last", { configs: { "retention.ms": "-1" } });
      await fill("change.last", 0, 4);
      const last = new LastRecords(client);
      const ends = (end: number) => new Map([["change.last", new Map([[0, { start: 0, end }]])]]);
      await last.refresh(ends(4));
      expect(last.times(ends(4)).get("change.last")).toBe(1_003);
      await appendBatch(client(), { topic: "change.last", partition: 0 }, [textRecord(null, "later", 9_000)]);
      await last.refresh(ends(5));
      expect(last.times(ends(5)).get("change.last")).toBe(9_000);
    });

    test("several topics are deleted as planned, but not one that was made anew meanwhile", async () => {
      await makeTopic(client(), "change.gone-1", { configs: { "retention.bytes": "888000" } });
      await makeTopic(client(), "change.gone-2");
      await fill("change.gone-1", 0, 2);
      const ids = await Promise.all(
        ["change.gone-1", "change.gone-2"].map(async (topic) => {
          const { topicId } = good(await describeTopic(context, localUser, { cluster, topic }));
          return { name: topic, topicId };
        }),
      );
      const input = { topics: [...ids, { name: "change.gone-3", topicId: null }] };
      const plan = await changes.plan("delete-topics", input);
      expect(texts(plan)).toContain("2 messages of 2 topics");
      expect(texts(plan)).toContain("change.gone-1 (2 messages), change.gone-2 (0 messages).");
      expect(plan.problems).toMatchObject([{ code: "topic-not-found" }]);
      await changes.make("delete-topics", { topics: [ids[1]] });
      await makeTopic(client(), "change.gone-2");
      expect((await changes.refused("delete-topics", input, plan)).code).toBe("changed-meanwhile");
      const made = await changes.make("delete-topics", input);
      expect(made.summary).toMatch(/^1 partition with 2 messages; not change\.gone-2 \(and 1 more\): /);
      const entry = await changes.entry(made);
      expect(entry.irreversible).toContain("messages are gone");
      expect(entry.before).toMatchObject({ partitions: "1", "retention.bytes": "888000", id: ids[0]?.topicId });
    });

    test("a deleted topic is written down as it was, with the command that makes it anew", async () => {
      await makeTopic(client(), "change.known", { partitions: 2, configs: { "segment.bytes": "1048577" } });
      await fill("change.known", 1, 3);
      const made = await changes.make("delete-topics", { topics: [{ name: "change.known" }] });
      expect(made.summary).toBe("2 partitions with 3 messages");
      const { before, cliBack } = await changes.entry(made);
      expect(before).toMatchObject({ partitions: "2", "replication.factor": "1", "segment.bytes": "1048577" });
      expect(cliBack).toMatch(
        /--create --topic change\.known --partitions 2 --replication-factor 1 .*segment\.bytes=1048577$/,
      );
    });
  });
}

function raise(detail: string): never {
  throw new Error(detail);
}
