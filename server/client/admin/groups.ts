import { ConsumerGroupDescribe } from "../../wire/apis/consumer-group-describe.ts";
import { DescribeGroups } from "../../wire/apis/describe-groups.ts";
import { ListGroups } from "../../wire/apis/list-groups.ts";
import { OffsetFetch } from "../../wire/apis/offset-fetch.ts";
import { NONE } from "../../wire/errors.ts";
import { ConsumerProtocolAssignment } from "../../wire/records/consumer/consumer-protocol-assignment.ts";
import { WireError } from "../../wire/wire-error.ts";
import { ClientError } from "../client-error.ts";
import type { ClusterClient } from "../cluster-client.ts";

/** A group as its coordinator lists it. */
export type ListedGroup = {
  readonly groupId: string;
  /** The broker that answered for it. */
  readonly coordinator: number;
  /** "" before Kafka 2.6. */
  readonly state: string;
  /** `classic`, `consumer`, `share`, `streams`; "classic" before Kafka 3.8. */
  readonly type: string;
};

/** What one broker did not answer. */
export type BrokerFailure = { readonly broker: number; readonly failure: ClientError | number };

/** Groups of all brokers. A broker that fails does not spoil the others' answers. Rejects with a ClientError when no metadata can be had. */
export async function listGroups(
  client: ClusterClient,
): Promise<{ readonly groups: readonly ListedGroup[]; readonly failures: readonly BrokerFailure[] }> {
  if (client.metadata.brokers.size === 0) await client.refresh([]);
  const groups: ListedGroup[] = [];
  const failures: BrokerFailure[] = [];
  await Promise.all(
    [...client.metadata.brokers.keys()].map(async (broker) => {
      try {
        const answer = await client.send(ListGroups, {}, { to: { node: broker } });
        if (answer.errorCode !== NONE) failures.push({ broker, failure: answer.errorCode });
        for (const { groupId, groupState, groupType } of answer.groups)
          groups.push({
            groupId,
            coordinator: broker,
            state: groupState,
            type: (groupType || "classic").toLowerCase(),
          });
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        failures.push({ broker, failure: error });
      }
    }),
  );
  return { groups, failures };
}

/** A member with the partitions it reads, by topic name. */
export type GroupMember = {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
  readonly assignment: ReadonlyMap<string, readonly number[]>;
};

/** A group with its members. */
export type DescribedGroup = {
  readonly groupId: string;
  readonly state: string;
  readonly errorCode: number;
  readonly members: readonly GroupMember[];
};

/** Members of groups of the classic and of the consumer protocol (KIP-848); groups of other types are left out. Rejects with a ClientError. */
export async function describeGroups(
  client: ClusterClient,
  groups: readonly ListedGroup[],
): Promise<readonly DescribedGroup[]> {
  const answers = await Promise.all(
    [...byCoordinator(groups)].flatMap(([node, own]) => [
      describeClassic(client, node, idsOf(own, "classic")),
      describeConsumer(client, node, idsOf(own, "consumer")),
    ]),
  );
  return answers.flat();
}

/** Committed offsets of groups in one topic; groups without any are left out. Rejects with a ClientError. */
export async function committedOffsets(
  client: ClusterClient,
  groups: readonly ListedGroup[],
  topic: { readonly name: string; readonly topicId: string; readonly partitionCount: number },
): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
  const partitionIndexes = Array.from({ length: topic.partitionCount }, (_, partition) => partition);
  const topics = [{ name: topic.name, topicId: topic.topicId, partitionIndexes }];
  const found = new Map<string, ReadonlyMap<number, number>>();
  await Promise.all(
    [...byCoordinator(groups)].map(async ([node, own]) => {
      const request = { groups: own.map(({ groupId }) => ({ groupId, topics })) };
      const answer = await client.send(OffsetFetch, request, { to: { node } });
      for (const { groupId, topics: answered } of answer.groups) {
        const offsets = new Map<number, number>();
        for (const { partitionIndex, committedOffset } of answered.flatMap(({ partitions }) => partitions))
          if (committedOffset >= 0) offsets.set(partitionIndex, committedOffset);
        if (offsets.size > 0) found.set(groupId, offsets);
      }
    }),
  );
  return found;
}

async function describeClassic(client: ClusterClient, node: number, ids: readonly string[]): Promise<DescribedGroup[]> {
  if (ids.length === 0) return [];
  const { groups } = await client.send(DescribeGroups, { groups: [...ids] }, { to: { node } });
  return groups.map(({ groupId, groupState, errorCode, protocolType, members }) => ({
    groupId,
    state: groupState,
    errorCode,
    members: members.map(({ memberId, clientId, clientHost, memberAssignment }) => ({
      memberId,
      clientId,
      host: clientHost,
      assignment: protocolType === "consumer" ? assignmentOf(memberAssignment) : new Map<string, readonly number[]>(),
    })),
  }));
}

async function describeConsumer(
  client: ClusterClient,
  node: number,
  ids: readonly string[],
): Promise<DescribedGroup[]> {
  if (ids.length === 0) return [];
  const { groups } = await client.send(ConsumerGroupDescribe, { groupIds: [...ids] }, { to: { node } });
  return groups.map(({ groupId, groupState, errorCode, members }) => ({
    groupId,
    state: groupState,
    errorCode,
    members: members.map(({ memberId, clientId, clientHost, assignment }) => ({
      memberId,
      clientId,
      host: clientHost,
      assignment: new Map(assignment.topicPartitions.map(({ topicName, partitions }) => [topicName, partitions])),
    })),
  }));
}

/** Assignments are written by clients: bytes that are none of Kafka's assign nothing. */
function assignmentOf(bytes: Uint8Array): ReadonlyMap<string, readonly number[]> {
  if (bytes.length < 2) return new Map();
  const version = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getInt16(0), 3);
  try {
    const { assignedPartitions } = ConsumerProtocolAssignment.decode(bytes.subarray(2), version);
    return new Map(assignedPartitions.map(({ topic, partitions }) => [topic, partitions]));
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return new Map();
  }
}

function byCoordinator(groups: readonly ListedGroup[]): Map<number, ListedGroup[]> {
  const found = new Map<number, ListedGroup[]>();
  for (const group of groups) {
    const own = found.get(group.coordinator);
    if (own) own.push(group);
    else found.set(group.coordinator, [group]);
  }
  return found;
}

function idsOf(groups: readonly ListedGroup[], type: string): string[] {
  return groups.filter((group) => group.type === type).map(({ groupId }) => groupId);
}
