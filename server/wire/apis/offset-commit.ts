import { api } from "../api.ts";
import { arr, i16, i32, i64, str, uuid } from "../schema.ts";

/** an offset committed by a group; the value is null when it was deleted or has expired. */
export const OffsetCommit = api(
  { key: 8, name: "OffsetCommit", versions: "2-10", flexible: 8, listeners: ["broker"] },
  {
    groupId: str.entity("groupId"),
    generationIdOrMemberEpoch: i32.def(-1).ignorable(),
    memberId: str.ignorable(),
    groupInstanceId: str.v("7+").nullable().def(null),
    retentionTimeMs: i64.v("2-4").def(-1).ignorable(),
    topics: arr({
      name: str.v("2-9").entity("topicName").ignorable(),
      topicId: uuid.v("10+").ignorable(),
      partitions: arr({
        partitionIndex: i32,
        committedOffset: i64,
        committedLeaderEpoch: i32.v("6+").def(-1).ignorable(),
        committedMetadata: str.nullable(),
      }),
    }),
  },
  {
    throttleTimeMs: i32.v("3+").ignorable(),
    topics: arr({
      name: str.v("2-9").entity("topicName").ignorable(),
      topicId: uuid.v("10+").ignorable(),
      partitions: arr({ partitionIndex: i32, errorCode: i16 }),
    }),
  },
);
