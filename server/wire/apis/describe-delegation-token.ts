import { api } from "../api.ts";
import { arr, bytes, i16, i32, i64, str } from "../schema.ts";

/** Lists delegation tokens by owner (KIP-48). */
export const DescribeDelegationToken = api(
  { key: 41, name: "DescribeDelegationToken", versions: "1-3", flexible: 2, listeners: ["broker", "controller"] },
  { owners: arr({ principalType: str, principalName: str }).nullable() },
  {
    errorCode: i16,
    tokens: arr({
      principalType: str,
      principalName: str,
      tokenRequesterPrincipalType: str.v("3+"),
      tokenRequesterPrincipalName: str.v("3+"),
      issueTimestamp: i64,
      expiryTimestamp: i64,
      maxTimestamp: i64,
      tokenId: str,
      hmac: bytes,
      renewers: arr({ principalType: str, principalName: str }),
    }),
    throttleTimeMs: i32,
  },
);
