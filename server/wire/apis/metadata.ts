import { api } from "../api.ts";
import { arr, bool, i16, i32, str, uuid } from "../schema.ts";

/**
 * Tells brokers, controller, topics with their ids, partitions and leaders; may create the topics asked for (KIP-4,
 * topic ids KIP-516).
 */
export const Metadata = api(
  { key: 3, name: "Metadata", versions: "0-13", flexible: 9, listeners: ["broker"] },
  {
    topics: arr({ topicId: uuid.v("10+").ignorable(), name: str.nullable("10+").entity("topicName") }).nullable("1+"),
    allowAutoTopicCreation: bool.v("4+").def(true),
    includeClusterAuthorizedOperations: bool.v("8-10"),
    includeTopicAuthorizedOperations: bool.v("8+"),
  },
  {
    throttleTimeMs: i32.v("3+").ignorable(),
    brokers: arr({
      nodeId: i32.entity("brokerId").mapKey(),
      host: str,
      port: i32,
      rack: str.v("1+").nullable().def(null).ignorable(),
    }),
    clusterId: str.v("2+").nullable().def(null).ignorable(),
    controllerId: i32.v("1+").def(-1).entity("brokerId").ignorable(),
    topics: arr({
      errorCode: i16,
      name: str.nullable("12+").entity("topicName").mapKey(),
      topicId: uuid.v("10+").ignorable(),
      isInternal: bool.v("1+").ignorable(),
      partitions: arr({
        errorCode: i16,
        partitionIndex: i32,
        leaderId: i32.entity("brokerId"),
        leaderEpoch: i32.v("7+").def(-1).ignorable(),
        replicaNodes: arr(i32).entity("brokerId"),
        isrNodes: arr(i32).entity("brokerId"),
        offlineReplicas: arr(i32).v("5+").entity("brokerId").ignorable(),
      }),
      topicAuthorizedOperations: i32.v("8+").def(-2147483648),
    }),
    clusterAuthorizedOperations: i32.v("8-10").def(-2147483648),
    errorCode: i16.v("13+").ignorable(),
  },
);
