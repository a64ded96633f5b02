import { api } from "../api.ts";
import { arr, bool, i16, i32, str, struct, uuid } from "../schema.ts";

const topicPartitions = { topicId: uuid, topicName: str.entity("topicName"), partitions: arr(i32) };

const assignment = { topicPartitions: arr(topicPartitions) };

/** Describes share groups (KIP-932). */
export const ShareGroupDescribe = api(
  { key: 77, name: "ShareGroupDescribe", versions: "1", flexible: 0, listeners: ["broker"] },
  { groupIds: arr(str).entity("groupId"), includeAuthorizedOperations: bool },
  {
    throttleTimeMs: i32,
    groups: arr({
      errorCode: i16,
      errorMessage: str.nullable().def(null),
      groupId: str.entity("groupId"),
      groupState: str,
      groupEpoch: i32,
      assignmentEpoch: i32,
      assignorName: str,
      members: arr({
        memberId: str,
        rackId: str.nullable().def(null),
        memberEpoch: i32,
        clientId: str,
        clientHost: str,
        subscribedTopicNames: arr(str).entity("topicName"),
        assignment: struct(assignment),
      }),
      authorizedOperations: i32.def(-2147483648),
    }),
  },
);
