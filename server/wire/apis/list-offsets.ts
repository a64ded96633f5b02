import { api } from "../api.ts";
import { arr, i16, i32, i64, i8, str } from "../schema.ts";

/**
 * Finds the offset of a timestamp, or of the beginning, the end or the largest timestamp, by negative timestamps
 * (KIP-79, KIP-734, tiered storage KIP-405).
 */
export const ListOffsets = api(
  { key: 2, name: "ListOffsets", versions: "1-11", flexible: 6, listeners: ["broker"] },
  {
    replicaId: i32.entity("brokerId"),
    isolationLevel: i8.v("2+"),
    topics: arr({
      name: str.entity("topicName"),
      partitions: arr({ partitionIndex: i32, currentLeaderEpoch: i32.v("4+").def(-1).ignorable(), timestamp: i64 }),
    }),
    timeoutMs: i32.v("10+").ignorable(),
  },
  {
    throttleTimeMs: i32.v("2+").ignorable(),
    topics: arr({
      name: str.entity("topicName"),
      partitions: arr({
        partitionIndex: i32,
        errorCode: i16,
        timestamp: i64.def(-1),
        offset: i64.def(-1),
        leaderEpoch: i32.v("4+").def(-1),
      }),
    }),
  },
);
