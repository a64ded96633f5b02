import {
  coordinatorKeyType,
  decodeCoordinatorKey,
  decodeCoordinatorValue,
  encodeCoordinatorKey,
  encodeCoordinatorValue,
} from "../../wire/coordinator-record.ts";
import { GroupMetadataKey, GroupMetadataValue } from "../../wire/records/group/group-metadata.ts";
import { LegacyOffsetCommitKey, LegacyOffsetCommitValue } from "../../wire/records/group/legacy-offset-commit.ts";
import { OffsetCommitKey, OffsetCommitValue } from "../../wire/records/group/offset-commit.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import type { RecordedGroup } from "./classic-group.ts";
import type { CommittedOffset } from "./committed-offset.ts";
import type { EncodedRecord } from "./encoded-record.ts";
import type { GroupMetadataRecord, GroupRecord, OffsetCommitRecord } from "./group-record.ts";

/**
 * The versions that Kafka 4.2 writes (seen in its log). An offset with its own expiry, from clients of OffsetCommit v2-4, needs the only
 * version that has a field for it.
 */
const GROUP_METADATA_VERSION = 3;
const OFFSET_COMMIT_VERSION = 4;
const OFFSET_COMMIT_VERSION_WITH_EXPIRY = 1;

/** A record's bytes in `__consumer_offsets`. */
export function encodeGroupRecord(record: GroupRecord): EncodedRecord {
  return record.type === "offset-commit" ? encodeOffset(record) : encodeGroup(record);
}

/**
 * Reads a record of `__consumer_offsets` back; undefined for the kinds that belong to other kinds of groups (consumer, share, streams).
 * Throws WireError for bytes that are no record. What it returns shares no memory with the arguments.
 */
export function decodeGroupRecord(key: Uint8Array, value: Uint8Array | null): GroupRecord | undefined {
  switch (coordinatorKeyType(key)) {
    case OffsetCommitKey.apiKey: {
      const { group, topic, partition } = decodeCoordinatorKey(OffsetCommitKey, key);
      return {
        type: "offset-commit",
        groupId: group,
        topic,
        partition,
        value: value === null ? null : decodeOffset(value),
      };
    }
    case LegacyOffsetCommitKey.apiKey: {
      const { group, topic, partition } = decodeCoordinatorKey(LegacyOffsetCommitKey, key);
      return {
        type: "offset-commit",
        groupId: group,
        topic,
        partition,
        value: value === null ? null : decodeLegacyOffset(value),
      };
    }
    case GroupMetadataKey.apiKey: {
      const { group } = decodeCoordinatorKey(GroupMetadataKey, key);
      return { type: "group-metadata", groupId: group, value: value === null ? null : decodeGroup(value) };
    }
    default:
      return undefined;
  }
}

function encodeOffset(record: OffsetCommitRecord): EncodedRecord {
  const { groupId, topic, partition, value } = record;
  const key = encodeCoordinatorKey(OffsetCommitKey, { group: groupId, topic, partition });
  if (value === null) return { key, value: null };
  const { offset, leaderEpoch, metadata, topicId } = value;
  const fields = {
    offset,
    leaderEpoch,
    metadata,
    commitTimestamp: value.commitTimestampMs,
    expireTimestamp: value.expireTimestampMs ?? -1,
    topicId,
  };
  const version = value.expireTimestampMs === undefined ? OFFSET_COMMIT_VERSION : OFFSET_COMMIT_VERSION_WITH_EXPIRY;
  return { key, value: encodeCoordinatorValue(OffsetCommitValue, fields, version) };
}

function encodeGroup(record: GroupMetadataRecord): EncodedRecord {
  const key = encodeCoordinatorKey(GroupMetadataKey, { group: record.groupId });
  if (record.value === null) return { key, value: null };
  const { protocolType, generationId, protocolName, leaderId, stateTimestampMs, members } = record.value;
  const fields = {
    protocolType,
    generation: generationId,
    protocol: protocolName,
    leader: leaderId,
    currentStateTimestamp: stateTimestampMs,
    members: members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      rebalanceTimeout: member.rebalanceTimeoutMs,
      sessionTimeout: member.sessionTimeoutMs,
      subscription: member.subscription,
      assignment: member.assignment,
    })),
  };
  return { key, value: encodeCoordinatorValue(GroupMetadataValue, fields, GROUP_METADATA_VERSION) };
}

function decodeOffset(bytes: Uint8Array): CommittedOffset {
  const { value } = decodeCoordinatorValue(OffsetCommitValue, bytes);
  return {
    offset: value.offset,
    leaderEpoch: value.leaderEpoch,
    metadata: value.metadata,
    commitTimestampMs: value.commitTimestamp,
    expireTimestampMs: value.expireTimestamp === -1 ? undefined : value.expireTimestamp,
    topicId: value.topicId,
  };
}

function decodeLegacyOffset(bytes: Uint8Array): CommittedOffset {
  const { value } = decodeCoordinatorValue(LegacyOffsetCommitValue, bytes);
  const { offset, metadata, commitTimestamp } = value;
  return {
    offset,
    leaderEpoch: -1,
    metadata,
    commitTimestampMs: commitTimestamp,
    expireTimestampMs: undefined,
    topicId: ZERO_UUID,
  };
}

function decodeGroup(bytes: Uint8Array): RecordedGroup {
  const { value } = decodeCoordinatorValue(GroupMetadataValue, bytes);
  return {
    protocolType: value.protocolType,
    generationId: value.generation,
    protocolName: value.protocol,
    leaderId: value.leader,
    stateTimestampMs: value.currentStateTimestamp,
    members: value.members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      sessionTimeoutMs: member.sessionTimeout,
      // Version 0 had none; the session's stands in for it.
      rebalanceTimeoutMs: member.rebalanceTimeout === -1 ? member.sessionTimeout : member.rebalanceTimeout,
      subscription: Uint8Array.from(member.subscription),
      assignment: Uint8Array.from(member.assignment),
    })),
  };
}
