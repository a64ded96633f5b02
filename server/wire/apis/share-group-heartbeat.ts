import { api } from "../api.ts";
import { arr, i16, i32, str, struct, uuid } from "../schema.ts";

const topicPartitions = { topicId: uuid, partitions: arr(i32) };

/** Joins, keeps and leaves a share group (KIP-932). */
export const ShareGroupHeartbeat = api(
  { key: 76, name: "ShareGroupHeartbeat", versions: "1", flexible: 0, listeners: ["broker"] },
  {
    groupId: str.entity("groupId"),
    memberId: str,
    memberEpoch: i32,
    rackId: str.nullable().def(null),
    subscribedTopicNames: arr(str).nullable().def(null).entity("topicName"),
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
