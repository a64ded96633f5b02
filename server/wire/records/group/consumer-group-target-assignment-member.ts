import { recordType } from "../../record-type.ts";
import { arr, i32, str, uuid } from "../../schema.ts";

/** Key of the partitions that a member shall get (KIP-848). */
export const ConsumerGroupTargetAssignmentMemberKey = recordType(
  {
    kind: "coordinator-key",
    apiKey: 7,
    name: "ConsumerGroupTargetAssignmentMemberKey",
    versions: "0",
    flexible: "never",
  },
  { groupId: str, memberId: str },
);

/** Value of the partitions that a member shall get (KIP-848). */
export const ConsumerGroupTargetAssignmentMemberValue = recordType(
  {
    kind: "coordinator-value",
    apiKey: 7,
    name: "ConsumerGroupTargetAssignmentMemberValue",
    versions: "0",
    flexible: 0,
  },
  { topicPartitions: arr({ topicId: uuid, partitions: arr(i32) }) },
);
