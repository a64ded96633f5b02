import type { PartitionProducer, Transaction, TransactionList } from "../../lib/contracts/operations.ts";
import type { Problem } from "../../lib/problem.ts";
import { succeed } from "../../lib/result.ts";
import { type ActiveProducer, describeProducers } from "../client/admin/describe-producers.ts";
import {
  type DescribedTransaction,
  describeTransactions,
  type ListedTransaction,
  listTransactions as listAll,
} from "../client/admin/transactions.ts";
import { ClientError } from "../client/client-error.ts";
import type { Cluster } from "./cluster.ts";
import { settle } from "./settled.ts";
import { kafkaProblem, toProblem } from "./to-problem.ts";
import { defineUseCase } from "./use-case.ts";

/** Partitions that are asked for their producers: a cluster of 20,000 is asked topic by topic. */
const PARTITIONS_MAX = 2_000;

type Input = { readonly cluster: string; readonly topic: string | null };

/** Transactions of all coordinators, the producers of partitions, and which of them left a transaction open that nobody will end. */
export const listTransactions = defineUseCase<Input, TransactionList>({
  failed: () => "Transactions could not be listed",
  async run({ cluster }, { topic }, title) {
    const { transactions: listed, failures, untold } = await listServed(cluster);
    const described = await describeTransactions(cluster.client, listed);
    const { topics } = await cluster.topics.get();
    const partitions = topics
      .filter(({ name, errorCode }) => errorCode === 0 && (topic === null || name === topic))
      .flatMap(({ name, partitions: own }) =>
        own.map(({ partitionIndex }) => ({ topic: name ?? "", partition: partitionIndex })),
      );
    const asked = partitions.slice(0, PARTITIONS_MAX);
    const attempt = { title: "Producers of partitions could not be read", identity: cluster.identity };
    const producers = await settle(describeProducers(cluster.client, asked), attempt);
    return succeed({
      transactions: listed.map((one) => transactionOf(one, described)).sort((a, b) => rankOf(a) - rankOf(b)),
      untold,
      producers: producersOf(producers.value ?? [], listed, described),
      partitionsAsked: asked.length,
      partitionsTotal: partitions.length,
      problems: [...failureProblems(cluster, title, failures), ...producers.problems],
      readAtMs: Date.now(),
    });
  },
});

/** What coordinators list. A cluster without them still has producers to tell of. */
async function listServed({ client }: Cluster) {
  try {
    return { ...(await listAll(client)), untold: null };
  } catch (error) {
    if (!(error instanceof ClientError) || error.kind !== "unsupported") throw error;
    const untold = "The cluster does not serve ListTransactions: it has no transaction coordinator, or an old one.";
    return { transactions: [], failures: [], untold };
  }
}

/** Open ones first, the oldest on top. */
function rankOf({ state, startedAtMs }: Transaction): number {
  return state === "Ongoing" ? (startedAtMs ?? 0) - Number.MAX_SAFE_INTEGER : -(startedAtMs ?? 0);
}

function transactionOf(listed: ListedTransaction, described: readonly DescribedTransaction[]): Transaction {
  const detail = described.find(
    ({ transactionalId, errorCode }) => errorCode === 0 && transactionalId === listed.transactionalId,
  );
  return {
    transactionalId: listed.transactionalId,
    state: detail?.transactionState ?? listed.transactionState,
    coordinator: listed.coordinator,
    producerId: listed.producerId,
    producerEpoch: detail?.producerEpoch ?? null,
    timeoutMs: detail?.transactionTimeoutMs ?? null,
    startedAtMs: detail === undefined || detail.transactionStartTimeMs < 0 ? null : detail.transactionStartTimeMs,
    partitions: (detail?.topics ?? []).flatMap(({ topic, partitions }) =>
      partitions.map((partition) => `${topic}-${partition}`),
    ),
  };
}

/** Producers with an open transaction first, then those that wrote last. */
function producersOf(
  active: readonly ActiveProducer[],
  listed: readonly ListedTransaction[],
  described: readonly DescribedTransaction[],
): PartitionProducer[] {
  const byProducer = new Map(listed.map((one) => [one.producerId, one]));
  return active
    .map((producer): PartitionProducer => {
      const own = byProducer.get(producer.producerId);
      const detail = described.find(({ transactionalId }) => transactionalId === own?.transactionalId);
      const { topic, partition, producerId, producerEpoch, lastSequence, lastTimestampMs, transactionStartOffset } =
        producer;
      return {
        topic,
        partition,
        producerId,
        producerEpoch,
        lastSequence,
        lastTimestampMs: lastTimestampMs < 0 ? null : lastTimestampMs,
        transactionStartOffset,
        transactionalId: own?.transactionalId ?? null,
        hanging: transactionStartOffset === null ? null : hangingReason(producer, own, detail),
      };
    })
    .sort((a, b) => openRank(a) - openRank(b) || (b.lastTimestampMs ?? 0) - (a.lastTimestampMs ?? 0));
}

function openRank({ hanging, transactionStartOffset }: PartitionProducer): number {
  return hanging !== null ? 0 : transactionStartOffset !== null ? 1 : 2;
}

/** Why nobody will end an open transaction, as kafka-transactions.sh find-hanging judges (KIP-664); null when its coordinator will. */
export function hangingReason(
  { topic, partition, producerEpoch }: Pick<ActiveProducer, "topic" | "partition" | "producerEpoch">,
  listed: Pick<ListedTransaction, "transactionalId" | "transactionState"> | undefined,
  described: DescribedTransaction | undefined,
): string | null {
  if (listed === undefined) return "No coordinator knows its producer.";
  if (described === undefined || described.errorCode !== 0) return null;
  if (described.transactionState !== "Ongoing" && !described.transactionState.startsWith("Prepare"))
    return `Its coordinator says that ${listed.transactionalId} is ${described.transactionState}.`;
  if (described.producerEpoch > producerEpoch)
    return `Its coordinator is at producer epoch ${described.producerEpoch}, the partition at ${producerEpoch}.`;
  const isKnown = described.topics.some((one) => one.topic === topic && one.partitions.includes(partition));
  return isKnown ? null : `Its coordinator does not know that ${listed.transactionalId} wrote to this partition.`;
}

function failureProblems(
  { identity }: Cluster,
  title: string,
  failures: Awaited<ReturnType<typeof listAll>>["failures"],
): Problem[] {
  return failures.flatMap(({ broker, failure }) => {
    const attempt = {
      title,
      facts: [["broker", String(broker)]] as const,
      needs: { operation: "Describe", resource: "cluster" as const },
      identity,
    };
    const found = failure instanceof ClientError ? toProblem(failure, attempt) : kafkaProblem(failure, null, attempt);
    return found ? [found] : [];
  });
}
