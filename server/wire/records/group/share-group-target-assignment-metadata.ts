import { recordType } from "../../record-type.ts";
import { i32, str } from "../../schema.ts";

/** Key of the epoch of the assignment that a share group works towards (KIP-932). */
export const ShareGroupTargetAssignmentMetadataKey = recordType(
  {
    kind: "coordinator-key",
    apiKey: 12,
    name: "ShareGroupTargetAssignmentMetadataKey",
    versions: "0",
    flexible: "never",
  },
  { groupId: str },
);

/** Value of the epoch of the assignment that a share group works towards (KIP-932). */
export const ShareGroupTargetAssignmentMetadataValue = recordType(
  {
    kind: "coordinator-value",
    apiKey: 12,
    name: "ShareGroupTargetAssignmentMetadataValue",
    versions: "0",
    flexible: 0,
  },
  { assignmentEpoch: i32 },
);
