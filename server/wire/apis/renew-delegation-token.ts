import { api } from "../api.ts";
import { bytes, i16, i32, i64 } from "../schema.ts";

/** Extends the life of a delegation token (KIP-48). */
export const RenewDelegationToken = api(
  { key: 39, name: "RenewDelegationToken", versions: "1-2", flexible: 2, listeners: ["broker", "controller"] },
  { hmac: bytes, renewPeriodMs: i64 },
  { errorCode: i16, expiryTimestampMs: i64, throttleTimeMs: i32 },
);
