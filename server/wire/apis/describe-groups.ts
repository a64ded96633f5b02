import { api } from "../api.ts";
import { arr, bool, bytes, i16, i32, str } from "../schema.ts";

/** Describes classic groups: state, protocol and members with their opaque metadata and assignment. */
export const DescribeGroups = api(
  { key: 15, name: "DescribeGroups", versions: "0-6", flexible: 5, listeners: ["broker"] },
  { groups: arr(str).entity("groupId"), includeAuthorizedOperations: bool.v("3+") },
  {
    throttleTimeMs: i32.v("1+").ignorable(),
    groups: arr({
      errorCode: i16,
      errorMessage: str.v("6+").nullable().def(null),
      groupId: str.entity("groupId"),
      groupState: str,
      protocolType: str,
      protocolData: str,
      members: arr({
        memberId: str,
        groupInstanceId: str.v("4+").nullable().def(null).ignorable(),
        clientId: str,
        clientHost: str,
        memberMetadata: bytes,
        memberAssignment: bytes,
      }),
      authorizedOperations: i32.v("3+").def(-2147483648),
    }),
  },
);
