import { recordType } from "../../record-type.ts";
import { arr, i16, i32, i64, i8, str } from "../../schema.ts";

/** Key of the state of a transactional id and the partitions of its running transaction (KIP-98, KIP-890). */
export const TransactionLogKey = recordType(
  { kind: "coordinator-key", apiKey: 0, name: "TransactionLogKey", versions: "0", flexible: "never" },
  { transactionalId: str },
);

/** Value of the state of a transactional id and the partitions of its running transaction (KIP-98, KIP-890). */
export const TransactionLogValue = recordType(
  { kind: "coordinator-value", apiKey: 0, name: "TransactionLogValue", versions: "0-1", flexible: 1 },
  {
    producerId: i64,
    previousProducerId: i64.def(-1).tag(0, "1+"),
    nextProducerId: i64.def(-1).tag(1, "1+"),
    producerEpoch: i16,
    nextProducerEpoch: i16.def(-1).tag(3, "1+"),
    transactionTimeoutMs: i32,
    transactionStatus: i8,
    transactionPartitions: arr({ topic: str, partitionIds: arr(i32) }).nullable(),
    transactionLastUpdateTimestampMs: i64,
    transactionStartTimestampMs: i64,
    clientTransactionVersion: i16.tag(2, "1+"),
  },
);
