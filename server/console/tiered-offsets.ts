import { EARLIEST_LOCAL, LATEST_TIERED, listOffsets } from "../client/admin/list-offsets.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { ColumnSource } from "./topic-columns/column.ts";

/** What of a partition is where, on a cluster with remote log storage (KIP-405). Null: the broker does not tell. */
export type TieredOffsets = {
  /** First offset that the leader still has in its own log. */
  readonly localStart: number | null;
  /** Last offset that is in remote storage; -1 when nothing is. Brokers before 3.9 do not tell (KIP-1005). */
  readonly lastTiered: number | null;
};

/** Asks the leaders of a topic's partitions what they have themselves, and what is in remote storage. By partition. */
export async function readTieredOffsets(
  { client }: ColumnSource,
  { name, partitions }: TopicMetadata,
): Promise<ReadonlyMap<number, TieredOffsets>> {
  const led = partitions.filter(({ leaderId }) => leaderId >= 0).map(({ partitionIndex }) => partitionIndex);
  const ask = (timestampMs: number) => led.map((partition) => ({ topic: name ?? "", partition, timestampMs }));
  // Each by itself: a broker that does not know the one may know the other.
  const [local, tiered] = await Promise.all([
    listOffsets(client, ask(EARLIEST_LOCAL)),
    listOffsets(client, ask(LATEST_TIERED)),
  ]);
  const told = (answer: (typeof local)[number] | undefined) => (answer?.errorCode === 0 ? answer.offset : null);
  return new Map(
    led.map((partition, index) => [partition, { localStart: told(local[index]), lastTiered: told(tiered[index]) }]),
  );
}
