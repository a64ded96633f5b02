import { api } from "../api.ts";
import { arr, bool, i16, i32, str, struct, uuid } from "../schema.ts";

/** Describes topics page by page, with the eligible leader replicas (KIP-966). */
export const DescribeTopicPartitions = api(
  { key: 75, name: "DescribeTopicPartitions", versions: "0", flexible: 0, listeners: ["broker"] },
  {
    topics: arr({ name: str.entity("topicName") }),
    responsePartitionLimit: i32.def(2000),
    cursor: struct({ topicName: str.entity("topicName"), partitionIndex: i32 })
      .nullable()
      .def(null),
  },
  {
    throttleTimeMs: i32.ignorable(),
    topics: arr({
      errorCode: i16,
      name: str.nullable().entity("topicName").mapKey(),
      topicId: uuid.ignorable(),
      isInternal: bool.ignorable(),
      partitions: arr({
        errorCode: i16,
        partitionIndex: i32,
        leaderId: i32.entity("brokerId"),
        leaderEpoch: i32.def(-1).ignorable(),
        replicaNodes: arr(i32).entity("brokerId"),
        isrNodes: arr(i32).entity("brokerId"),
        eligibleLeaderReplicas: arr(i32).nullable().def(null).entity("brokerId"),
        lastKnownElr: arr(i32).nullable().def(null).entity("brokerId"),
        offlineReplicas: arr(i32).entity("brokerId").ignorable(),
      }),
      topicAuthorizedOperations: i32.def(-2147483648),
    }),
    nextCursor: struct({ topicName: str.entity("topicName"), partitionIndex: i32 })
      .nullable()
      .def(null),
  },
);
