import { recordType } from "../../record-type.ts";
import { i32, i64, str } from "../../schema.ts";

/** Key of the epoch of a share group (KIP-932). */
export const ShareGroupMetadataKey = recordType(
  { kind: "coordinator-key", apiKey: 11, name: "ShareGroupMetadataKey", versions: "0", flexible: "never" },
  { groupId: str },
);

/** Value of the epoch of a share group (KIP-932). */
export const ShareGroupMetadataValue = recordType(
  { kind: "coordinator-value", apiKey: 11, name: "ShareGroupMetadataValue", versions: "0", flexible: 0 },
  { epoch: i32, metadataHash: i64.bigint() },
);
