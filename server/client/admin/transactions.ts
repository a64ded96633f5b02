import type { ResponseOf } from "../../wire/api.ts";
import { DescribeTransactions } from "../../wire/apis/describe-transactions.ts";
import { InitProducerId } from "../../wire/apis/init-producer-id.ts";
import { ListTransactions } from "../../wire/apis/list-transactions.ts";
import { WriteTxnMarkers } from "../../wire/apis/write-txn-markers.ts";
import { ClientError } from "../client-error.ts";
import type { ClusterClient } from "../cluster-client.ts";
import type { PartitionItem } from "./group-by-node.ts";

/** transaction.timeout.ms of whoever fences: nothing is written under it. */
const FENCE_TIMEOUT_MS = 60_000;

/** A transaction as its coordinator lists it. */
export type ListedTransaction = ResponseOf<typeof ListTransactions>["transactionStates"][number] & {
  readonly coordinator: number;
};

/** A transaction as its coordinator describes it. */
export type DescribedTransaction = ResponseOf<typeof DescribeTransactions>["transactionStates"][number];

/** What all coordinators list, and those that gave no answer. */
export type ListedTransactions = {
  readonly transactions: readonly ListedTransaction[];
  readonly failures: readonly { readonly broker: number; readonly failure: ClientError | number }[];
};

/** Asks every broker for the transactions that it coordinates, all or of these producers. Rejects with ClientError `unsupported` when a broker does not serve the API. */
export async function listTransactions(
  client: ClusterClient,
  producerIds: readonly number[] = [],
): Promise<ListedTransactions> {
  if (client.metadata.brokers.size === 0) await client.refresh([]);
  const request = { stateFilters: [], producerIdFilters: [...producerIds] };
  const failures: { broker: number; failure: ClientError | number }[] = [];
  const found = await Promise.all(
    [...client.metadata.brokers.keys()].map(async (broker) => {
      try {
        const answer = await client.send(ListTransactions, request, { to: { node: broker } });
        if (answer.errorCode !== 0) failures.push({ broker, failure: answer.errorCode });
        return answer.transactionStates.map((state) => ({ ...state, coordinator: broker }));
      } catch (error) {
        if (!(error instanceof ClientError) || error.kind === "unsupported") throw error;
        failures.push({ broker, failure: error });
        return [];
      }
    }),
  );
  return { transactions: found.flat(), failures };
}

/** Describes listed transactions, one request a coordinator. A coordinator that fails hides its own. */
export async function describeTransactions(
  client: ClusterClient,
  listed: readonly ListedTransaction[],
): Promise<DescribedTransaction[]> {
  const byCoordinator = new Map<number, ListedTransaction[]>();
  for (const one of listed) byCoordinator.set(one.coordinator, [...(byCoordinator.get(one.coordinator) ?? []), one]);
  const found = await Promise.all(
    [...byCoordinator].map(async ([node, own]) => {
      try {
        const transactionalIds = own.map(({ transactionalId }) => transactionalId);
        return (await client.send(DescribeTransactions, { transactionalIds }, { to: { node } })).transactionStates;
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        return [];
      }
    }),
  );
  return found.flat();
}

/** A producer's open transaction in one partition. */
export type OpenTransaction = PartitionItem & {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Of the coordinator, as the partition knows it; -1 when it has seen no marker of it. */
  readonly coordinatorEpoch: number;
};

/** Writes an abort marker to the partition's leader, as kafka-transactions.sh does for hanging ones; answers the error code. */
export async function abortTransaction(client: ClusterClient, open: OpenTransaction): Promise<number> {
  const { topic, partition, producerId, producerEpoch, coordinatorEpoch } = open;
  const marker = {
    producerId,
    producerEpoch,
    transactionResult: false,
    topics: [{ name: topic, partitionIndexes: [partition] }],
    coordinatorEpoch: Math.max(0, coordinatorEpoch),
  };
  const answer = await client.ask(
    WriteTxnMarkers,
    { markers: [marker] },
    { to: { topic, partition }, errorCodes: (response) => codesOf(response) },
  );
  return codesOf(answer)[0] ?? 0;
}

/** Fences the producers of a transactional id, as Admin.fenceProducers does: a new epoch, so that theirs is refused and their transaction aborted. Answers the error code. */
export async function fenceProducer(client: ClusterClient, transactionalId: string): Promise<number> {
  const answer = await client.ask(
    InitProducerId,
    { transactionalId, transactionTimeoutMs: FENCE_TIMEOUT_MS },
    { to: { coordinator: "transaction", key: transactionalId }, errorCodes: ({ errorCode }) => [errorCode] },
  );
  return answer.errorCode;
}

function codesOf({ markers }: ResponseOf<typeof WriteTxnMarkers>): number[] {
  return markers.flatMap(({ topics }) =>
    topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode)),
  );
}
