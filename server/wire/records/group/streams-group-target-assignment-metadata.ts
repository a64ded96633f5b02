import { recordType } from "../../record-type.ts";
import { i32, str } from "../../schema.ts";

/** Key of the epoch of the assignment that a group of Kafka Streams works towards (KIP-1071). */
export const StreamsGroupTargetAssignmentMetadataKey = recordType(
  {
    kind: "coordinator-key",
    apiKey: 20,
    name: "StreamsGroupTargetAssignmentMetadataKey",
    versions: "0",
    flexible: "never",
  },
  { groupId: str },
);

/** Value of the epoch of the assignment that a group of Kafka Streams works towards (KIP-1071). */
export const StreamsGroupTargetAssignmentMetadataValue = recordType(
  {
    kind: "coordinator-value",
    apiKey: 20,
    name: "StreamsGroupTargetAssignmentMetadataValue",
    versions: "0",
    flexible: 0,
  },
  { assignmentEpoch: i32 },
);
