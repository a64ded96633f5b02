import { ListGroups } from "../../wire/apis/list-groups.ts";
import { NONE } from "../../wire/errors.ts";
import { isRefusal } from "../refusal.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** Tells the groups that this broker coordinates, in the states and of the types asked for (KIP-518, KIP-848); an empty filter lets all through. */
export const listGroups = handler(ListGroups, (request, context: BrokerContext, reply) => {
  const groups = context.services.groups.list();
  if (isRefusal(groups)) return reply({ errorCode: groups.errorCode });
  const maySeeAll = context.may("describe", "cluster");
  const wanted = groups.filter(
    ({ groupId, state, type }) =>
      passes(request.statesFilter, state) &&
      passes(request.typesFilter, type) &&
      (maySeeAll || context.may("describe", { group: groupId })),
  );
  reply({
    errorCode: NONE,
    groups: wanted.map(({ groupId, protocolType, state, type }) => ({
      groupId,
      protocolType,
      groupState: state,
      groupType: type,
    })),
  });
});

function passes(filter: readonly string[], value: string): boolean {
  return filter.length === 0 || filter.some((each) => each.toLowerCase() === value.toLowerCase());
}
