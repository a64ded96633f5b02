import type { ResponseOf } from "../../wire/api.ts";
import { ConsumerGroupDescribe } from "../../wire/apis/consumer-group-describe.ts";
import { DescribeGroups } from "../../wire/apis/describe-groups.ts";
import { GROUP_ID_NOT_FOUND, NONE, UNSUPPORTED_VERSION } from "../../wire/errors.ts";
import { Reader } from "../../wire/reader.ts";
import { ConsumerProtocolAssignment } from "../../wire/records/consumer/consumer-protocol-assignment.ts";
import { WireError } from "../../wire/wire-error.ts";
import { ClientError } from "../client-error.ts";
import type { ClusterClient } from "../cluster-client.ts";

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

/** Describes one group, whichever protocol it has: the newer is asked first where the broker has it, as Kafka's own admin does (KIP-848). */
export async function describeGroup(client: ClusterClient, groupId: string): Promise<GroupDescription> {
  const newer = await describeConsumerGroup(client, groupId);
  return newer ?? describeClassicGroup(client, groupId);
}

async function describeConsumerGroup(client: ClusterClient, groupId: string): Promise<GroupDescription | undefined> {
  try {
    const response = await client.ask(
      ConsumerGroupDescribe,
      { groupIds: [groupId] },
      {
        to: { coordinator: "group", key: groupId },
        errorCodes: ({ groups }) => groups.map(({ errorCode }) => errorCode),
      },
    );
    const group = response.groups[0];
    if (group === undefined || group.errorCode === GROUP_ID_NOT_FOUND || group.errorCode === UNSUPPORTED_VERSION)
      return undefined;
    return {
      groupId,
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
  } catch (error) {
    if (error instanceof ClientError && error.kind === "unsupported") return undefined;
    throw error;
  }
}

async function describeClassicGroup(client: ClusterClient, groupId: string): Promise<GroupDescription> {
  const response = await client.ask(
    DescribeGroups,
    { groups: [groupId] },
    {
      to: { coordinator: "group", key: groupId },
      errorCodes: ({ groups }) => groups.map(({ errorCode }) => errorCode),
    },
  );
  const group = response.groups[0];
  if (group === undefined) throw new ClientError("malformed", `DescribeGroups did not answer for group ${groupId}.`);
  return {
    groupId,
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
