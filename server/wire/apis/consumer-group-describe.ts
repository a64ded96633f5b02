import { api } from "../api.ts";
import { arr, bool, i16, i32, i8, str, struct, uuid } from "../schema.ts";

const topicPartitions = { topicId: uuid, topicName: str.entity("topicName"), partitions: arr(i32) };

const assignment = { topicPartitions: arr(topicPartitions) };

/** Describes groups of the consumer protocol with current and target assignment (KIP-848). */
export const ConsumerGroupDescribe = api(
  { key: 69, name: "ConsumerGroupDescribe", versions: "0-1", flexible: 0, listeners: ["broker"] },
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
        instanceId: str.nullable().def(null),
        rackId: str.nullable().def(null),
        memberEpoch: i32,
        clientId: str,
        clientHost: str,
        subscribedTopicNames: arr(str).entity("topicName"),
        subscribedTopicRegex: str.nullable().def(null),
        assignment: struct(assignment),
        targetAssignment: struct(assignment),
        memberType: i8.v("1+").def(-1).ignorable(),
      }),
      authorizedOperations: i32.def(-2147483648),
    }),
  },
);
