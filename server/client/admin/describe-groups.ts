import type { ResponseOf } from "../../wire/api.ts";
import { ConsumerGroupDescribe } from "../../wire/apis/consumer-group-describe.ts";
import { DescribeGroups } from "../../wire/apis/describe-groups.ts";
import { GROUP_ID_NOT_FOUND, NONE, UNSUPPORTED_VERSION } from "../../wire/errors.ts";
import { ShareGroupDescribe } from "../../wire/apis/share-group-describe.ts";
import { StreamsGroupDescribe } from "../../wire/apis/streams-group-describe.ts";
import { ClientError } from "../client-error.ts";
import { type AssignedTopic, assignedTopics } from "./assigned-topics.ts";
import { ofShareGroup, ofStreamsGroup } from "./describe-other-groups.ts";
import type { ClusterClient } from "../cluster-client.ts";
import type { ListedGroup } from "./groups.ts";

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
  readonly protocol: "classic" | "consumer" | "share" | "streams";
  readonly protocolType: string;
  readonly state: string;
  /** Of the newer protocols: grows with each change of the group; null for a classic group. */
  readonly epoch: number | null;
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
  const classic = ofClassicProtocol(groups[0]);
  // A coordinator asked for consumer groups calls those of the other types dead.
  return classic.state === "Dead" ? ((await describeOther(client, groupId)) ?? classic) : classic;
}

async function describeOther(client: ClusterClient, groupId: string): Promise<GroupDescription | undefined> {
  const options = { to: { coordinator: "group", key: groupId }, errorCodes } as const;
  const request = { groupIds: [groupId] };
  const share = (await orUnsupported(client.ask(ShareGroupDescribe, request, options)))?.groups[0];
  if (share?.errorCode === NONE) return ofShareGroup(share);
  const streams = (await orUnsupported(client.ask(StreamsGroupDescribe, request, options)))?.groups[0];
  return streams?.errorCode === NONE ? ofStreamsGroup(streams) : undefined;
}

/** Describes groups that one broker coordinates, in a request for each protocol. Rejects with a ClientError. */
export async function describeGroupsAt(
  client: ClusterClient,
  broker: number,
  groups: readonly ListedGroup[],
): Promise<GroupDescription[]> {
  const idsOf = (type: string) => groups.filter((group) => group.type === type).map(({ groupId }) => groupId);
  const [classic, consumer, share, streams] = ["classic", "consumer", "share", "streams"].map(idsOf);
  const to = { node: broker };
  const found = await Promise.all([
    classic?.length ? client.send(DescribeGroups, { groups: classic }, { to }) : undefined,
    consumer?.length ? client.send(ConsumerGroupDescribe, { groupIds: consumer }, { to }) : undefined,
    share?.length ? client.send(ShareGroupDescribe, { groupIds: share }, { to }) : undefined,
    streams?.length ? client.send(StreamsGroupDescribe, { groupIds: streams }, { to }) : undefined,
  ]);
  return [
    ...(found[0]?.groups.map(ofClassicProtocol) ?? []),
    ...(found[1]?.groups.map(ofConsumerProtocol) ?? []),
    ...(found[2]?.groups.map(ofShareGroup) ?? []),
    ...(found[3]?.groups.map(ofStreamsGroup) ?? []),
  ];
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
    epoch: group.groupEpoch,
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
    epoch: null,
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
