import { api } from "../api.ts";
import { arr, i16, i32, i8, str } from "../schema.ts";

/** Elects the preferred leader, or an unclean one, of partitions (KIP-183, KIP-460). */
export const ElectLeaders = api(
  { key: 43, name: "ElectLeaders", versions: "0-2", flexible: 2, listeners: ["broker", "controller"] },
  {
    electionType: i8.v("1+"),
    topicPartitions: arr({ topic: str.entity("topicName").mapKey(), partitions: arr(i32) }).nullable(),
    timeoutMs: i32.def(60000),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16.v("1+"),
    replicaElectionResults: arr({
      topic: str.entity("topicName"),
      partitionResult: arr({ partitionId: i32, errorCode: i16, errorMessage: str.nullable() }),
    }),
  },
);
