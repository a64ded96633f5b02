import { api } from "../api.ts";
import { arr, i16, i32, i64, str, uuid } from "../schema.ts";

/** Tells from where share groups read (KIP-932). */
export const DescribeShareGroupOffsets = api(
  { key: 90, name: "DescribeShareGroupOffsets", versions: "0-1", flexible: 0, listeners: ["broker"] },
  {
    groups: arr({
      groupId: str.entity("groupId"),
      topics: arr({ topicName: str.entity("topicName"), partitions: arr(i32) }).nullable(),
    }),
  },
  {
    throttleTimeMs: i32,
    groups: arr({
      groupId: str.entity("groupId"),
      topics: arr({
        topicName: str.entity("topicName"),
        topicId: uuid,
        partitions: arr({
          partitionIndex: i32,
          startOffset: i64,
          leaderEpoch: i32,
          lag: i64.v("1+").def(-1).ignorable(),
          errorCode: i16,
          errorMessage: str.nullable().def(null),
        }),
      }),
      errorCode: i16,
      errorMessage: str.nullable().def(null),
    }),
  },
);
