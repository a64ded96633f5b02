import { recordType } from "../../record-type.ts";
import { arr, i32, i8, str, uuid } from "../../schema.ts";

const topicPartitions = { topicId: uuid, partitions: arr(i32) };

/** Key of the partitions that a member has, and those that it still has to give up (KIP-848). */
export const ConsumerGroupCurrentMemberAssignmentKey = recordType(
  {
    kind: "coordinator-key",
    apiKey: 8,
    name: "ConsumerGroupCurrentMemberAssignmentKey",
    versions: "0",
    flexible: "never",
  },
  { groupId: str, memberId: str },
);

/** Value of the partitions that a member has, and those that it still has to give up (KIP-848). */
export const ConsumerGroupCurrentMemberAssignmentValue = recordType(
  {
    kind: "coordinator-value",
    apiKey: 8,
    name: "ConsumerGroupCurrentMemberAssignmentValue",
    versions: "0",
    flexible: 0,
  },
  {
    memberEpoch: i32,
    previousMemberEpoch: i32,
    state: i8,
    assignedPartitions: arr(topicPartitions),
    partitionsPendingRevocation: arr(topicPartitions),
  },
);
