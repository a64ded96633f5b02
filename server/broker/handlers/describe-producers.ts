import { DescribeProducers } from "../../wire/apis/describe-producers.ts";
import {
  errorMessage as errorMessageOf,
  NONE,
  TOPIC_AUTHORIZATION_FAILED,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import type { ProducerEntry } from "../log/producer-state.ts";
import { handler } from "../network/handler.ts";
import { isRefusal } from "../refusal.ts";
import type { BrokerContext } from "./services.ts";

/** Tells which idempotent producers a partition remembers, and their open transactions (KIP-664). */
export const describeProducers = handler(DescribeProducers, (request, context: BrokerContext, reply) => {
  const topics = request.topics.map(({ name, partitionIndexes }) => ({
    name,
    partitions: partitionIndexes.map((partitionIndex) => {
      if (!context.may("read", { topic: name })) return { partitionIndex, errorCode: TOPIC_AUTHORIZATION_FAILED };
      if (!context.services.image().topicsByName.has(name)) {
        const errorMessage = errorMessageOf(UNKNOWN_TOPIC_OR_PARTITION);
        return { partitionIndex, errorCode: UNKNOWN_TOPIC_OR_PARTITION, errorMessage };
      }
      const partition = context.services.replicas.leader({ topic: name, partition: partitionIndex });
      if (isRefusal(partition))
        return { partitionIndex, errorCode: partition.errorCode, errorMessage: partition.message ?? null };
      return { partitionIndex, errorCode: NONE, activeProducers: partition.log.producerStates.entries().map(toWire) };
    }),
  }));
  reply({ topics });
});

function toWire(entry: Readonly<ProducerEntry>) {
  return {
    producerId: entry.producerId,
    producerEpoch: entry.producerEpoch,
    lastSequence: entry.batches.at(-1)?.lastSequence ?? -1,
    lastTimestamp: entry.lastTimestampMs,
    coordinatorEpoch: entry.coordinatorEpoch,
    currentTxnStartOffset: entry.transactionFirstOffset ?? -1,
  };
}
