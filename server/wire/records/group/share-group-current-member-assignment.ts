import { recordType } from "../../record-type.ts";
import { arr, i32, i8, str, uuid } from "../../schema.ts";

const topicPartitions = { topicId: uuid, partitions: arr(i32) };

/** Key of the partitions that a member of a share group has (KIP-932). */
export const ShareGroupCurrentMemberAssignmentKey = recordType(
  {
    kind: "coordinator-key",
    apiKey: 14,
    name: "ShareGroupCurrentMemberAssignmentKey",
    versions: "0",
    flexible: "never",
  },
  { groupId: str, memberId: str },
);

/** Value of the partitions that a member of a share group has (KIP-932). */
export const ShareGroupCurrentMemberAssignmentValue = recordType(
  { kind: "coordinator-value", apiKey: 14, name: "ShareGroupCurrentMemberAssignmentValue", versions: "0", flexible: 0 },
  { memberEpoch: i32, previousMemberEpoch: i32, state: i8, assignedPartitions: arr(topicPartitions) },
);
