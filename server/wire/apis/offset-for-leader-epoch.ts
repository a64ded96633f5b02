import { api } from "../api.ts";
import { arr, i16, i32, i64, str } from "../schema.ts";

/**
 * Finds where a leader epoch ended, so that a follower or a consumer notices that its log diverged (KIP-101, KIP-320).
 */
export const OffsetForLeaderEpoch = api(
  { key: 23, name: "OffsetForLeaderEpoch", versions: "2-4", flexible: 4, listeners: ["broker"] },
  {
    replicaId: i32.v("3+").def(-2).entity("brokerId").ignorable(),
    topics: arr({
      topic: str.entity("topicName").mapKey(),
      partitions: arr({ partition: i32, currentLeaderEpoch: i32.def(-1).ignorable(), leaderEpoch: i32 }),
    }),
  },
  {
    throttleTimeMs: i32.ignorable(),
    topics: arr({
      topic: str.entity("topicName").mapKey(),
      partitions: arr({ errorCode: i16, partition: i32, leaderEpoch: i32.def(-1).ignorable(), endOffset: i64.def(-1) }),
    }),
  },
);
