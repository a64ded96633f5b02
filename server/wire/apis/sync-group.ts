import { api } from "../api.ts";
import { arr, bytes, i16, i32, str } from "../schema.ts";

/** Hands the leader's assignment to the coordinator and each member's part back to it. */
export const SyncGroup = api(
  { key: 14, name: "SyncGroup", versions: "0-5", flexible: 4, listeners: ["broker"] },
  {
    groupId: str.entity("groupId"),
    generationId: i32,
    memberId: str,
    groupInstanceId: str.v("3+").nullable().def(null),
    protocolType: str.v("5+").nullable().def(null).ignorable(),
    protocolName: str.v("5+").nullable().def(null).ignorable(),
    assignments: arr({ memberId: str, assignment: bytes }),
  },
  {
    throttleTimeMs: i32.v("1+").ignorable(),
    errorCode: i16,
    protocolType: str.v("5+").nullable().def(null).ignorable(),
    protocolName: str.v("5+").nullable().def(null).ignorable(),
    assignment: bytes,
  },
);
