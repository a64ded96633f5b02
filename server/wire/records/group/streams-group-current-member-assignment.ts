import { recordType } from "../../record-type.ts";
import { arr, i32, i8, str } from "../../schema.ts";

const taskIds = { subtopologyId: str, partitions: arr(i32), assignmentEpochs: arr(i32).nullable().tag(0, "0+") };

/** Key of the tasks that a member has, and those that it still has to give up (KIP-1071). */
export const StreamsGroupCurrentMemberAssignmentKey = recordType(
  {
    kind: "coordinator-key",
    apiKey: 22,
    name: "StreamsGroupCurrentMemberAssignmentKey",
    versions: "0",
    flexible: "never",
  },
  { groupId: str, memberId: str },
);

/** Value of the tasks that a member has, and those that it still has to give up (KIP-1071). */
export const StreamsGroupCurrentMemberAssignmentValue = recordType(
  {
    kind: "coordinator-value",
    apiKey: 22,
    name: "StreamsGroupCurrentMemberAssignmentValue",
    versions: "0",
    flexible: 0,
  },
  {
    memberEpoch: i32,
    previousMemberEpoch: i32,
    state: i8,
    activeTasks: arr(taskIds),
    standbyTasks: arr(taskIds),
    warmupTasks: arr(taskIds),
    activeTasksPendingRevocation: arr(taskIds),
    standbyTasksPendingRevocation: arr(taskIds),
    warmupTasksPendingRevocation: arr(taskIds),
  },
);
