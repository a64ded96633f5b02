import { api } from "../api.ts";
import { i16, i32, str } from "../schema.ts";

/** Keeps a member of a classic group alive and tells it to rejoin when a rebalance began (static members KIP-345). */
export const Heartbeat = api(
  { key: 12, name: "Heartbeat", versions: "0-4", flexible: 4, listeners: ["broker"] },
  {
    groupId: str.entity("groupId"),
    generationId: i32,
    memberId: str,
    groupInstanceId: str.v("3+").nullable().def(null),
  },
  { throttleTimeMs: i32.v("1+").ignorable(), errorCode: i16 },
);
