import { api } from "../api.ts";
import { arr, bool, i16, i32, str } from "../schema.ts";

/** Starts or cancels moving partitions to other brokers (KIP-455). */
export const AlterPartitionReassignments = api(
  { key: 45, name: "AlterPartitionReassignments", versions: "0-1", flexible: 0, listeners: ["broker", "controller"] },
  {
    timeoutMs: i32.def(60000),
    allowReplicationFactorChange: bool.v("1+").def(true),
    topics: arr({
      name: str.entity("topicName"),
      partitions: arr({ partitionIndex: i32, replicas: arr(i32).nullable().def(null).entity("brokerId") }),
    }),
  },
  {
    throttleTimeMs: i32,
    allowReplicationFactorChange: bool.v("1+").def(true).ignorable(),
    errorCode: i16,
    errorMessage: str.nullable(),
    responses: arr({
      name: str.entity("topicName"),
      partitions: arr({ partitionIndex: i32, errorCode: i16, errorMessage: str.nullable() }),
    }),
  },
);
