import { api } from "../api.ts";
import { arr, i16, i32, i8, str } from "../schema.ts";

/**
 * Tells which broker coordinates a group, a transactional id or a share partition; several keys at once from version 4
 * on (KIP-699).
 */
export const FindCoordinator = api(
  { key: 10, name: "FindCoordinator", versions: "0-6", flexible: 3, listeners: ["broker"] },
  { key: str.v("0-3"), keyType: i8.v("1+"), coordinatorKeys: arr(str).v("4+") },
  {
    throttleTimeMs: i32.v("1+").ignorable(),
    errorCode: i16.v("0-3"),
    errorMessage: str.v("1-3").nullable().ignorable(),
    nodeId: i32.v("0-3").entity("brokerId"),
    host: str.v("0-3"),
    port: i32.v("0-3"),
    coordinators: arr({
      key: str,
      nodeId: i32.entity("brokerId"),
      host: str,
      port: i32,
      errorCode: i16,
      errorMessage: str.nullable().ignorable(),
    }).v("4+"),
  },
);
