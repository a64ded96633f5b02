import { api } from "../api.ts";
import { arr, i16, i32, str } from "../schema.ts";

/** Deletes offsets of a group for partitions that it no longer reads (KIP-496). Never flexible. */
export const OffsetDelete = api(
  { key: 47, name: "OffsetDelete", versions: "0", flexible: "never", listeners: ["broker"] },
  {
    groupId: str.entity("groupId"),
    topics: arr({ name: str.entity("topicName").mapKey(), partitions: arr({ partitionIndex: i32 }) }),
  },
  {
    errorCode: i16,
    throttleTimeMs: i32.ignorable(),
    topics: arr({
      name: str.entity("topicName").mapKey(),
      partitions: arr({ partitionIndex: i32.mapKey(), errorCode: i16 }),
    }),
  },
);
