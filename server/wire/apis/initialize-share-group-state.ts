import { api } from "../api.ts";
import { arr, i16, i32, i64, str, uuid } from "../schema.ts";

/** Starts the state of share partitions at their share coordinator (KIP-932). */
export const InitializeShareGroupState = api(
  { key: 83, name: "InitializeShareGroupState", versions: "0", flexible: 0, listeners: ["broker"] },
  {
    groupId: str,
    topics: arr({ topicId: uuid, partitions: arr({ partition: i32, stateEpoch: i32, startOffset: i64 }) }),
  },
  {
    results: arr({
      topicId: uuid,
      partitions: arr({ partition: i32, errorCode: i16, errorMessage: str.nullable().def(null) }),
    }),
  },
);
