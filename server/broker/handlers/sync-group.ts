import { SyncGroup } from "../../wire/apis/sync-group.ts";
import { GROUP_AUTHORIZATION_FAILED, INCONSISTENT_GROUP_PROTOCOL, NONE } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** v5+: the client says which protocol it believes in, and must (KIP-559). */
const FIRST_VERSION_WITH_PROTOCOL = 5;

/** Gives a member its share of the work; the leader's request brings everybody's. */
export const syncGroup = handler(SyncGroup, (request, context: BrokerContext, reply) => {
  const { groupId, generationId, memberId, groupInstanceId, protocolType, protocolName } = request;
  if (!context.may("read", { group: groupId })) return reply({ errorCode: GROUP_AUTHORIZATION_FAILED });
  const lacksProtocol = protocolType === null || protocolName === null;
  if (context.apiVersion >= FIRST_VERSION_WITH_PROTOCOL && lacksProtocol)
    return reply({ errorCode: INCONSISTENT_GROUP_PROTOCOL });
  const assignments = new Map(request.assignments.map((each) => [each.memberId, Uint8Array.from(each.assignment)]));
  const event = { groupId, generationId, memberId, groupInstanceId, protocolType, protocolName, assignments };
  context.services.groups.sync(event, (answer) => {
    if (answer.type === "refused") return reply({ errorCode: answer.errorCode });
    reply({
      errorCode: NONE,
      protocolType: answer.protocolType,
      protocolName: answer.protocolName,
      assignment: answer.assignment,
    });
  });
});
