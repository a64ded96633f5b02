import { api } from "../api.ts";
import { arr, i16, i32, i64, str } from "../schema.ts";

/** Describes transactions by transactional id (KIP-664). */
export const DescribeTransactions = api(
  { key: 65, name: "DescribeTransactions", versions: "0", flexible: 0, listeners: ["broker"] },
  { transactionalIds: arr(str).entity("transactionalId") },
  {
    throttleTimeMs: i32,
    transactionStates: arr({
      errorCode: i16,
      transactionalId: str.entity("transactionalId"),
      transactionState: str,
      transactionTimeoutMs: i32,
      transactionStartTimeMs: i64,
      producerId: i64.entity("producerId"),
      producerEpoch: i16,
      topics: arr({ topic: str.entity("topicName").mapKey(), partitions: arr(i32) }),
    }),
  },
);
