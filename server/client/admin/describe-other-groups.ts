import type { ResponseOf } from "../../wire/api.ts";
import type { DescribeShareGroupOffsets } from "../../wire/apis/describe-share-group-offsets.ts";
import type { ShareGroupDescribe } from "../../wire/apis/share-group-describe.ts";
import type { StreamsGroupDescribe } from "../../wire/apis/streams-group-describe.ts";
import { NONE } from "../../wire/errors.ts";
import type { AssignedTopic } from "./assigned-topics.ts";
import type { GroupDescription } from "./describe-groups.ts";
import type { GroupOffsets } from "./group-offsets.ts";

/** A share group (KIP-932): its members share partitions, so that several may have the same. */
export function ofShareGroup(group: ResponseOf<typeof ShareGroupDescribe>["groups"][number]): GroupDescription {
  return {
    groupId: group.groupId,
    errorCode: group.errorCode,
    message: group.errorMessage,
    protocol: "share",
    protocolType: "share",
    state: group.groupState,
    epoch: group.groupEpoch,
    assignor: group.assignorName,
    members: group.members.map(({ memberId, clientId, clientHost, assignment }) => ({
      memberId,
      instanceId: null,
      clientId,
      host: clientHost,
      assignment: assignment.topicPartitions.map(({ topicName, partitions }) => ({ topic: topicName, partitions })),
    })),
  };
}

/** A group of Kafka Streams (KIP-1071): its tasks, told as the partitions of the topics that they read. */
export function ofStreamsGroup(group: ResponseOf<typeof StreamsGroupDescribe>["groups"][number]): GroupDescription {
  const sources = new Map(
    (group.topology?.subtopologies ?? []).map(({ subtopologyId, sourceTopics, repartitionSourceTopics }) => [
      subtopologyId,
      [...sourceTopics, ...repartitionSourceTopics.map(({ name }) => name)],
    ]),
  );
  return {
    groupId: group.groupId,
    errorCode: group.errorCode,
    message: group.errorMessage,
    protocol: "streams",
    protocolType: "streams",
    state: group.groupState,
    epoch: group.groupEpoch,
    assignor: "",
    members: group.members.map(({ memberId, instanceId, clientId, clientHost, assignment }) => ({
      memberId,
      instanceId,
      clientId,
      host: clientHost,
      assignment: topicsOf(assignment.activeTasks, sources),
    })),
  };
}

type Tasks = readonly { readonly subtopologyId: string; readonly partitions: readonly number[] }[];

function topicsOf(tasks: Tasks, sources: ReadonlyMap<string, readonly string[]>): AssignedTopic[] {
  const byTopic = new Map<string, Set<number>>();
  for (const { subtopologyId, partitions } of tasks)
    for (const topic of sources.get(subtopologyId) ?? [])
      byTopic.set(topic, new Set([...(byTopic.get(topic) ?? []), ...partitions]));
  return [...byTopic].map(([topic, partitions]) => ({ topic, partitions: [...partitions] }));
}

/** Where share groups read next, with the lag that their brokers tell: records that are delivered and not yet acknowledged count. */
export function shareOffsets({ groups }: ResponseOf<typeof DescribeShareGroupOffsets>): GroupOffsets[] {
  return groups.map(({ groupId, errorCode, topics }) => ({
    groupId,
    errorCode,
    offsets: topics.flatMap(({ topicName, partitions }) =>
      partitions
        .filter((one) => one.errorCode === NONE && one.startOffset >= 0)
        .map(({ partitionIndex, startOffset, leaderEpoch, lag }) => ({
          topic: topicName,
          partition: partitionIndex,
          offset: startOffset,
          leaderEpoch,
          metadata: null,
          ...(lag >= 0 && { lag }),
        })),
    ),
  }));
}
