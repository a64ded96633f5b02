import { api } from "../api.ts";
import { bytes, i16, i32, i64 } from "../schema.ts";

/** Ends a delegation token, now or later (KIP-48). */
export const ExpireDelegationToken = api(
  { key: 40, name: "ExpireDelegationToken", versions: "1-2", flexible: 2, listeners: ["broker", "controller"] },
  { hmac: bytes, expiryTimePeriodMs: i64 },
  { errorCode: i16, expiryTimestampMs: i64, throttleTimeMs: i32 },
);
