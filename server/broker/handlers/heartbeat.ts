import { Heartbeat } from "../../wire/apis/heartbeat.ts";
import { GROUP_AUTHORIZATION_FAILED, NONE } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** Keeps a member of a classic group alive and tells it to join again when a rebalance began. */
export const heartbeat = handler(Heartbeat, (request, context: BrokerContext, reply) => {
  const { groupId, generationId, memberId, groupInstanceId } = request;
  if (!context.may("read", { group: groupId })) return reply({ errorCode: GROUP_AUTHORIZATION_FAILED });
  context.services.groups.heartbeat({ groupId, generationId, memberId, groupInstanceId }, (answer) => {
    reply({ errorCode: answer.type === "refused" ? answer.errorCode : NONE });
  });
});
