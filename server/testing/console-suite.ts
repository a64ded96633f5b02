import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClusterClient } from "../client/cluster-client.ts";
import { type Actor, localUser } from "../console/actor.ts";
import { closeContext, type ConsoleContext } from "../console/context.ts";
import { createTopic } from "../console/create-topic.ts";
import { deleteTopic } from "../console/delete-topics.ts";
import { describeCluster } from "../console/describe-cluster.ts";
import { describeTopic } from "../console/describe-topic.ts";
import { describeTopicConfigs } from "../console/describe-topic-configs.ts";
import { listPartitions } from "../console/list-partitions.ts";
import { listTopics } from "../console/list-topics.ts";
import { planTopicDeletion } from "../console/plan-topic-deletion.ts";
import { bad, clientOf, cluster, contextOf, good } from "./console-context.ts";
import { describeMessages } from "./console-messages-suite.ts";
import { describeReading } from "./console-reading-suite.ts";
import { describeEventStream } from "./console-stream-suite.ts";
import { describeSavedTopics } from "./console-saved-topics-suite.ts";
import { describeTopicNotes } from "./console-topic-notes-suite.ts";
import { describeTopicChanges } from "./console-topic-changes-suite.ts";
import { appendBatch, makeTopic, textRecord } from "./seed-topic.ts";

/** The cluster that the suite runs against, once it is up. */
export type SuiteCluster = { readonly bootstrap: string };

/** What the console promises of any cluster, held against ours and against Apache Kafka. */
export function describeConsole(name: string, start: () => Promise<SuiteCluster & { stop(): Promise<unknown> }>): void {
  describe(`the console on ${name}`, () => {
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
            directory: expect.stringMatching(/^\//),
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

    describeMessages(() => context);
    describeTopicChanges(() => context);
    describeSavedTopics(() => context);
    describeTopicNotes(() => context);
    describeReading(() => context);
    describeEventStream(() => context);

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
