import { GROUP_ID_NOT_FOUND, GROUP_SUBSCRIBED_TO_TOPIC, NON_EMPTY_GROUP, NONE } from "../../wire/errors.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import type { LiveGroup } from "./classic-group.ts";
import type { CommittedOffset } from "./committed-offset.ts";
import { CONSUMER_PROTOCOL_TYPE } from "./consumer-subscription.ts";
import { type Decision, type Moment, NOTHING, refuse, timerKey } from "./decision.ts";
import type {
  DeleteGroupEvent,
  DeleteOffsetsEvent,
  ExpireOffsetsEvent,
  GroupEvent,
  TopicsDeletedEvent,
} from "./group-event.ts";
import type { GroupImage } from "./group-image.ts";
import type { GroupRecord } from "./group-record.ts";
import type { TimerChange } from "./machine.ts";

/** DeleteGroups: an empty group goes with all its offsets, those of open transactions included. */
export function decideDeleteGroup(image: GroupImage, event: DeleteGroupEvent): Decision {
  const { groupId, call } = event;
  const group = image.groups.get(groupId)?.live;
  if (group === undefined) return refuse(call, GROUP_ID_NOT_FOUND);
  if (group.phase.name !== "Empty") return refuse(call, NON_EMPTY_GROUP);
  const tombstones = offsetTombstones(image, groupId, () => true);
  return {
    records: [...tombstones, { type: "group-metadata", groupId, value: null }],
    timers: disarmAll(groupId, group),
    replies: [{ call, answer: { type: "done" } }],
  };
}

/** OffsetDelete: offsets of topics that the group does not read at the moment. */
export function decideDeleteOffsets(image: GroupImage, event: DeleteOffsetsEvent): Decision {
  const { groupId, call } = event;
  const group = image.groups.get(groupId)?.live;
  if (group === undefined) return refuse(call, GROUP_ID_NOT_FOUND);
  if (group.phase.name !== "Empty" && group.protocolType !== CONSUMER_PROTOCOL_TYPE)
    return refuse(call, NON_EMPTY_GROUP);
  const records: GroupRecord[] = [];
  const topics = event.topics.map(({ topic, partitions }) => {
    const errorCode = isSubscribed(group, topic) ? GROUP_SUBSCRIBED_TO_TOPIC : NONE;
    for (const partition of errorCode === NONE ? partitions : []) {
      const isThere =
        image.offsets.find(groupId, topic, partition) !== undefined ||
        image.offsets.hasPending(groupId, topic, partition);
      if (isThere) records.push({ type: "offset-commit", groupId, topic, partition, value: null });
    }
    return { topic, partitions: partitions.map((partition) => ({ partition, errorCode })) };
  });
  return { records, timers: [], replies: [{ call, answer: { type: "offsets-deleted", topics } }] };
}

/** Offsets of deleted topics go; one that names another topic's id belongs to that topic. */
export function decideTopicsDeleted(image: GroupImage, event: TopicsDeletedEvent): Decision {
  const idByName = new Map(event.topics.map(({ name, id }) => [name, id]));
  const records = offsetTombstones(image, event.groupId, (topic, { topicId }) => {
    const deletedId = idByName.get(topic);
    return deletedId !== undefined && (topicId === ZERO_UUID || topicId === deletedId);
  });
  return { records, timers: [], replies: [] };
}

/** The sweep of one group: offsets whose retention is over, and the group itself when it is empty in every sense (KIP-211). */
export function decideExpireOffsets(image: GroupImage, event: ExpireOffsetsEvent, moment: Moment): Decision {
  const { groupId } = event;
  const group = image.groups.get(groupId)?.live;
  if (group === undefined) return NOTHING;
  const records: GroupRecord[] = [];
  let areAllGone = true;
  for (const [topic, partitions] of image.offsets.ofGroup(groupId)) {
    for (const [partition, { committed }] of partitions) {
      const goes =
        !isSubscribed(group, topic) &&
        isExpired(group, committed, moment) &&
        !image.offsets.hasPending(groupId, topic, partition);
      if (goes) records.push({ type: "offset-commit", groupId, topic, partition, value: null });
      else areAllGone = false;
    }
  }
  // A member that was just given its id is about to join; Kafka would delete the group under its feet.
  const isUnused =
    group.phase.name === "Empty" && group.pendingJoins.size === 0 && !image.offsets.hasAnyPending(groupId);
  if (!areAllGone || !isUnused) return { records, timers: [], replies: [] };
  return {
    records: [...records, { type: "group-metadata", groupId, value: null }],
    timers: disarmAll(groupId, group),
    replies: [],
  };
}

/**
 * From when on retention counts: in an empty group from the moment it became empty; in one that only commits, and for topics that a
 * stable group of consumers has given up, from the commit. In any other case nothing expires (ClassicGroup.offsetExpirationCondition).
 */
function isExpired(group: LiveGroup, committed: CommittedOffset, moment: Moment): boolean {
  const isEmpty = group.phase.name === "Empty";
  const knowsItsTopics = group.phase.name === "Stable" && group.subscribedTopics !== undefined;
  if (group.protocolType !== null && !isEmpty && !knowsItsTopics) return false;
  if (committed.expireTimestampMs !== undefined) return moment.nowMs >= committed.expireTimestampMs;
  const countsFromEmpty = group.protocolType !== null && isEmpty && group.stateTimestampMs !== -1;
  const sinceMs = countsFromEmpty ? group.stateTimestampMs : committed.commitTimestampMs;
  return moment.nowMs - sinceMs >= moment.config.offsetsRetentionMs;
}

/** Whether a member reads the topic; a group of consumers that cannot be understood counts as reading everything. */
function isSubscribed(group: LiveGroup, topic: string): boolean {
  return group.subscribedTopics?.has(topic) ?? group.protocolType === CONSUMER_PROTOCOL_TYPE;
}

/** One tombstone for each partition, however many transactions hold an offset of it too. */
function offsetTombstones(
  image: GroupImage,
  groupId: string,
  goes: (topic: string, committed: CommittedOffset) => boolean,
): GroupRecord[] {
  const chosen = new Map<string, GroupRecord>();
  const choose = (topic: string, partition: number, committed: CommittedOffset) => {
    if (goes(topic, committed))
      chosen.set(`${topic}-${partition}`, { type: "offset-commit", groupId, topic, partition, value: null });
  };
  for (const [topic, partitions] of image.offsets.ofGroup(groupId)) {
    for (const [partition, { committed }] of partitions) choose(topic, partition, committed);
  }
  for (const { topic, partition, committed } of image.offsets.pendingOf(groupId)) choose(topic, partition, committed);
  return [...chosen.values()];
}

function disarmAll(groupId: string, group: LiveGroup): TimerChange<GroupEvent>[] {
  const sessions = [...group.pendingJoins].map((memberId) => timerKey.session(groupId, memberId));
  return [...sessions, timerKey.join(groupId), timerKey.sync(groupId)].map((key) => ({ key, afterMs: undefined }));
}
