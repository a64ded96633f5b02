import { recordType } from "../../record-type.ts";
import { arr, i32, str } from "../../schema.ts";

const taskIds = { subtopologyId: str, partitions: arr(i32) };

/** Key of the tasks that a member shall get (KIP-1071). */
export const StreamsGroupTargetAssignmentMemberKey = recordType(
  {
    kind: "coordinator-key",
    apiKey: 21,
    name: "StreamsGroupTargetAssignmentMemberKey",
    versions: "0",
    flexible: "never",
  },
  { groupId: str, memberId: str },
);

/** Value of the tasks that a member shall get (KIP-1071). */
export const StreamsGroupTargetAssignmentMemberValue = recordType(
  {
    kind: "coordinator-value",
    apiKey: 21,
    name: "StreamsGroupTargetAssignmentMemberValue",
    versions: "0",
    flexible: 0,
  },
  { activeTasks: arr(taskIds), standbyTasks: arr(taskIds), warmupTasks: arr(taskIds) },
);
