import { api } from "../api.ts";
import { arr, i16, i32, i64, i8, str, uuid } from "../schema.ts";

/** Writes the state of share partitions to their share coordinator (KIP-932). */
export const WriteShareGroupState = api(
  { key: 85, name: "WriteShareGroupState", versions: "0-1", flexible: 0, listeners: ["broker"] },
  {
    groupId: str,
    topics: arr({
      topicId: uuid,
      partitions: arr({
        partition: i32,
        stateEpoch: i32,
        leaderEpoch: i32,
        startOffset: i64,
        deliveryCompleteCount: i32.v("1+").def(-1).ignorable(),
        stateBatches: arr({ firstOffset: i64, lastOffset: i64, deliveryState: i8, deliveryCount: i16 }),
      }),
    }),
  },
  {
    results: arr({
      topicId: uuid,
      partitions: arr({ partition: i32, errorCode: i16, errorMessage: str.nullable().def(null) }),
    }),
  },
);
