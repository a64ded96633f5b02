import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, str, uuid } from "../schema.ts";

/** Reads how far groups have read; several groups at once from version 8 on (KIP-709), topics by id in 10. */
export const OffsetFetch = api(
  { key: 9, name: "OffsetFetch", versions: "1-10", flexible: 6, listeners: ["broker"] },
  {
    groupId: str.v("1-7").entity("groupId"),
    topics: arr({ name: str.entity("topicName"), partitionIndexes: arr(i32) })
      .v("1-7")
      .nullable("2-7"),
    groups: arr({
      groupId: str.entity("groupId"),
      memberId: str.v("9+").nullable().def(null).ignorable(),
      memberEpoch: i32.v("9+").def(-1).ignorable(),
      topics: arr({
        name: str.v("8-9").entity("topicName").ignorable(),
        topicId: uuid.v("10+").ignorable(),
        partitionIndexes: arr(i32),
      }).nullable(),
    }).v("8+"),
    requireStable: bool.v("7+"),
  },
  {
    throttleTimeMs: i32.v("3+").ignorable(),
    topics: arr({
      name: str.entity("topicName"),
      partitions: arr({
        partitionIndex: i32,
        committedOffset: i64,
        committedLeaderEpoch: i32.v("5-7").def(-1).ignorable(),
        metadata: str.nullable(),
        errorCode: i16,
      }),
    }).v("1-7"),
    errorCode: i16.v("2-7").ignorable(),
    groups: arr({
      groupId: str.entity("groupId"),
      topics: arr({
        name: str.v("8-9").entity("topicName").ignorable(),
        topicId: uuid.v("10+").ignorable(),
        partitions: arr({
          partitionIndex: i32,
          committedOffset: i64,
          committedLeaderEpoch: i32.def(-1).ignorable(),
          metadata: str.nullable(),
          errorCode: i16,
        }),
      }),
      errorCode: i16,
    }).v("8+"),
  },
);
