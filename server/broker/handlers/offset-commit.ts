import type { RequestOf } from "../../wire/api.ts";
import { OffsetCommit } from "../../wire/apis/offset-commit.ts";
import {
  GROUP_AUTHORIZATION_FAILED,
  NONE,
  TOPIC_AUTHORIZATION_FAILED,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import type { TopicImage } from "../controller/image.ts";
import type { OffsetToCommit } from "../coordinator/group-event.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

type Request = RequestOf<typeof OffsetCommit>;
type RequestTopic = Request["topics"][number];

/** v10+: topics are named by id alone. v9+: a group that does not exist is told as GROUP_ID_NOT_FOUND. v2-4: offsets may bring their retention. */
const FIRST_VERSION_WITH_TOPIC_IDS = 10;
const FIRST_VERSION_WITH_MISSING_GROUP = 9;
const BROKER_RETENTION = -1;

/** One partition of the request: answered here already, or a place among the offsets that the group commits. */
type Slot = { readonly topicIndex: number; readonly partition: number; readonly errorCode: number | undefined };

/** Commits offsets of a group for the partitions that exist; each partition has its own error code. */
export const offsetCommit = handler(OffsetCommit, (request, context: BrokerContext, reply) => {
  const { slots, offsets } = sortOut(request, context);
  const answer = (codeOf: (slot: Slot) => number) => reply({ topics: topicsOf(request, slots, codeOf) });
  if (!context.may("read", { group: request.groupId })) return answer(() => GROUP_AUTHORIZATION_FAILED);
  if (offsets.length === 0) return answer((slot) => slot.errorCode ?? NONE);
  const { groupId, memberId, groupInstanceId, retentionTimeMs } = request;
  const commit = {
    groupId,
    memberId,
    groupInstanceId,
    generationId: request.generationIdOrMemberEpoch,
    retentionTimeMs: retentionTimeMs === BROKER_RETENTION ? undefined : retentionTimeMs,
    offsets,
    namesMissingGroup: context.apiVersion >= FIRST_VERSION_WITH_MISSING_GROUP,
  };
  context.services.groups.commit(commit, (committed) => {
    if (committed.type === "refused") return answer((slot) => slot.errorCode ?? committed.errorCode);
    let next = 0;
    answer((slot) => slot.errorCode ?? committed.errorCodes[next++] ?? NONE);
  });
});

function sortOut(request: Request, context: BrokerContext): { slots: Slot[]; offsets: OffsetToCommit[] } {
  const slots: Slot[] = [];
  const offsets: OffsetToCommit[] = [];
  for (const [topicIndex, asked] of request.topics.entries()) {
    const topic = findTopic(asked, context);
    for (const each of asked.partitions) {
      const exists = typeof topic !== "number" && topic.partitions[each.partitionIndex] !== undefined;
      const errorCode = typeof topic === "number" ? topic : exists ? undefined : UNKNOWN_TOPIC_OR_PARTITION;
      slots.push({ topicIndex, partition: each.partitionIndex, errorCode });
      if (typeof topic !== "number" && exists) offsets.push(offsetOf(topic, asked, each));
    }
  }
  return { slots, offsets };
}

/** The topic, or why nothing can be committed for it. */
function findTopic(asked: RequestTopic, context: BrokerContext): TopicImage | number {
  const image = context.services.image();
  const byId = context.apiVersion >= FIRST_VERSION_WITH_TOPIC_IDS;
  const topic = byId ? image.topicsById.get(asked.topicId) : image.topicsByName.get(asked.name);
  if (byId && topic === undefined) return UNKNOWN_TOPIC_ID;
  if (!context.may("read", { topic: topic?.name ?? asked.name })) return TOPIC_AUTHORIZATION_FAILED;
  return topic ?? UNKNOWN_TOPIC_OR_PARTITION;
}

function offsetOf(topic: TopicImage, asked: RequestTopic, each: RequestTopic["partitions"][number]): OffsetToCommit {
  return {
    topic: topic.name,
    // Remembered where the client said it: an offset by name outlives its topic's being made again, as in Kafka.
    topicId: asked.topicId === ZERO_UUID ? ZERO_UUID : topic.id,
    partition: each.partitionIndex,
    offset: each.committedOffset,
    leaderEpoch: each.committedLeaderEpoch,
    metadata: each.committedMetadata ?? "",
  };
}

/** The answer in the order of the request. */
function topicsOf(request: Request, slots: readonly Slot[], codeOf: (slot: Slot) => number) {
  const topics = request.topics.map(({ name, topicId }) => {
    const partitions: { partitionIndex: number; errorCode: number }[] = [];
    return { name, topicId, partitions };
  });
  for (const slot of slots) {
    topics[slot.topicIndex]?.partitions.push({ partitionIndex: slot.partition, errorCode: codeOf(slot) });
  }
  return topics;
}
