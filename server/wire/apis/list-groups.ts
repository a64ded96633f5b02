import { api } from "../api.ts";
import { arr, i16, i32, str } from "../schema.ts";

/** Lists the groups that a broker coordinates, filtered by state (KIP-518) and by type (KIP-848). */
export const ListGroups = api(
  { key: 16, name: "ListGroups", versions: "0-5", flexible: 3, listeners: ["broker"] },
  { statesFilter: arr(str).v("4+"), typesFilter: arr(str).v("5+") },
  {
    throttleTimeMs: i32.v("1+").ignorable(),
    errorCode: i16,
    groups: arr({
      groupId: str.entity("groupId"),
      protocolType: str,
      groupState: str.v("4+").ignorable(),
      groupType: str.v("5+").ignorable(),
    }),
  },
);
