import type { GroupDetail } from "../../lib/contracts/groups.ts";
import type { Problem } from "../../lib/problem.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { describeGroup as askForGroup, type GroupDescription } from "../client/admin/describe-groups.ts";
import {
  type CommittedOffset,
  type GroupOffsets,
  listGroupOffsets,
  listShareOffsetsAt,
} from "../client/admin/group-offsets.ts";
import { describeTopics } from "../client/admin/topics.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { withLag } from "./engine/sampler/snapshot.ts";
import { TREND_STEP_MS } from "./engine/sampler/trends.ts";
import { groupPartitions, nextPlaces } from "./group-partitions.ts";
import { summariseGroup, topicsOf } from "./group-summary.ts";
import type { GroupFacts } from "./read-groups.ts";
import { samplerOf } from "./sampled.ts";
import { settle } from "./settled.ts";
import { type Attempt, kafkaProblem } from "./to-problem.ts";
import { readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { defineUseCase } from "./use-case.ts";

/** One group as it is now: members, assignment, offsets and lag. Offsets are read before ends, so that no lag is too small. */
export const describeGroup = defineUseCase<{ readonly cluster: string; readonly group: string }, GroupDetail>({
  failed: ({ group }) => `Group ${group} could not be described`,
  async run(scope, { group: groupId }, title) {
    const { client, identity } = scope.cluster;
    const needs = { operation: "Describe", resource: { group: groupId } };
    const attempt: Attempt = { title, facts: [["group", groupId]], needs, identity };
    const sampler = samplerOf(scope);
    const lastSeen = sampler.newest?.groups?.value.get(groupId);
    const [described, committed, likely] = await Promise.all([
      askForGroup(client, groupId),
      listGroupOffsets(client, groupId),
      // Its topics as the last sweep saw them are nearly always those that it has: asked for now, they cost no round of their own.
      topicsNamed(scope.cluster, lastSeen ? topicsOf(lastSeen) : []),
    ]);
    const offsets = described.protocol === "share" ? await shareOffsetsOf(scope.cluster, groupId) : committed;
    const errorCode = described.errorCode === 0 ? offsets.errorCode : described.errorCode;
    if (errorCode !== 0 && errorCode !== GROUP_ID_NOT_FOUND)
      return fail(kafkaProblem(errorCode, described.message, attempt));
    if (described.state === "Dead" && offsets.offsets.length === 0) return fail(groupNotFound(groupId));
    const facts = factsOf(described, offsets.offsets, await client.coordinator(groupId));
    const topics = await theseOrAsked(scope.cluster, likely, topicsOf(facts));
    const readable = [...topics.values()].filter((topic) => topic.errorCode === 0);
    const ends = await settle(readOffsetsColumn(scope.cluster, readable), {
      title: "Offsets could not be read",
      identity,
    });
    const sampled = withLag(facts, topics, ends.value?.values);
    const boundsOf = (topic: string, partition: number) => ends.value?.values.get(topic)?.get(partition);
    await sampler.lagTimes.ofPlaces(scope.cluster, nextPlaces(offsets.offsets, boundsOf));
    return succeed({
      ...summariseGroup(sampled, sampler),
      protocolType: facts.protocolType,
      assignor: facts.assignor,
      generation: facts.epoch ?? sampler.generationOf(groupId),
      memberList: (facts.members ?? []).map((member) => ({ ...member, assignment: assignmentOf(member.assignment) })),
      partitions: groupPartitions({
        offsets: offsets.offsets,
        members: facts.members ?? [],
        topics: new Set(topics.keys()),
        boundsOf,
        sampler,
        groupId,
      }),
      trendStepMs: TREND_STEP_MS,
      problems: [...ends.problems, ...(ends.value?.problems ?? [])],
    });
  },
});

const GROUP_ID_NOT_FOUND = 69;
const UNKNOWN_TOPIC_OR_PARTITION = 3;

/** Where a share group reads: it commits nothing, its brokers tell. */
async function shareOffsetsOf({ client }: Cluster, groupId: string): Promise<GroupOffsets> {
  const [found] = await listShareOffsetsAt(client, await client.coordinator(groupId), [groupId]);
  return found ?? { groupId, errorCode: 0, offsets: [] };
}

function factsOf(
  { groupId, protocol, protocolType, state, epoch, assignor, members }: GroupDescription,
  offsets: readonly CommittedOffset[],
  coordinator: number,
): GroupFacts {
  const readAtMs = Date.now();
  return { groupId, coordinator, type: protocol, state, protocolType, epoch, assignor, members, offsets, readAtMs };
}

/** Topics that there are; one that may not be seen is there too, and its lag not known. */
async function topicsNamed({ client }: Cluster, names: readonly string[]): Promise<Map<string, TopicMetadata>> {
  const found = await describeTopics(client, names);
  const named = found.filter(({ errorCode }) => errorCode !== UNKNOWN_TOPIC_OR_PARTITION);
  return new Map(named.map((topic) => [topic.name ?? "", topic]));
}

/** These topics: those that are known, and the others asked for; one that was not there a moment ago may be now. */
async function theseOrAsked(
  cluster: Cluster,
  known: ReadonlyMap<string, TopicMetadata>,
  names: readonly string[],
): Promise<Map<string, TopicMetadata>> {
  const asked = await topicsNamed(
    cluster,
    names.filter((name) => !known.has(name)),
  );
  return new Map(
    names.flatMap((name) => {
      const topic = known.get(name) ?? asked.get(name);
      return topic ? [[name, topic] as const] : [];
    }),
  );
}

/** In a stated order: coordinators give them in none. */
function assignmentOf(
  assignment: readonly { readonly topic: string; readonly partitions: readonly number[] }[] | null,
) {
  return (
    assignment &&
    assignment
      .map(({ topic, partitions }) => ({ topic, partitions: [...partitions].sort((a, b) => a - b) }))
      .sort((a, b) => (a.topic < b.topic ? -1 : 1))
  );
}

function groupNotFound(groupId: string): Problem {
  return problem({
    code: "group-not-found",
    title: `There is no group ${groupId}`,
    detail:
      "It has no members and no offsets. Kafka forgets a group when its offsets expire (offsets.retention.minutes).",
    suggestion: "The list of groups shows what there is.",
    facts: [["group", groupId]],
  });
}
