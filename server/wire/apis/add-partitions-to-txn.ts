import { api } from "../api.ts";
import { arr, bool, i16, i32, i64, str } from "../schema.ts";

const addPartitionsToTxnTopic = { name: str.entity("topicName").mapKey(), partitions: arr(i32) };

const addPartitionsToTxnPartitionResult = { partitionIndex: i32.mapKey(), partitionErrorCode: i16 };

const addPartitionsToTxnTopicResult = {
  name: str.entity("topicName").mapKey(),
  resultsByPartition: arr(addPartitionsToTxnPartitionResult),
};

/**
 * Adds partitions to a transaction (KIP-98); from version 4 on brokers send it, for several transactions at once
 * (KIP-890).
 */
export const AddPartitionsToTxn = api(
  { key: 24, name: "AddPartitionsToTxn", versions: "0-5", flexible: 3, listeners: ["broker"] },
  {
    transactions: arr({
      transactionalId: str.entity("transactionalId").mapKey(),
      producerId: i64.entity("producerId"),
      producerEpoch: i16,
      verifyOnly: bool,
      topics: arr(addPartitionsToTxnTopic),
    }).v("4+"),
    v3AndBelowTransactionalId: str.v("0-3").entity("transactionalId"),
    v3AndBelowProducerId: i64.v("0-3").entity("producerId"),
    v3AndBelowProducerEpoch: i16.v("0-3"),
    v3AndBelowTopics: arr(addPartitionsToTxnTopic).v("0-3"),
  },
  {
    throttleTimeMs: i32,
    errorCode: i16.v("4+").ignorable(),
    resultsByTransaction: arr({
      transactionalId: str.entity("transactionalId").mapKey(),
      topicResults: arr(addPartitionsToTxnTopicResult),
    }).v("4+"),
    resultsByTopicV3AndBelow: arr(addPartitionsToTxnTopicResult).v("0-3"),
  },
);
