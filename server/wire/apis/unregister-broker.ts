import { api } from "../api.ts";
import { i16, i32, str } from "../schema.ts";

/** Removes the registration of a broker that is gone for good (KIP-631). */
export const UnregisterBroker = api(
  { key: 64, name: "UnregisterBroker", versions: "0", flexible: 0, listeners: ["broker", "controller"] },
  { brokerId: i32.entity("brokerId") },
  { throttleTimeMs: i32, errorCode: i16, errorMessage: str.nullable() },
);
