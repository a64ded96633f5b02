import { DeleteGroups } from "../../wire/apis/delete-groups.ts";
import { GROUP_AUTHORIZATION_FAILED, NONE } from "../../wire/errors.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** Deletes empty groups with their offsets; each group has its own error code. */
export const deleteGroups = handler(DeleteGroups, (request, context: BrokerContext, reply) => {
  // A name that is given twice is one group.
  const groupIds = [...new Set(request.groupsNames)];
  if (groupIds.length === 0) return reply({ results: [] });
  const errorCodes = new Map<string, number>();
  const finish = (groupId: string, errorCode: number) => {
    errorCodes.set(groupId, errorCode);
    if (errorCodes.size < groupIds.length) return;
    reply({ results: groupIds.map((each) => ({ groupId: each, errorCode: errorCodes.get(each) ?? NONE })) });
  };
  for (const groupId of groupIds) {
    if (!context.may("delete", { group: groupId })) finish(groupId, GROUP_AUTHORIZATION_FAILED);
    else
      context.services.groups.deleteGroup(groupId, (answer) =>
        finish(groupId, answer.type === "refused" ? answer.errorCode : NONE),
      );
  }
});
