import { api } from "../api.ts";
import { arr, i16, i32, i64, uuid } from "../schema.ts";

/** Tells the controller in which log directories a broker keeps replicas (KIP-858). */
export const AssignReplicasToDirs = api(
  { key: 73, name: "AssignReplicasToDirs", versions: "0", flexible: 0, listeners: ["controller"] },
  {
    brokerId: i32.entity("brokerId"),
    brokerEpoch: i64.def(-1),
    directories: arr({ id: uuid, topics: arr({ topicId: uuid, partitions: arr({ partitionIndex: i32 }) }) }),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    directories: arr({
      id: uuid,
      topics: arr({ topicId: uuid, partitions: arr({ partitionIndex: i32, errorCode: i16 }) }),
    }),
  },
);
