import { api } from "../api.ts";
import { arr, i16, i32, str, struct, uuid } from "../schema.ts";

const topicPartitions = { topicId: uuid, partitions: arr(i32) };

/**
 * Joins, keeps and leaves a consumer group whose assignment the coordinator makes (KIP-848, regular expressions
 * KIP-1082).
 */
export const ConsumerGroupHeartbeat = api(
  { key: 68, name: "ConsumerGroupHeartbeat", versions: "0-1", flexible: 0, listeners: ["broker"] },
  {
    groupId: str.entity("groupId"),
    memberId: str,
    memberEpoch: i32,
    instanceId: str.nullable().def(null),
    rackId: str.nullable().def(null),
    rebalanceTimeoutMs: i32.def(-1),
    subscribedTopicNames: arr(str).nullable().def(null).entity("topicName"),
    subscribedTopicRegex: str.v("1+").nullable().def(null),
    serverAssignor: str.nullable().def(null),
    topicPartitions: arr({ topicId: uuid, partitions: arr(i32) })
      .nullable()
      .def(null),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable().def(null),
    memberId: str.nullable().def(null),
    memberEpoch: i32,
    heartbeatIntervalMs: i32,
    assignment: struct({ topicPartitions: arr(topicPartitions) })
      .nullable()
      .def(null),
  },
);
