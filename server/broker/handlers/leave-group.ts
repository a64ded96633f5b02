import { LeaveGroup } from "../../wire/apis/leave-group.ts";
import { GROUP_AUTHORIZATION_FAILED, NONE } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** v3+: many members in one request, each with its own error code (KIP-345). */
const FIRST_BATCHED_VERSION = 3;

/** Members leave a classic group, or an administrator removes them. */
export const leaveGroup = handler(LeaveGroup, (request, context: BrokerContext, reply) => {
  const { groupId, memberId } = request;
  if (!context.may("read", { group: groupId })) return reply({ errorCode: GROUP_AUTHORIZATION_FAILED });
  const isBatched = context.apiVersion >= FIRST_BATCHED_VERSION;
  const members = isBatched ? request.members : [{ memberId, groupInstanceId: null, reason: null }];
  context.services.groups.leave({ groupId, members }, (answer) => {
    if (answer.type === "refused") return reply({ errorCode: answer.errorCode });
    if (isBatched) return reply({ errorCode: NONE, members: answer.members });
    // The one member's error code is the whole answer of the old versions.
    reply({ errorCode: answer.members[0]?.errorCode ?? NONE });
  });
});
