import { api } from "../api.ts";
import { arr, i16, i32, i64, str, uuid } from "../schema.ts";

/** Reads only offset and epoch of share partitions from their share coordinator (KIP-932). */
export const ReadShareGroupStateSummary = api(
  { key: 87, name: "ReadShareGroupStateSummary", versions: "0-1", flexible: 0, listeners: ["broker"] },
  { groupId: str, topics: arr({ topicId: uuid, partitions: arr({ partition: i32, leaderEpoch: i32 }) }) },
  {
    results: arr({
      topicId: uuid,
      partitions: arr({
        partition: i32,
        errorCode: i16,
        errorMessage: str.nullable().def(null),
        stateEpoch: i32,
        leaderEpoch: i32,
        startOffset: i64,
        deliveryCompleteCount: i32.v("1+").def(-1).ignorable(),
      }),
    }),
  },
);
