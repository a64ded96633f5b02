import { setTimeout as pause } from "node:timers/promises";
import { addPartitionsCommand } from "../../lib/cli/topics.ts";
import { addPartitionsCode } from "../../lib/code/topics.ts";
import type { Impact } from "../../lib/contracts/changes.ts";
import { type AddPartitionsInput, addPartitionsInput } from "../../lib/contracts/topic-changes.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { shareOfKeysThatMove } from "../../lib/key-moves.ts";
import type { Problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { describeConfigs } from "../client/admin/configs.ts";
import { LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { createPartitions, describeTopic } from "../client/admin/topics.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import { prepareReading, readRecords } from "../client/read-records.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { findTopic } from "./find-topic.ts";
import { settle } from "./settled.ts";
import { kafkaProblem } from "./to-problem.ts";
import { readersOf, readingNow } from "./topic-readers.ts";
import { replicationFactorOf, topicIdOf } from "./topic-summary.ts";

/** How long new partitions may take to have leaders. */
const LED_LIMIT_MS = 10_000;
const LOOK_AGAIN_MS = 50;
/** Newest messages that are looked at for keys, in partitions of which. */
const SAMPLED_MESSAGES = 50;
const SAMPLED_PARTITIONS = 4;
const SAMPLED_BYTES = 256 * 1024;

/** Growing a topic. Kafka has no way back: partitions are never taken away. */
export const addPartitionsChange = defineChange<AddPartitionsInput, { readonly partitions: number }>({
  kind: "add-partitions",
  input: addPartitionsInput,
  verb: () => "Add partitions to",
  failed: ({ topic }) => `No partitions were added to ${topic}`,
  target: ({ topic }) => ({ type: "topic", name: topic }),
  cli: ({ topic, count }, bootstrap) => addPartitionsCommand(bootstrap, topic, count),
  code: ({ topic, count }, bootstrap) => addPartitionsCode(bootstrap, topic, count),
  async plan(scope, { topic: name, count }, title) {
    const { cluster } = scope;
    const found = await findTopic(cluster, name, title);
    if (!found.ok) return found;
    const topic = found.value;
    const checked = await createPartitions(cluster.client, { name, count }, { validateOnly: true });
    if (checked.errorCode !== 0) return fail(refusal(cluster, name, title, checked));
    const { identity } = cluster;
    const [keys, readers] = await Promise.all([
      settle(keyImpact(cluster, topic, count), { title: "Messages could not be looked at for keys", identity }),
      readersOf(scope, new Set([name])),
    ]);
    const added = count - topic.partitions.length;
    const replicas = replicationFactorOf(topic);
    return succeed({
      before: { partitions: String(topic.partitions.length) },
      after: { partitions: String(count) },
      state: { partitions: String(topic.partitions.length), id: topicIdOf(topic) },
      impact: [
        ...(keys.value ?? []),
        ...readingNow(
          readers.readers,
          "they are given the new partitions within metadata.max.age.ms (5 min unless set). With auto.offset.reset=latest they miss what is written there until then.",
        ),
        {
          severity: "info",
          text: `${formatNumberOf(added, "new partition")} with ${formatNumberOf(replicas, "replica")} each, empty. No message moves.`,
        },
      ],
      problems: [...keys.problems, ...readers.problems],
    });
  },
  async act({ cluster }, { topic: name, count }, title) {
    const found = await findTopic(cluster, name, title);
    if (!found.ok) return found;
    const before = found.value.partitions.length;
    const answer = await createPartitions(cluster.client, { name, count });
    cluster.forgetTopics();
    if (answer.errorCode !== 0) return fail(refusal(cluster, name, title, answer));
    await untilLed(cluster, name, count);
    cluster.forgetTopics();
    return succeed({
      value: { partitions: count },
      before: { partitions: String(before) },
      after: { partitions: String(count) },
      summary: `${before} → ${formatNumberOf(count, "partition")}`,
    });
  },
  revert: () => ({
    irreversible:
      "Kafka cannot take partitions away. To have fewer, copy the topic to a new one with fewer partitions.",
  }),
});

type Answer = { readonly errorCode: number; readonly message: string | null };

function refusal({ identity }: Cluster, topic: string, title: string, { errorCode, message }: Answer): Problem {
  const needs = { operation: "Alter", resource: { topic } };
  const problem = kafkaProblem(errorCode, message, { title, facts: [["topic", topic]], needs, identity });
  return { ...problem, fields: { count: problem.detail } };
}

/** What more partitions do to messages with keys, if the topic has any. */
async function keyImpact(cluster: Cluster, topic: TopicMetadata, count: number): Promise<Impact[]> {
  const [keyed, policy] = await Promise.all([sampleKeys(cluster, topic), cleanupPolicy(cluster, topic)]);
  const isCompacted = policy.includes("compact");
  if (!isCompacted && keyed.messages > 0 && keyed.withKey === 0)
    return [
      {
        severity: "info",
        text: `None of the newest ${formatNumberOf(keyed.messages, "message")} has a key: their order is not by key.`,
      },
    ];
  if (!isCompacted && keyed.messages === 0)
    return [{ severity: "info", text: "It has no messages, so no key changes its partition." }];
  const share = Math.round(shareOfKeysThatMove(topic.partitions.length, count) * 100);
  const seen =
    keyed.messages === 0
      ? ""
      : ` ${keyed.withKey} of the newest ${formatNumberOf(keyed.messages, "message")} have one.`;
  const impact: Impact[] = [
    {
      severity: "warning",
      text: `About ${share} % of keys go to another partition from now on, their older messages stay: the order of messages with the same key is broken at this point.${seen}`,
    },
    {
      severity: "warning",
      text: "Kafka Streams applications that read it by key, and joins with it, find their state in other partitions: reset them, or copy the topic to a new one instead.",
    },
  ];
  if (isCompacted)
    impact.unshift({
      severity: "critical",
      text: "It is compacted: the last value that a moved key has in its old partition is never replaced, so readers find two.",
    });
  return impact;
}

async function cleanupPolicy({ client }: Cluster, { name }: TopicMetadata): Promise<string> {
  const resources = [{ type: "topic" as const, name: name ?? "" }];
  const [found] = await describeConfigs(client, resources, { names: ["cleanup.policy"], details: false });
  return found?.configs[0]?.value ?? "";
}

/** Of the newest messages, how many have a key. */
async function sampleKeys({ client }: Cluster, topic: TopicMetadata): Promise<{ messages: number; withKey: number }> {
  await prepareReading();
  const led = topic.partitions.filter(({ leaderId }) => leaderId >= 0).slice(0, SAMPLED_PARTITIONS);
  const name = topic.name ?? "";
  const ends = await listOffsets(
    client,
    led.map(({ partitionIndex }) => ({ topic: name, partition: partitionIndex, timestampMs: LATEST })),
  );
  const reads = await Promise.all(
    ends
      .filter(({ errorCode, offset }) => errorCode === 0 && offset > 0)
      .map(({ partition, offset }) =>
        readRecords(client, {
          topic: name,
          partition,
          fromOffset: Math.max(0, offset - SAMPLED_MESSAGES),
          isolation: "uncommitted",
          maxBytes: SAMPLED_BYTES,
          maxWaitMs: 0,
        }),
      ),
  );
  const records = reads.flatMap((read) => read.records);
  return { messages: records.length, withKey: records.filter(({ key }) => key !== null).length };
}

async function untilLed({ client }: Cluster, name: string, count: number): Promise<void> {
  const limitMs = performance.now() + LED_LIMIT_MS;
  while (performance.now() < limitMs) {
    const topic = await describeTopic(client, name);
    if (topic && topic.partitions.length >= count && topic.partitions.every(({ leaderId }) => leaderId >= 0)) return;
    await pause(LOOK_AGAIN_MS);
  }
}
