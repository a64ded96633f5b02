import { recordType } from "../../record-type.ts";
import { arr, i64, str } from "../../schema.ts";

/** A delegation token was issued or renewed (KIP-900). */
export const DelegationTokenRecord = recordType(
  { kind: "metadata", apiKey: 10, name: "DelegationTokenRecord", versions: "0", flexible: 0 },
  {
    owner: str,
    requester: str,
    renewers: arr(str),
    issueTimestamp: i64,
    maxTimestamp: i64,
    expirationTimestamp: i64,
    tokenId: str,
  },
);
