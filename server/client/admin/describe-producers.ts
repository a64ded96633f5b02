import { DescribeProducers } from "../../wire/apis/describe-producers.ts";
import { ClientError } from "../client-error.ts";
import type { ClusterClient } from "../cluster-client.ts";
import { groupByLeader, groupByTopic, type PartitionItem } from "./group-by-node.ts";

/** A producer that a partition's leader remembers: an idempotent or transactional one that wrote to it (KIP-664). */
export type ActiveProducer = PartitionItem & {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Of its last batch; -1 when not known. */
  readonly lastSequence: number;
  /** Of the coordinator whose marker came last; -1 before the first. */
  readonly coordinatorEpoch: number;
  /** Where its open transaction begins; null without one. */
  readonly transactionStartOffset: number | null;
  /** Of its last batch; -1 when not known. */
  readonly lastTimestampMs: number;
  /** It has a transaction open in the partition. */
  readonly isTransacting: boolean;
};

/** Producers of partitions, one request a leader; partitions that cannot be asked are left out. The first broker that does not serve the API rejects with ClientError `unsupported`. */
export async function describeProducers(
  client: ClusterClient,
  partitions: readonly PartitionItem[],
): Promise<ActiveProducer[]> {
  const byLeader = await groupByLeader(client, partitions, client.deadline());
  const answers = await Promise.all(
    [...byLeader].map(async ([node, items]) => {
      if (node === undefined) return [];
      const topics = [...groupByTopic(items)].map(([name, own]) => ({
        name,
        partitionIndexes: own.map(({ partition }) => partition),
      }));
      try {
        const response = await client.send(DescribeProducers, { topics }, { to: { node } });
        return response.topics.flatMap(({ name, partitions: found }) =>
          found.flatMap(({ partitionIndex, activeProducers }) =>
            activeProducers.map(({ lastTimestamp, currentTxnStartOffset, ...own }) => ({
              topic: name,
              partition: partitionIndex,
              ...own,
              transactionStartOffset: currentTxnStartOffset >= 0 ? currentTxnStartOffset : null,
              lastTimestampMs: lastTimestamp,
              isTransacting: currentTxnStartOffset >= 0,
            })),
          ),
        );
      } catch (error) {
        // A broker that is away hides its own producers, not those of the others.
        if (error instanceof ClientError && error.kind !== "unsupported") return [];
        throw error;
      }
    }),
  );
  return answers.flat();
}
