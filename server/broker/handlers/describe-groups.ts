import { DescribeGroups } from "../../wire/apis/describe-groups.ts";
import { GROUP_AUTHORIZATION_FAILED, GROUP_ID_NOT_FOUND, NONE } from "../../wire/errors.ts";
import { isRefusal } from "../refusal.ts";
import type { DescribedGroup } from "../coordinator/described-group.ts";
import { authorizedOperations, OPERATIONS_NOT_ASKED } from "../network/authorizer.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** v6+: a group that does not exist is an error (KIP-1043); before, it is a dead one. */
const FIRST_VERSION_WITH_NOT_FOUND = 6;

/** Tells state, members and assignments of classic groups. */
export const describeGroups = handler(DescribeGroups, (request, context: BrokerContext, reply) => {
  reply({ groups: request.groups.map((groupId) => describe(groupId, request.includeAuthorizedOperations, context)) });
});

function describe(groupId: string, includeOperations: boolean, context: BrokerContext) {
  if (!context.may("describe", { group: groupId })) return failure(groupId, GROUP_AUTHORIZATION_FAILED);
  const group = context.services.groups.describe(groupId);
  const authorized = includeOperations
    ? authorizedOperations("group", (operation) => context.may(operation, { group: groupId }))
    : OPERATIONS_NOT_ASKED;
  if (!isRefusal(group)) return { ...success(group), authorizedOperations: authorized };
  if (group.errorCode !== GROUP_ID_NOT_FOUND) return failure(groupId, group.errorCode);
  const isError = context.apiVersion >= FIRST_VERSION_WITH_NOT_FOUND;
  return {
    ...failure(groupId, isError ? GROUP_ID_NOT_FOUND : NONE),
    errorMessage: isError ? (group.message ?? null) : null,
    groupState: "Dead",
    authorizedOperations: authorized,
  };
}

function success({ groupId, state, protocolType, protocolName, members }: DescribedGroup) {
  return {
    errorCode: NONE,
    groupId,
    groupState: state,
    protocolType,
    protocolData: protocolName,
    members: members.map(({ memberId, groupInstanceId, clientId, clientHost, metadata, assignment }) => ({
      memberId,
      groupInstanceId,
      clientId,
      clientHost,
      memberMetadata: metadata,
      memberAssignment: assignment,
    })),
  };
}

function failure(groupId: string, errorCode: number) {
  return { errorCode, groupId, groupState: "" };
}
