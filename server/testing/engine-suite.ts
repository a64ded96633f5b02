import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Kafka, logLevel, Partitioners } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { historyQuery } from "../../lib/contracts/history.ts";
import { journalQuery } from "../../lib/contracts/journal.ts";
import { streamEvent } from "../../lib/contracts/stream.ts";
import type { Problem } from "../../lib/problem.ts";
import type { Result } from "../../lib/result.ts";
import { type Actor, localUser } from "../console/actor.ts";
import { compareBrokers } from "../console/compare-brokers.ts";
import { closeContext, type ConsoleContext, createContext } from "../console/context.ts";
import { addBrokerChange } from "../console/add-broker.ts";
import { controlBrokerChange } from "../console/control-broker.ts";
import { removeBrokerChange } from "../console/remove-broker.ts";
import { controlJob } from "../console/control-job.ts";
import { createTopic } from "../console/create-topic.ts";
import { deleteTopic } from "../console/delete-topics.ts";
import { describeBroker } from "../console/describe-broker.ts";
import { describeGroup } from "../console/describe-group.ts";
import { listBrokers } from "../console/list-brokers.ts";
import { listGroups } from "../console/list-groups.ts";
import { listJobs } from "../console/list-jobs.ts";
import { listJournal } from "../console/list-journal.ts";
import { listTopicGroups } from "../console/list-topic-groups.ts";
import { listTopics } from "../console/list-topics.ts";
import { loadSampleData, planSampleData } from "../console/load-sample-data.ts";
import { produceMessage } from "../console/produce-message.ts";
import { readHistory } from "../console/read-history.ts";
import { readJob } from "../console/read-job.ts";
import { readJournalEntry } from "../console/read-journal-entry.ts";
import { readOverview } from "../console/read-overview.ts";
import { readTopicTrends } from "../console/read-topic-trends.ts";
import { readTopology } from "../console/read-topology.ts";
import { planRevert, revertChange } from "../console/revert-change.ts";
import { openStream, subscribeStream } from "../console/stream/open-stream.ts";
import type { SuiteCluster } from "./console-suite.ts";

const cluster = "local";
const reader: Actor = { name: "reader", access: ["read"] };

/** What the console's engine promises of any cluster, held against ours and against Apache Kafka. */
export function describeEngine(name: string, start: () => Promise<SuiteCluster & { stop(): Promise<unknown> }>): void {
  describe(`the engine of the console ${name}`, () => {
    let context: ConsoleContext;
    let running: Awaited<ReturnType<typeof start>>;
    let directory: string;
    let kafka: Kafka;

    beforeAll(async () => {
      running = await start();
      directory = mkdtempSync(join(tmpdir(), "odradek-engine-"));
      context = contextOf(running.bootstrap, directory);
      kafka = new Kafka({ brokers: running.bootstrap.split(","), logLevel: logLevel.NOTHING });
    });
    afterAll(async () => {
      await closeContext(context);
      await running.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    const create = (topic: string, partitions = 2) =>
      createTopic(context, localUser, {
        cluster,
        name: topic,
        partitions,
        replicationFactor: 1,
        configs: { "retention.ms": "3600000" },
      });
    const produce = async (topic: string, count: number) => {
      const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent: true });
      await producer.connect();
      const messages = Array.from({ length: count }, (_, index) => ({
        key: `k${index}`,
        value: "v",
        partition: index % 2,
      }));
      await producer.send({ topic, messages });
      await producer.disconnect();
    };

    describe("sampling", () => {
      test("groups have their lag, members and odd partitions", async () => {
        good(await create("engine.read"));
        await produce("engine.read", 10);
        const admin = kafka.admin();
        await admin.connect();
        await admin.setOffsets({
          groupId: "stopped",
          topic: "engine.read",
          partitions: [{ partition: 0, offset: "2" }],
        });
        await admin.disconnect();
        const consumer = kafka.consumer({ groupId: "running" });
        await consumer.connect();
        await consumer.subscribe({ topics: ["engine.read"], fromBeginning: true });
        const joined = new Promise<void>((resolve) => void consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
        let read = 0;
        const all = new Promise<void>((resolve) => {
          void consumer.run({
            autoCommitThreshold: 1,
            eachMessage: () => Promise.resolve(void ((read += 1) === 10 && resolve())),
          });
        });
        await Promise.all([joined, all]);
        await consumer.commitOffsets([0, 1].map((partition) => ({ topic: "engine.read", partition, offset: "5" })));

        const { groups, problems } = good(await listGroups(context, localUser, { cluster }));
        expect(problems).toEqual([]);
        expect(groups.find(({ groupId }) => groupId === "stopped")).toMatchObject({
          protocol: "classic",
          state: "Empty",
          members: 0,
          lagMessages: 3,
          topics: ["engine.read"],
        });
        expect(groups.find(({ groupId }) => groupId === "running")).toMatchObject({
          state: "Stable",
          members: 1,
          lagMessages: 0,
        });

        const detail = good(await describeGroup(context, localUser, { cluster, group: "running" }));
        expect(detail).toMatchObject({ state: "Stable", assignor: "RoundRobinAssigner", lagMessages: 0, problems: [] });
        expect(detail.memberList[0]?.assignment).toEqual([{ topic: "engine.read", partitions: [0, 1] }]);
        expect(detail.partitions).toMatchObject([
          { partition: 0, committedOffset: "5", endOffset: "5", lagMessages: 0, state: "reading" },
          { partition: 1, committedOffset: "5", state: "reading" },
        ]);
        const stopped = good(await describeGroup(context, localUser, { cluster, group: "stopped" }));
        expect(stopped.partitions).toMatchObject([
          { partition: 0, committedOffset: "2", lagMessages: 3, state: "unassigned" },
        ]);
        const readers = good(await listTopicGroups(context, localUser, { cluster, topic: "engine.read" }));
        expect(readers.groups.map(({ groupId }) => groupId)).toEqual(["running", "stopped"]);
        await consumer.disconnect();
        expect(bad(await describeGroup(context, localUser, { cluster, group: "nobody" })).code).toBe("group-not-found");
      });

      test("a group on a deleted topic is said to be so, and has no lag there", async () => {
        good(await create("engine.gone"));
        await produce("engine.gone", 4);
        const admin = kafka.admin();
        await admin.connect();
        await admin.setOffsets({
          groupId: "left-behind",
          topic: "engine.gone",
          partitions: [{ partition: 0, offset: "1" }],
        });
        await admin.deleteTopics({ topics: ["engine.gone"] });
        await admin.disconnect();
        // Kafka forgets the offsets with the topic; the group may be gone with them.
        const found = await describeGroup(context, localUser, { cluster, group: "left-behind" });
        if (found.ok) expect(found.value.partitions.every(({ state }) => state === "topic-deleted")).toBe(true);
        else expect(found.problem.code).toBe("group-not-found");
      });

      test("brokers have replicas, sizes, latency and configs", async () => {
        const { brokers, offline, problems } = good(await listBrokers(context, localUser, { cluster }));
        expect(problems).toEqual([]);
        expect(offline).toBe(0);
        expect(brokers[0]).toMatchObject({
          state: "running",
          outOfSync: 0,
          problem: null,
          sizeBytes: expect.any(Number),
          latencyMs: expect.any(Number),
        });
        expect(brokers.reduce((sum, { leaders }) => sum + leaders, 0)).toBeGreaterThan(1);
        const [first] = brokers;
        const detail = good(await describeBroker(context, localUser, { cluster, broker: first?.id ?? -1 }));
        expect(detail.problems).toEqual([]);
        expect(detail.logDirectories[0]).toMatchObject({ path: expect.any(String), problem: null });
        expect(detail.configs.find(({ name: config }) => config === "num.partitions")).toMatchObject({ type: "int" });
        const { configs } = good(await compareBrokers(context, localUser, { cluster }));
        expect(configs.map(({ name: config }) => config)).not.toContain("num.partitions");
        expect(bad(await describeBroker(context, localUser, { cluster, broker: 77 })).code).toBe("broker-not-found");
      });

      test("what was swept is in the history, the trends and the overview", async () => {
        await produce("engine.read", 20);
        const overview = good(await readOverview(context, localUser, { cluster }));
        expect(overview).toMatchObject({ isEmpty: false, sampleData: { state: "absent" }, problems: [] });
        expect(overview.topics).toBeGreaterThan(0);
        const trends = good(await readTopicTrends(context, localUser, { cluster }));
        expect(trends.topics["engine.read"]).toMatchObject({ groups: 2, lag: expect.any(Number) });
        const query = historyQuery.parse({
          series: [
            { kind: "topic-end", name: "engine.read" },
            { kind: "group-lag", name: "stopped" },
            { kind: "group-partition-lag", name: "stopped", part: "engine.read/0" },
          ],
          fromMs: Date.now() - 600_000,
          toMs: Date.now() + 10_000,
        });
        const history = good(await readHistory(context, localUser, { cluster, query }));
        const last = history.series.map(({ values }) => values.findLast((value) => value !== null));
        expect(last).toEqual([30, 13, 13]);
        expect(history.times.length).toBe(history.series[0]?.values.length);
        const topology = good(await readTopology(context, localUser, { cluster }));
        const node = (type: string, own: string) =>
          topology.nodes.find((found) => found.type === type && found.name === own)?.id;
        expect(topology.edges).toContainEqual(
          expect.objectContaining({
            from: node("topic", "engine.read"),
            to: node("group", "stopped"),
            source: "OffsetFetch",
          }),
        );
      });
    });

    describe("changes", () => {
      test("a topic that was made is in the journal, and taken back by its plan", async () => {
        good(await create("engine.made"));
        const { entries } = good(
          await listJournal(context, localUser, { cluster, query: journalQuery.parse({ text: "engine.made" }) }),
        );
        expect(entries[0]).toMatchObject({
          kind: "create-topic",
          title: "Create topic engine.made",
          actor: "local user",
          outcome: "done",
          summary: "2 partitions × 1",
        });
        const id = entries[0]?.id ?? 0;
        const entry = good(await readJournalEntry(context, localUser, { cluster, entry: id }));
        expect(entry).toMatchObject({
          after: { partitions: "2", "retention.ms": "3600000" },
          cli: `kafka-topics.sh --bootstrap-server ${running.bootstrap} --create --topic engine.made --partitions 2 --replication-factor 1 --config retention.ms=3600000`,
          cliBack: `kafka-topics.sh --bootstrap-server ${running.bootstrap} --delete --topic 'engine\\.made'`,
          irreversible: null,
        });

        const plan = good(await planRevert(context, localUser, { cluster, entry: id }));
        expect(plan).toMatchObject({
          kind: "delete-topics",
          impact: [{ severity: "info", text: "It has no messages." }],
        });
        expect(bad(await revertChange(context, localUser, { cluster, entry: id, fingerprint: "stale" })).code).toBe(
          "changed-meanwhile",
        );
        expect(
          bad(await revertChange(context, reader, { cluster, entry: id, fingerprint: plan.fingerprint })).code,
        ).toBe("not-authorised");
        const back = good(
          await revertChange(context, localUser, { cluster, entry: id, fingerprint: plan.fingerprint }),
        );
        expect(back).toMatchObject({ kind: "delete-topics", reverts: id, outcome: "done" });
        const topics = good(await listTopics(context, localUser, { cluster }));
        expect(topics.topics.map(({ name: topic }) => topic)).not.toContain("engine.made");
        expect(bad(await planRevert(context, localUser, { cluster, entry: id })).detail).toBe(
          `It was taken back by entry ${back.id}.`,
        );
        const refused = good(
          await listJournal(context, localUser, { cluster, query: journalQuery.parse({ state: "refused" }) }),
        );
        expect(refused.entries.map(({ actor, kind }) => [actor, kind])).toEqual([
          ["reader", "delete-topics"],
          ["local user", "delete-topics"],
        ]);
      });

      test("another topic of the same name is not taken back", async () => {
        good(await create("engine.twice"));
        const first = await lastEntry("engine.twice");
        const deleting = { cluster, topic: "engine.twice", confirmation: "engine.twice" };
        const plan = good(await planRevert(context, localUser, { cluster, entry: first }));
        good(await deleteTopic(context, localUser, { ...deleting, fingerprint: plan.fingerprint }));
        expect(
          good(await readJournalEntry(context, localUser, { cluster, entry: await lastEntry("engine.twice") }))
            .irreversible,
        ).toMatch(/^Its messages/);
        good(await create("engine.twice"));
        expect(bad(await planRevert(context, localUser, { cluster, entry: first })).code).toBe("changed-meanwhile");
      });

      test("what a message said is not in the journal", async () => {
        const text = (value: string) => ({ encoding: "utf8" as const, text: value });
        const message = {
          key: text("secret-key"),
          value: text("secret-value"),
          headers: [{ key: "h", value: text("secret-header") }],
        };
        const rest = { partition: 0, timestampMs: null, codec: "none" as const, acks: "all" as const };
        good(await produceMessage(context, localUser, { cluster, topic: "engine.read", ...message, ...rest }));
        const entry = good(
          await readJournalEntry(context, localUser, { cluster, entry: await lastEntry("Produce to engine.read") }),
        );
        expect(entry).toMatchObject({ kind: "produce-message", after: { partition: "0", offset: expect.any(String) } });
        expect(JSON.stringify([entry, context.engine.journal.find(cluster, entry.id)])).not.toContain("secret");
      });

      test("brokers that this console does not run are not stopped", async () => {
        const refused = await controlBrokerChange.planIt(context, localUser, { cluster, broker: 1, command: "stop" });
        expect(bad(refused)).toMatchObject({ code: "not-possible", title: "Broker 1 was not stopped" });
        const added = await addBrokerChange.planIt(context, localUser, { cluster });
        expect(bad(added)).toMatchObject({ code: "not-possible", title: "No broker was added" });
        const removed = await removeBrokerChange.planIt(context, localUser, { cluster, broker: 1 });
        expect(bad(removed)).toMatchObject({ code: "not-possible", title: "Broker 1 was not removed" });
      });

      const lastEntry = async (text: string) => {
        const { entries } = good(
          await listJournal(context, localUser, { cluster, query: journalQuery.parse({ text }) }),
        );
        return entries[0]?.id ?? 0;
      };
    });

    test("tabs hear of sweeps and of changes", async () => {
      const left = new AbortController();
      const stream = good(openStream(context, localUser, left.signal));
      const heard = new Set<string>();
      const lines = eventsOf(stream);
      const hello = streamEvent.parse((await lines.next()).value);
      const streamId = hello.type === "hello" ? hello.streamId : "";
      const subscriptions = (["sampled", "jobs", "journal"] as const).map((channel) => ({
        channel,
        id: channel,
        cluster,
      }));
      good(subscribeStream(context, localUser, { streamId, subscriptions }));
      good(await create("engine.heard"));
      good(await listGroups(context, localUser, { cluster }));
      while (!(heard.has("journal") && heard.has("sampled")))
        heard.add(streamEvent.parse((await lines.next()).value).type);
      left.abort();
      expect((await lines.next()).done).toBe(true);
    });

    describe("sample data", () => {
      test("is loaded by its plan, produces and is read, survives the console, and is removed with its job", async () => {
        context.engine.start();
        const plan = good(await planSampleData(context, localUser, { cluster }));
        expect(plan.impact[0]?.text).toBe("Makes the topics orders, payments, page-views, customers.");
        const { jobId } = good(await loadSampleData(context, localUser, { cluster, fingerprint: plan.fingerprint }));
        expect(bad(await planSampleData(context, localUser, { cluster })).code).toBe("not-possible");
        await until(
          async () => (good(await readJob(context, localUser, { cluster, job: jobId })).progress.done ?? 0) > 60,
        );
        await until(
          async () =>
            (await groupMembers("order-fulfilment")) === 1 && (await groupMembers("page-view-analytics")) === 1,
        );

        await closeContext(context);
        context = contextOf(running.bootstrap, directory);
        expect(good(await readJob(context, localUser, { cluster, job: jobId })).state).toBe("running");
        const before = good(await readJob(context, localUser, { cluster, job: jobId })).progress.done;
        context.engine.start();
        await until(
          async () => good(await readJob(context, localUser, { cluster, job: jobId })).progress.done > before,
        );

        const { entries } = good(
          await listJournal(context, localUser, { cluster, query: journalQuery.parse({ outcome: "started" }) }),
        );
        const loaded = entries.find(({ kind }) => kind === "load-sample-data")?.id ?? 0;
        const back = good(await planRevert(context, localUser, { cluster, entry: loaded }));
        expect(back.impact[0]?.text).toMatch(/^Removes the topics orders, /);
        const paused = good(await controlJob(context, localUser, { cluster, job: jobId, control: "pause" }));
        expect(paused.state).toBe("pausing");
        await until(async () => good(await readJob(context, localUser, { cluster, job: jobId })).state === "paused");
        const stale = await revertChange(context, localUser, { cluster, entry: loaded, fingerprint: back.fingerprint });
        expect(bad(stale)).toMatchObject({ code: "changed-meanwhile", facts: [["state", "running → paused"]] });
        const again = good(await planRevert(context, localUser, { cluster, entry: loaded }));
        good(await revertChange(context, localUser, { cluster, entry: loaded, fingerprint: again.fingerprint }));
        await until(async () => good(await readJob(context, localUser, { cluster, job: jobId })).state === "cancelled");
        const { topics } = good(await listTopics(context, localUser, { cluster }));
        expect(topics.map(({ name: topic }) => topic)).not.toContain("orders");
        expect(bad(await describeGroup(context, localUser, { cluster, group: "order-fulfilment" })).code).toBe(
          "group-not-found",
        );
        const { jobs } = good(await listJobs(context, localUser, { cluster }));
        expect(jobs[0]).toMatchObject({ id: jobId, kind: "sample-data", actor: "local user", controls: ["forget"] });
      });

      const groupMembers = async (group: string) => {
        const found = await describeGroup(context, localUser, { cluster, group });
        return found.ok ? found.value.memberList.length : 0;
      };
    });
  });
}

function contextOf(bootstrap: string, dataDirectory: string): ConsoleContext {
  return createContext({
    clusters: [{ id: cluster, name: "Local", bootstrap: bootstrap.split(","), clientProperties: {}, bundled: false }],
    dataDirectory,
    host: "127.0.0.1",
    port: 0,
    allowedHosts: [],
  });
}

async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator {
  let text = "";
  for await (const chunk of stream) {
    text += Buffer.from(chunk).toString();
    const whole = text.split("\n\n");
    text = whole.pop() ?? "";
    for (const event of whole) if (event.startsWith("data: ")) yield JSON.parse(event.slice(6));
  }
}

function good<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.problem));
}

function bad(result: Result<unknown>): Problem {
  if (!result.ok) return result.problem;
  throw new Error("it went well");
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(100);
}
