import { api } from "../api.ts";
import { arr, i16, i32, i64, str } from "../schema.ts";

/** Commits offsets of a group as a part of a transaction (KIP-98, KIP-447). */
export const TxnOffsetCommit = api(
  { key: 28, name: "TxnOffsetCommit", versions: "0-5", flexible: 3, listeners: ["broker"] },
  {
    transactionalId: str.entity("transactionalId"),
    groupId: str.entity("groupId"),
    producerId: i64.entity("producerId"),
    producerEpoch: i16,
    generationId: i32.v("3+").def(-1),
    memberId: str.v("3+"),
    groupInstanceId: str.v("3+").nullable().def(null),
    topics: arr({
      name: str.entity("topicName"),
      partitions: arr({
        partitionIndex: i32,
        committedOffset: i64,
        committedLeaderEpoch: i32.v("2+").def(-1).ignorable(),
        committedMetadata: str.nullable(),
      }),
    }),
  },
  {
    throttleTimeMs: i32,
    topics: arr({ name: str.entity("topicName"), partitions: arr({ partitionIndex: i32, errorCode: i16 }) }),
  },
);
