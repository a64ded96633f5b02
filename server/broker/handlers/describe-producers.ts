import { DescribeProducers } from "../../wire/apis/describe-producers.ts";
import { NONE, TOPIC_AUTHORIZATION_FAILED } from "../../wire/errors.ts";
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
      const partition = context.services.replicas.leader({ topic: name, partition: partitionIndex });
      if (isRefusal(partition)) return { partitionIndex, errorCode: partition.errorCode };
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
