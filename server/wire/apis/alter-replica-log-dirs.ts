import { api } from "../api.ts";
import { arr, i16, i32, str } from "../schema.ts";

/** Moves replicas to another log directory of the same broker (KIP-113). */
export const AlterReplicaLogDirs = api(
  { key: 34, name: "AlterReplicaLogDirs", versions: "1-2", flexible: 2, listeners: ["broker"] },
  { dirs: arr({ path: str.mapKey(), topics: arr({ name: str.entity("topicName").mapKey(), partitions: arr(i32) }) }) },
  {
    throttleTimeMs: i32,
    results: arr({ topicName: str.entity("topicName"), partitions: arr({ partitionIndex: i32, errorCode: i16 }) }),
  },
);
