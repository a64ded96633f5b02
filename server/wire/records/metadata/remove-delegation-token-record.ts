import { recordType } from "../../record-type.ts";
import { str } from "../../schema.ts";

/** A delegation token is gone (KIP-900). */
export const RemoveDelegationTokenRecord = recordType(
  { kind: "metadata", apiKey: 26, name: "RemoveDelegationTokenRecord", versions: "0", flexible: 0 },
  { tokenId: str },
);
