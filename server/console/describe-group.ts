import type { GroupDetail } from "../../lib/contracts/groups.ts";
import type { Problem } from "../../lib/problem.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { describeGroup as askForGroup, type GroupDescription } from "../client/admin/describe-groups.ts";
import { type CommittedOffset, listGroupOffsets } from "../client/admin/group-offsets.ts";
import { describeTopic } from "../client/admin/topics.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { type SampledGroup, withLag } from "./engine/sampler/snapshot.ts";
import { TREND_STEP_MS } from "./engine/sampler/trends.ts";
import { groupPartitions } from "./group-partitions.ts";
import { summariseGroup, topicsOf } from "./group-summary.ts";
import { samplerOf } from "./sampled.ts";
import { settle } from "./settled.ts";
import { type Attempt, kafkaProblem } from "./to-problem.ts";
import { readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { defineUseCase, type Scope } from "./use-case.ts";

/** One group as it is now: members, assignment, offsets and lag. Offsets are read before ends, so that no lag is too small. */
export const describeGroup = defineUseCase<{ readonly cluster: string; readonly group: string }, GroupDetail>({
  failed: ({ group }) => `Group ${group} could not be described`,
  async run(scope, { group: groupId }, title) {
    const { client, identity } = scope.cluster;
    const needs = { operation: "Describe", resource: { group: groupId } };
    const attempt: Attempt = { title, facts: [["group", groupId]], needs, identity };
    const [described, offsets] = await Promise.all([askForGroup(client, groupId), listGroupOffsets(client, groupId)]);
    const errorCode = described.errorCode === 0 ? offsets.errorCode : described.errorCode;
    if (errorCode !== 0 && errorCode !== GROUP_ID_NOT_FOUND)
      return fail(kafkaProblem(errorCode, described.message, attempt));
    const known = await knownGroup(scope, groupId);
    if (described.state === "Dead" && offsets.offsets.length === 0 && !isOfOtherType(known))
      return fail(groupNotFound(groupId));
    const facts = factsOf(described, offsets.offsets, known, await client.coordinator(groupId));
    const topics = await topicsNamed(scope.cluster, topicsOf(facts));
    const readable = [...topics.values()].filter((topic) => topic.errorCode === 0);
    const ends = await settle(readOffsetsColumn(scope.cluster, readable), {
      title: "Offsets could not be read",
      identity,
    });
    const sampled = withLag(facts, topics, ends.value?.values);
    return succeed({
      ...summariseGroup(sampled, samplerOf(scope)),
      assignor: facts.assignor,
      memberList: (facts.members ?? []).map((member) => ({ ...member, assignment: assignmentOf(member.assignment) })),
      partitions: groupPartitions({
        offsets: offsets.offsets,
        members: facts.members ?? [],
        topics: new Set(topics.keys()),
        boundsOf: (topic, partition) => ends.value?.values.get(topic)?.get(partition),
        watch: samplerOf(scope).partitions,
        groupId,
      }),
      trendStepMs: TREND_STEP_MS,
      problems: [...ends.problems, ...(ends.value?.problems ?? []), ...typeProblem(facts.type)],
    });
  },
});

const GROUP_ID_NOT_FOUND = 69;
const UNKNOWN_TOPIC_OR_PARTITION = 3;

/** The group as the last sweep found it: it knows the types that are described otherwise. */
async function knownGroup(scope: Scope, groupId: string): Promise<SampledGroup | undefined> {
  const { value } = await settle(samplerOf(scope).sampled(), { title: "Groups could not be read" });
  return value?.snapshot.groups?.value.get(groupId);
}

/** Share and streams groups: a coordinator asked for consumer groups calls them dead. */
function isOfOtherType(known: SampledGroup | undefined): known is SampledGroup {
  return known !== undefined && known.type !== "classic" && known.type !== "consumer";
}

function factsOf(
  { groupId, protocol, protocolType, state, assignor, members }: GroupDescription,
  offsets: readonly CommittedOffset[],
  known: SampledGroup | undefined,
  coordinator: number,
): Omit<SampledGroup, "lagOf" | "lagMessages"> {
  const isOther = isOfOtherType(known);
  return {
    groupId,
    coordinator,
    type: isOther ? known.type : protocol,
    state: isOther ? known.state : state,
    protocolType,
    assignor,
    members: isOther ? null : members,
    offsets,
    readAtMs: Date.now(),
  };
}

/** Topics that there are; one that may not be seen is there too, and its lag not known. */
async function topicsNamed({ client }: Cluster, names: readonly string[]): Promise<Map<string, TopicMetadata>> {
  const found = await Promise.all(names.map((name) => describeTopic(client, name)));
  const there = found.filter((topic) => topic !== undefined);
  const named = there.filter(({ errorCode }) => errorCode !== UNKNOWN_TOPIC_OR_PARTITION);
  return new Map(named.map((topic) => [topic.name ?? "", topic]));
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

function typeProblem(type: string): Problem[] {
  if (type === "classic" || type === "consumer") return [];
  return [
    problem({
      code: "unsupported-by-cluster",
      title: `Members of ${type} groups are not shown`,
      detail: `This is a ${type} group: it keeps its progress in another form than consumer groups do.`,
    }),
  ];
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
