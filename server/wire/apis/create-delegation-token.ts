import { api } from "../api.ts";
import { arr, bytes, i16, i32, i64, str } from "../schema.ts";

/** Issues a delegation token (KIP-48), for another principal from version 3 on (KIP-373). */
export const CreateDelegationToken = api(
  { key: 38, name: "CreateDelegationToken", versions: "1-3", flexible: 2, listeners: ["broker", "controller"] },
  {
    ownerPrincipalType: str.v("3+").nullable(),
    ownerPrincipalName: str.v("3+").nullable(),
    renewers: arr({ principalType: str, principalName: str }),
    maxLifetimeMs: i64,
  },
  {
    errorCode: i16,
    principalType: str,
    principalName: str,
    tokenRequesterPrincipalType: str.v("3+"),
    tokenRequesterPrincipalName: str.v("3+"),
    issueTimestampMs: i64,
    expiryTimestampMs: i64,
    maxTimestampMs: i64,
    tokenId: str,
    hmac: bytes,
    throttleTimeMs: i32,
  },
);
