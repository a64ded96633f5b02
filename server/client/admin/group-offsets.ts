import type { ResponseOf } from "../../wire/api.ts";
import { DescribeShareGroupOffsets } from "../../wire/apis/describe-share-group-offsets.ts";
import { OffsetCommit } from "../../wire/apis/offset-commit.ts";
import { OffsetDelete } from "../../wire/apis/offset-delete.ts";
import { OffsetFetch } from "../../wire/apis/offset-fetch.ts";
import { NONE } from "../../wire/errors.ts";
import type { ClusterClient } from "../cluster-client.ts";
import { shareOffsets } from "./describe-other-groups.ts";
import { groupByTopic, type PartitionItem } from "./group-by-node.ts";

/** How far a group has read a partition: the offset of the next record. */
export type CommittedOffset = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly leaderEpoch: number;
  /** Free text that the consumer committed with it. */
  readonly metadata: string | null;
  /** Of a share group, as its broker tells it: less than up to the end, where records further on are acknowledged. */
  readonly lag?: number;
};

/** All committed offsets of a group, or the error code that its coordinator gave. */
export type GroupOffsets = {
  readonly groupId: string;
  readonly errorCode: number;
  readonly offsets: readonly CommittedOffset[];
};

/** Topics by name: later versions name them by id, for which a caller would need the metadata of each (KIP-848). */
const NEWEST_BY_NAME = 9;

/** Reads the committed offsets of groups that one broker coordinates, in one request (KIP-709, Kafka 3.0). */
export async function listGroupOffsetsAt(
  client: ClusterClient,
  broker: number,
  groupIds: readonly string[],
): Promise<GroupOffsets[]> {
  const request = requestOf(groupIds);
  return offsetsIn(await client.send(OffsetFetch, request, { to: { node: broker }, maxVersion: NEWEST_BY_NAME }));
}

/** From where share groups that one broker coordinates read (KIP-932); empty where the broker cannot tell. */
export async function listShareOffsetsAt(
  client: ClusterClient,
  broker: number,
  groupIds: readonly string[],
): Promise<GroupOffsets[]> {
  const request = { groups: groupIds.map((groupId) => ({ groupId, topics: null })) };
  return shareOffsets(await client.send(DescribeShareGroupOffsets, request, { to: { node: broker } }));
}

/** Reads the committed offsets of one group at its coordinator, which is found anew when it has moved, and waited for while it loads. */
export async function listGroupOffsets(client: ClusterClient, groupId: string): Promise<GroupOffsets> {
  const response = await client.ask(OffsetFetch, requestOf([groupId]), {
    to: { coordinator: "group", key: groupId },
    maxVersion: NEWEST_BY_NAME,
    errorCodes: ({ groups }) => groups.map(({ errorCode }) => errorCode),
  });
  return offsetsIn(response)[0] ?? { groupId, errorCode: NONE, offsets: [] };
}

function requestOf(groupIds: readonly string[]) {
  return { groups: groupIds.map((groupId) => ({ groupId, topics: null })), requireStable: false };
}

function offsetsIn({ groups }: ResponseOf<typeof OffsetFetch>): GroupOffsets[] {
  return groups.map(({ groupId, errorCode, topics }) => ({
    groupId,
    errorCode,
    offsets: topics.flatMap(({ name, partitions }) =>
      partitions
        .filter(({ errorCode: partitionError, committedOffset }) => partitionError === NONE && committedOffset >= 0)
        .map(({ partitionIndex, committedOffset, committedLeaderEpoch, metadata }) => ({
          topic: name,
          partition: partitionIndex,
          offset: committedOffset,
          leaderEpoch: committedLeaderEpoch,
          metadata,
        })),
    ),
  }));
}

/** An offset to set for a group. */
export type OffsetToCommit = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly metadata?: string;
};

/** Sets offsets of a group without members (generation -1; a group that does not exist is made). An error code a partition; UNKNOWN_MEMBER_ID while members are active. */
export async function commitGroupOffsets(
  client: ClusterClient,
  groupId: string,
  offsets: readonly OffsetToCommit[],
): Promise<(OffsetToCommit & { readonly errorCode: number })[]> {
  const topics = [...groupByTopic(offsets)].map(([name, partitions]) => ({
    name,
    partitions: partitions.map(({ partition, offset, metadata }) => ({
      partitionIndex: partition,
      committedOffset: offset,
      committedMetadata: metadata ?? "",
    })),
  }));
  const response = await client.ask(
    OffsetCommit,
    { groupId, topics },
    {
      to: { coordinator: "group", key: groupId },
      maxVersion: NEWEST_BY_NAME,
      errorCodes: (answer) => answer.topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode)),
    },
  );
  const codes = new Map(
    response.topics.flatMap(({ name, partitions }) =>
      partitions.map((one) => [`${name}/${one.partitionIndex}`, one.errorCode]),
    ),
  );
  return offsets.map((item) => ({ ...item, errorCode: codes.get(`${item.topic}/${item.partition}`) ?? NONE }));
}

/**
 * Deletes committed offsets of a group (KIP-496). An error code a partition: GROUP_SUBSCRIBED_TO_TOPIC while a member reads the topic,
 * UNKNOWN_TOPIC_OR_PARTITION for a topic that is gone. The group's own code (GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP) stands for each of them.
 */
export async function deleteGroupOffsets<T extends PartitionItem>(
  client: ClusterClient,
  groupId: string,
  items: readonly T[],
): Promise<(T & { readonly errorCode: number })[]> {
  const topics = [...groupByTopic(items)].map(([name, partitions]) => ({
    name,
    partitions: partitions.map(({ partition }) => ({ partitionIndex: partition })),
  }));
  const response = await client.ask(
    OffsetDelete,
    { groupId, topics },
    { to: { coordinator: "group", key: groupId }, errorCodes: ({ errorCode }) => [errorCode] },
  );
  const codes = new Map(
    response.topics.flatMap(({ name, partitions }) =>
      partitions.map((one) => [`${name}/${one.partitionIndex}`, one.errorCode]),
    ),
  );
  return items.map((item) => ({
    ...item,
    errorCode: response.errorCode || (codes.get(`${item.topic}/${item.partition}`) ?? NONE),
  }));
}
