import { coordinatorKeyType, decodeCoordinatorKey, decodeCoordinatorValue } from "../wire/coordinator-record.ts";
import { GroupMetadataKey, GroupMetadataValue } from "../wire/records/group/group-metadata.ts";
import { OffsetCommitKey, OffsetCommitValue } from "../wire/records/group/offset-commit.ts";
import { WireError } from "../wire/wire-error.ts";
import { assignedTopics } from "./admin/assigned-topics.ts";
import type { GroupMember } from "./admin/describe-groups.ts";
import type { ReadRecord } from "./read-records.ts";

/** A commit as __consumer_offsets has it; offset null when it was deleted or has expired. */
export type SeenCommit = {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number | null;
  readonly atMs: number;
};

/** A classic group of consumers as its coordinator wrote it down. */
export type SeenGroup = {
  readonly groupId: string;
  readonly atMs: number;
  readonly generation: number;
  /** With max.poll.interval.ms of each, which is the rebalance timeout of Java's consumers; -1 when it was not told. */
  readonly members: readonly (GroupMember & { readonly pollTimeoutMs: number })[];
};

/** What a record of __consumer_offsets says; undefined for records of other kinds, and for those of a newer Kafka. */
export function readGroupLog(
  record: Pick<ReadRecord, "key" | "value" | "timestampMs">,
): { readonly commit: SeenCommit } | { readonly group: SeenGroup } | undefined {
  const { key, value, timestampMs } = record;
  if (key === null) return undefined;
  try {
    const type = coordinatorKeyType(key);
    if (type === OffsetCommitKey.apiKey) {
      const { group, topic, partition } = decodeCoordinatorKey(OffsetCommitKey, key);
      const read = value === null ? null : decodeCoordinatorValue(OffsetCommitValue, value).value;
      const atMs = read?.commitTimestamp ?? timestampMs;
      return { commit: { groupId: group, topic, partition, offset: read?.offset ?? null, atMs } };
    }
    if (type !== GroupMetadataKey.apiKey || value === null) return undefined;
    const { group } = decodeCoordinatorKey(GroupMetadataKey, key);
    const read = decodeCoordinatorValue(GroupMetadataValue, value).value;
    if (read.protocolType !== "consumer") return undefined;
    const members = read.members.map((member) => ({
      memberId: member.memberId,
      instanceId: member.groupInstanceId,
      clientId: member.clientId,
      host: member.clientHost,
      assignment: assignedTopics(member.assignment),
      pollTimeoutMs: member.rebalanceTimeout,
    }));
    return { group: { groupId: group, atMs: timestampMs, generation: read.generation, members } };
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}
