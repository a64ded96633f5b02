import type { ResponseOf } from "../../wire/api.ts";
import { ConsumerGroupDescribe } from "../../wire/apis/consumer-group-describe.ts";
import { DescribeGroups } from "../../wire/apis/describe-groups.ts";
import { GROUP_ID_NOT_FOUND, NONE, UNSUPPORTED_VERSION } from "../../wire/errors.ts";
import { Reader } from "../../wire/reader.ts";
import { ConsumerProtocolAssignment } from "../../wire/records/consumer/consumer-protocol-assignment.ts";
import { WireError } from "../../wire/wire-error.ts";
import { ClientError } from "../client-error.ts";
import type { ClusterClient } from "../cluster-client.ts";
import type { ListedGroup } from "./groups.ts";

/** Partitions of a topic that a member has. */
export type AssignedTopic = { readonly topic: string; readonly partitions: readonly number[] };

/** A member of a group. */
export type GroupMember = {
  readonly memberId: string;
  /** group.instance.id of a static member (KIP-345). */
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly host: string;
  /** Null when the assignment is of a protocol other than the consumer's, whose bytes only its clients can read. */
  readonly assignment: readonly AssignedTopic[] | null;
};

/** A group as its coordinator describes it. */
export type GroupDescription = {
  readonly groupId: string;
  readonly errorCode: number;
  readonly message: string | null;
  readonly protocol: "classic" | "consumer";
  readonly protocolType: string;
  readonly state: string;
  /** Name of the assignor: the chosen protocol of a classic group. */
  readonly assignor: string;
  readonly members: readonly GroupMember[];
};

/** Describes one group at its coordinator, whichever protocol it has: the newer is asked first where the broker has it, as Kafka's own admin does (KIP-848). */
export async function describeGroup(client: ClusterClient, groupId: string): Promise<GroupDescription> {
  const options = { to: { coordinator: "group", key: groupId }, errorCodes } as const;
  const newer = await orUnsupported(client.ask(ConsumerGroupDescribe, { groupIds: [groupId] }, options));
  const found = newer?.groups[0];
  if (found !== undefined && found.errorCode !== GROUP_ID_NOT_FOUND && found.errorCode !== UNSUPPORTED_VERSION)
    return ofConsumerProtocol(found);
  const { groups } = await client.ask(DescribeGroups, { groups: [groupId] }, options);
  if (groups[0] === undefined)
    throw new ClientError("malformed", `DescribeGroups did not answer for group ${groupId}.`);
  return ofClassicProtocol(groups[0]);
}

/** Describes groups that one broker coordinates, in a request for each protocol. Groups of other types (share, streams) are left out. Rejects with a ClientError. */
export async function describeGroupsAt(
  client: ClusterClient,
  broker: number,
  groups: readonly ListedGroup[],
): Promise<GroupDescription[]> {
  const idsOf = (type: string) => groups.filter((group) => group.type === type).map(({ groupId }) => groupId);
  const [classic, consumer] = [idsOf("classic"), idsOf("consumer")];
  const to = { node: broker };
  const [older, newer] = await Promise.all([
    classic.length === 0 ? undefined : client.send(DescribeGroups, { groups: classic }, { to }),
    consumer.length === 0 ? undefined : client.send(ConsumerGroupDescribe, { groupIds: consumer }, { to }),
  ]);
  return [...(older?.groups.map(ofClassicProtocol) ?? []), ...(newer?.groups.map(ofConsumerProtocol) ?? [])];
}

function errorCodes({ groups }: { readonly groups: readonly { readonly errorCode: number }[] }): number[] {
  return groups.map(({ errorCode }) => errorCode);
}

/** Undefined when the broker does not serve the API. */
async function orUnsupported<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ClientError && error.kind === "unsupported") return undefined;
    throw error;
  }
}

function ofConsumerProtocol(group: ResponseOf<typeof ConsumerGroupDescribe>["groups"][number]): GroupDescription {
  return {
    groupId: group.groupId,
    errorCode: group.errorCode,
    message: group.errorMessage,
    protocol: "consumer",
    protocolType: "consumer",
    state: group.groupState,
    assignor: group.assignorName,
    members: group.members.map(({ memberId, instanceId, clientId, clientHost, assignment }) => ({
      memberId,
      instanceId,
      clientId,
      host: clientHost,
      assignment: assignment.topicPartitions.map(({ topicName, partitions }) => ({ topic: topicName, partitions })),
    })),
  };
}

function ofClassicProtocol(group: ResponseOf<typeof DescribeGroups>["groups"][number]): GroupDescription {
  return {
    groupId: group.groupId,
    errorCode: group.errorCode,
    message: group.errorMessage,
    protocol: "classic",
    protocolType: group.protocolType,
    state: group.groupState,
    assignor: group.protocolData,
    members: group.errorCode === NONE ? group.members.map((member) => classicMember(member, group.protocolType)) : [],
  };
}

type ClassicMember = ResponseOf<typeof DescribeGroups>["groups"][number]["members"][number];

function classicMember(member: ClassicMember, protocolType: string): GroupMember {
  const { memberId, groupInstanceId, clientId, clientHost, memberAssignment } = member;
  const assignment = protocolType === "consumer" ? assignedTopics(memberAssignment) : null;
  return { memberId, instanceId: groupInstanceId, clientId, host: clientHost, assignment };
}

/** A classic consumer's assignment stands behind an int16 version; a member that has not yet synced has no bytes. */
function assignedTopics(bytes: Uint8Array): AssignedTopic[] | null {
  if (bytes.length === 0) return [];
  try {
    const reader = new Reader(bytes);
    const version = Math.min(reader.int16(), ConsumerProtocolAssignment.versions.max);
    const { assignedPartitions } = ConsumerProtocolAssignment.read(reader, version);
    return assignedPartitions.map(({ topic, partitions }) => ({ topic, partitions }));
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}
