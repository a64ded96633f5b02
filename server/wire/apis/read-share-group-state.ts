import { api } from "../api.ts";
import { arr, i16, i32, i64, i8, str, uuid } from "../schema.ts";

/** Reads the state of share partitions from their share coordinator (KIP-932). */
export const ReadShareGroupState = api(
  { key: 84, name: "ReadShareGroupState", versions: "0", flexible: 0, listeners: ["broker"] },
  { groupId: str, topics: arr({ topicId: uuid, partitions: arr({ partition: i32, leaderEpoch: i32 }) }) },
  {
    results: arr({
      topicId: uuid,
      partitions: arr({
        partition: i32,
        errorCode: i16,
        errorMessage: str.nullable().def(null),
        stateEpoch: i32,
        startOffset: i64,
        stateBatches: arr({ firstOffset: i64, lastOffset: i64, deliveryState: i8, deliveryCount: i16 }),
      }),
    }),
  },
);
