import type { RequestOf } from "../../wire/api.ts";
import { JoinGroup } from "../../wire/apis/join-group.ts";
import { GROUP_AUTHORIZATION_FAILED, NONE } from "../../wire/errors.ts";
import type { JoinRequest } from "../coordinator/group-coordinator.ts";
import type { JoinAnswer, RefusedAnswer } from "../coordinator/group-event.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** v4+: dynamic members join with an id that they were given (KIP-394). v9+: the leader may be told to skip the assignment (KIP-814). */
const FIRST_VERSION_WITH_KNOWN_ID = 4;
const FIRST_VERSION_WITH_SKIP = 9;
/** From here on the protocol's name may be null. */
const FIRST_VERSION_WITH_NULL_PROTOCOL = 7;

/** Makes the client a member of a classic group; the answer waits for the next generation. */
export const joinGroup = handler(JoinGroup, (request, context: BrokerContext, reply) => {
  const { apiVersion } = context;
  const answer = (value: JoinAnswer | RefusedAnswer) =>
    reply(value.type === "joined" ? joined(value) : refused(value, apiVersion));
  if (!context.may("read", { group: request.groupId })) {
    return answer({ type: "refused", errorCode: GROUP_AUTHORIZATION_FAILED, memberId: request.memberId });
  }
  context.services.groups.join(joinRequest(request, context), answer);
});

function joinRequest(request: RequestOf<typeof JoinGroup>, context: BrokerContext): JoinRequest {
  const { groupId, sessionTimeoutMs, memberId, groupInstanceId, protocolType, reason } = request;
  const { apiVersion, clientId, clientHost } = context;
  return {
    groupId,
    memberId,
    groupInstanceId,
    clientId,
    // As Java prints an address without a name, and DescribeGroups therefore shows it.
    clientHost: `/${clientHost}`,
    sessionTimeoutMs,
    rebalanceTimeoutMs: apiVersion === 0 ? sessionTimeoutMs : request.rebalanceTimeoutMs,
    protocolType,
    // Copies, because a member is kept for long and must not hold the whole request.
    protocols: request.protocols.map(({ name, metadata }) => ({ name, metadata: Uint8Array.from(metadata) })),
    requiresKnownMemberId: apiVersion >= FIRST_VERSION_WITH_KNOWN_ID,
    supportsSkippingAssignment: apiVersion >= FIRST_VERSION_WITH_SKIP,
    reason,
  };
}

function joined(answer: JoinAnswer) {
  const { memberId, generationId, protocolType, protocolName, leaderId, skipAssignment, members } = answer;
  return {
    errorCode: NONE,
    generationId,
    protocolType,
    protocolName,
    leader: leaderId,
    skipAssignment,
    memberId,
    members,
  };
}

function refused({ errorCode, memberId }: RefusedAnswer, apiVersion: number) {
  const protocolName = apiVersion < FIRST_VERSION_WITH_NULL_PROTOCOL ? "" : null;
  return { errorCode, memberId: memberId ?? "", protocolName };
}
