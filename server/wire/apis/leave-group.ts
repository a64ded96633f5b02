import { api } from "../api.ts";
import { arr, i16, i32, str } from "../schema.ts";

/** Takes members out of a classic group: itself, or several by an administrator from version 3 on (KIP-345). */
export const LeaveGroup = api(
  { key: 13, name: "LeaveGroup", versions: "0-5", flexible: 4, listeners: ["broker"] },
  {
    groupId: str.entity("groupId"),
    memberId: str.v("0-2"),
    members: arr({
      memberId: str,
      groupInstanceId: str.nullable().def(null),
      reason: str.v("5+").nullable().def(null).ignorable(),
    }).v("3+"),
  },
  {
    throttleTimeMs: i32.v("1+").ignorable(),
    errorCode: i16,
    members: arr({ memberId: str, groupInstanceId: str.nullable(), errorCode: i16 }).v("3+"),
  },
);
