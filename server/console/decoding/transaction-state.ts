import { formatNumberOf } from "../../../lib/format.ts";
import { coordinatorTopic, type InWords } from "./coordinator-topic.ts";

/** Kafka's TransactionState by its number. */
const states = [
  "empty",
  "ongoing",
  "about to commit",
  "about to abort",
  "committed",
  "aborted",
  "dead",
  "about to fence its producer",
];

const inWords: InWords = ({ fields }, part) => {
  if (part === "key") return `transactional id ${String(fields.transactionalId)}`;
  const topics = Array.isArray(fields.transactionPartitions) ? fields.transactionPartitions : [];
  const partitions = topics.reduce((sum: number, topic: unknown) => sum + partitionsOf(topic), 0);
  const state = states[Number(fields.transactionStatus)] ?? `state ${String(fields.transactionStatus)}`;
  const where = partitions === 0 ? "" : `, ${formatNumberOf(partitions, "partition")}`;
  return `${state}, producer ${String(fields.producerId)} epoch ${String(fields.producerEpoch)}${where}`;
};

function partitionsOf(topic: unknown): number {
  const isTopic = typeof topic === "object" && topic !== null && "partitionIds" in topic;
  return isTopic && Array.isArray(topic.partitionIds) ? topic.partitionIds.length : 0;
}

/** `__transaction_state`: where each transactional id stands. */
export const transactionState = coordinatorTopic(
  { name: "transaction-state", topic: "__transaction_state", inWords },
  "transaction",
);
