import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, i8, str } from "../schema.ts";

/** Writes the markers that end transactions into partitions; from coordinator to leaders (KIP-98). */
export const WriteTxnMarkers = api(
  { key: 27, name: "WriteTxnMarkers", versions: "1-2", flexible: 1, listeners: ["broker"] },
  {
    markers: arr({
      producerId: i64.entity("producerId"),
      producerEpoch: i16,
      transactionResult: bool,
      topics: arr({ name: str.entity("topicName"), partitionIndexes: arr(i32) }),
      coordinatorEpoch: i32,
      transactionVersion: i8.v("2+").ignorable(),
    }),
  },
  {
    markers: arr({
      producerId: i64.entity("producerId"),
      topics: arr({ name: str.entity("topicName"), partitions: arr({ partitionIndex: i32, errorCode: i16 }) }),
    }),
  },
);
