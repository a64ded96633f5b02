import { recordType } from "../../record-type.ts";
import { i32, i64, str } from "../../schema.ts";

/** Key of the epoch of a group of the consumer protocol (KIP-848). */
export const ConsumerGroupMetadataKey = recordType(
  { kind: "coordinator-key", apiKey: 3, name: "ConsumerGroupMetadataKey", versions: "0", flexible: "never" },
  { groupId: str },
);

/** Value of the epoch of a group of the consumer protocol (KIP-848). */
export const ConsumerGroupMetadataValue = recordType(
  { kind: "coordinator-value", apiKey: 3, name: "ConsumerGroupMetadataValue", versions: "0", flexible: 0 },
  { epoch: i32, metadataHash: i64.bigint().tag(0, "0+") },
);
