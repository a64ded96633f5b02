import { api } from "../api.ts";
import { arr, bool, bytes, i16, i32, str } from "../schema.ts";

/**
 * Enters a classic group and waits until all members are there; the leader's answer lists them (static members
 * KIP-345, member id handed out first KIP-394).
 */
export const JoinGroup = api(
  { key: 11, name: "JoinGroup", versions: "0-9", flexible: 6, listeners: ["broker"] },
  {
    groupId: str.entity("groupId"),
    sessionTimeoutMs: i32,
    rebalanceTimeoutMs: i32.v("1+").def(-1).ignorable(),
    memberId: str,
    groupInstanceId: str.v("5+").nullable().def(null),
    protocolType: str,
    protocols: arr({ name: str.mapKey(), metadata: bytes }),
    reason: str.v("8+").nullable().def(null).ignorable(),
  },
  {
    throttleTimeMs: i32.v("2+").ignorable(),
    errorCode: i16,
    generationId: i32.def(-1),
    protocolType: str.v("7+").nullable().def(null).ignorable(),
    protocolName: str.nullable("7+"),
    leader: str,
    skipAssignment: bool.v("9+"),
    memberId: str,
    members: arr({ memberId: str, groupInstanceId: str.v("5+").nullable().def(null).ignorable(), metadata: bytes }),
  },
);
