import { recordType } from "../../record-type.ts";
import { arr, i32, str, uuid } from "../../schema.ts";

/** Key of the partitions that a member of a share group shall get (KIP-932). */
export const ShareGroupTargetAssignmentMemberKey = recordType(
  {
    kind: "coordinator-key",
    apiKey: 13,
    name: "ShareGroupTargetAssignmentMemberKey",
    versions: "0",
    flexible: "never",
  },
  { groupId: str, memberId: str },
);

/** Value of the partitions that a member of a share group shall get (KIP-932). */
export const ShareGroupTargetAssignmentMemberValue = recordType(
  { kind: "coordinator-value", apiKey: 13, name: "ShareGroupTargetAssignmentMemberValue", versions: "0", flexible: 0 },
  { topicPartitions: arr({ topicId: uuid, partitions: arr(i32) }) },
);
