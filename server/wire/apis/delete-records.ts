import { api } from "../api.ts";
import { arr, i16, i32, i64, str } from "../schema.ts";

/** Moves the beginning of partitions forward, so that older records are gone (KIP-107). */
export const DeleteRecords = api(
  { key: 21, name: "DeleteRecords", versions: "0-2", flexible: 2, listeners: ["broker"] },
  {
    topics: arr({ name: str.entity("topicName"), partitions: arr({ partitionIndex: i32, offset: i64 }) }),
    timeoutMs: i32,
  },
  {
    throttleTimeMs: i32,
    topics: arr({
      name: str.entity("topicName").mapKey(),
      partitions: arr({ partitionIndex: i32.mapKey(), lowWatermark: i64, errorCode: i16 }),
    }),
  },
);
