import { recordType } from "../../record-type.ts";
import { i32, str } from "../../schema.ts";

/** Key of the epoch of the assignment that a group works towards (KIP-848). */
export const ConsumerGroupTargetAssignmentMetadataKey = recordType(
  {
    kind: "coordinator-key",
    apiKey: 6,
    name: "ConsumerGroupTargetAssignmentMetadataKey",
    versions: "0",
    flexible: "never",
  },
  { groupId: str },
);

/** Value of the epoch of the assignment that a group works towards (KIP-848). */
export const ConsumerGroupTargetAssignmentMetadataValue = recordType(
  {
    kind: "coordinator-value",
    apiKey: 6,
    name: "ConsumerGroupTargetAssignmentMetadataValue",
    versions: "0",
    flexible: 0,
  },
  { assignmentEpoch: i32 },
);
