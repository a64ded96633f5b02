import { api } from "../api.ts";
import { arr, i16, i32, str } from "../schema.ts";

/** Tells which partitions are being moved (KIP-455). */
export const ListPartitionReassignments = api(
  { key: 46, name: "ListPartitionReassignments", versions: "0", flexible: 0, listeners: ["broker", "controller"] },
  {
    timeoutMs: i32.def(60000),
    topics: arr({ name: str.entity("topicName"), partitionIndexes: arr(i32) })
      .nullable()
      .def(null),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable(),
    topics: arr({
      name: str.entity("topicName"),
      partitions: arr({
        partitionIndex: i32,
        replicas: arr(i32).entity("brokerId"),
        addingReplicas: arr(i32).entity("brokerId"),
        removingReplicas: arr(i32).entity("brokerId"),
      }),
    }),
  },
);
