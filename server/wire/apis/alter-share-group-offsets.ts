import { api } from "../api.ts";
import { arr, i16, i32, i64, str, uuid } from "../schema.ts";

/** Sets from where an empty share group reads (KIP-932). */
export const AlterShareGroupOffsets = api(
  { key: 91, name: "AlterShareGroupOffsets", versions: "0", flexible: 0, listeners: ["broker"] },
  {
    groupId: str.entity("groupId"),
    topics: arr({
      topicName: str.entity("topicName").mapKey(),
      partitions: arr({ partitionIndex: i32, startOffset: i64 }),
    }),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable().def(null),
    responses: arr({
      topicName: str.entity("topicName").mapKey(),
      topicId: uuid,
      partitions: arr({ partitionIndex: i32, errorCode: i16, errorMessage: str.nullable().def(null) }),
    }),
  },
);
