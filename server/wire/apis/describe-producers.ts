import { api } from "../api.ts";
import { arr, i16, i32, i64, str } from "../schema.ts";

/** Describes the producers that a partition remembers (KIP-664). */
export const DescribeProducers = api(
  { key: 61, name: "DescribeProducers", versions: "0", flexible: 0, listeners: ["broker"] },
  { topics: arr({ name: str.entity("topicName"), partitionIndexes: arr(i32) }) },
  {
    throttleTimeMs: i32,
    topics: arr({
      name: str.entity("topicName"),
      partitions: arr({
        partitionIndex: i32,
        errorCode: i16,
        errorMessage: str.nullable().def(null),
        activeProducers: arr({
          producerId: i64.entity("producerId"),
          producerEpoch: i32,
          lastSequence: i32.def(-1),
          lastTimestamp: i64.def(-1),
          coordinatorEpoch: i32,
          currentTxnStartOffset: i64.def(-1),
        }),
      }),
    }),
  },
);
