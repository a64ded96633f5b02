import { setTimeout as pause } from "node:timers/promises";
import type { TopicDeletionPlan } from "../../lib/contracts/topic-plans.ts";
import type { Problem } from "../../lib/problem.ts";
import { succeed } from "../../lib/result.ts";
import { LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { findTopic } from "./find-topic.ts";
import { linksOf } from "./linked-impact.ts";
import { countOwnEntries } from "./list-topic-access.ts";
import { readGroups } from "./read-groups.ts";
import { settle } from "./settled.ts";
import { readRemoteLoss } from "./tiered-topics.ts";
import { messageCount, readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { readSizesColumn, totalSize } from "./topic-columns/sizes-column.ts";
import { topicFingerprint } from "./topic-fingerprint.ts";
import { replicationFactorOf, topicIdOf } from "./topic-summary.ts";
import { defineUseCase } from "./use-case.ts";

/** Over how long arriving messages are counted: long enough for a rate, short enough for a person who waits for the dialog. */
const RATE_WINDOW_MS = 400;

type AffectedGroup = TopicDeletionPlan["groups"][number];

/** What deleting a topic takes with it. What cannot be found out is said, not left out. */
export const planTopicDeletion = defineUseCase<{ readonly cluster: string; readonly topic: string }, TopicDeletionPlan>(
  {
    failed: ({ topic }) => `What deleting ${topic} takes with it could not be found out`,
    async run({ cluster }, input, title) {
      const found = await findTopic(cluster, input.topic, title);
      if (!found.ok) return found;
      const topic = found.value;
      const { identity } = cluster;
      const [offsets, sizes, tiered, groups, rate, oldest, access, links] = await Promise.all([
        settle(readOffsetsColumn(cluster, [topic]), { title: "Messages could not be counted", identity }),
        settle(readSizesColumn(cluster, [topic], { only: true }), { title: "The size could not be read", identity }),
        readRemoteLoss(cluster, [topic]),
        settle(affectedGroups(cluster, topic), { title: "Consumer groups could not be read", identity }),
        settle(arrivalRate(cluster, topic), { title: "The rate of new messages could not be measured", identity }),
        settle(oldestTimestamp(cluster, topic), { title: "The age of the oldest message could not be read", identity }),
        settle(countOwnEntries(cluster, input.topic), { title: "Who has access could not be read", identity }),
        linksOf(cluster, [input.topic]),
      ]);
      return succeed({
        topic: input.topic,
        topicId: topicIdOf(topic),
        internal: topic.isInternal,
        partitionCount: topic.partitions.length,
        replicationFactor: replicationFactorOf(topic),
        messages: messageCount(topic.partitions.length, offsets.value?.values.get(input.topic)),
        sizeBytes: sizes.value ? totalSize(topic, sizes.value) : null,
        tiered: tiered.topics === 0 ? null : tiered.records,
        oldestTimestampMs: oldest.value ?? null,
        messagesPerSecond: rate.value ?? null,
        groups: groups.value?.groups ?? [],
        accessEntries: access.value ?? null,
        connectors: [...links.connectors],
        subjects: [...links.subjects],
        problems: [
          ...[offsets, sizes, groups].flatMap(({ value, problems }) => [...problems, ...(value?.problems ?? [])]),
          ...tiered.problems,
          ...rate.problems,
          ...oldest.problems,
          ...access.problems,
          ...links.problems,
        ],
        fingerprint: topicFingerprint(topic),
      });
    },
  },
);

/** Groups that have read the topic, or read it now. */
async function affectedGroups(
  cluster: Cluster,
  { name }: TopicMetadata,
): Promise<{ groups: AffectedGroup[]; problems: readonly Problem[] }> {
  const { groups, problems } = await readGroups(cluster);
  const affected = groups
    .map(({ groupId, state, members, offsets }) => ({
      groupId,
      state,
      members: members?.filter(({ assignment }) => assignment?.some(({ topic }) => topic === name)).length ?? 0,
      hasRead: offsets?.some(({ topic }) => topic === name) ?? false,
    }))
    .filter(({ members, hasRead }) => members > 0 || hasRead)
    .sort((a, b) => b.members - a.members || (a.groupId < b.groupId ? -1 : 1));
  return { groups: affected.map(({ groupId, state, members }) => ({ groupId, state, members })), problems };
}

/** Messages a second that arrive, over all partitions with a leader. */
async function arrivalRate({ client }: Cluster, topic: TopicMetadata): Promise<number | null> {
  const before = await endOffsets(client, topic);
  const startedMs = performance.now();
  await pause(RATE_WINDOW_MS);
  const after = await endOffsets(client, topic);
  if (before === undefined || after === undefined) return null;
  return Math.round(((after - before) / (performance.now() - startedMs)) * 10_000) / 10;
}

async function endOffsets(client: Cluster["client"], topic: TopicMetadata): Promise<number | undefined> {
  const answers = await listOffsets(client, queriesOf(topic, LATEST));
  if (answers.some(({ errorCode }) => errorCode !== 0)) return undefined;
  return answers.reduce((sum, { offset }) => sum + offset, 0);
}

/** Timestamp of the first record that has one, over all partitions; null when there is none. */
async function oldestTimestamp({ client }: Cluster, topic: TopicMetadata): Promise<number | null> {
  const answers = await listOffsets(client, queriesOf(topic, 0));
  const times = answers.filter(({ errorCode, offset }) => errorCode === 0 && offset >= 0);
  return times.length === 0 ? null : Math.min(...times.map(({ recordTimestampMs }) => recordTimestampMs));
}

function queriesOf({ name, partitions }: TopicMetadata, timestampMs: number) {
  return partitions
    .filter(({ leaderId }) => leaderId >= 0)
    .map(({ partitionIndex }) => ({ topic: name ?? "", partition: partitionIndex, timestampMs }));
}
