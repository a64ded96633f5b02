import { EARLIEST_LOCAL, LATEST_TIERED, listOffsets } from "../client/admin/list-offsets.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import { inParallel } from "./in-parallel.ts";
import type { ColumnSource } from "./topic-columns/column.ts";

const TOPICS_AT_ONCE = 8;

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

/** Offsets of a partition that a deletion takes: from `start` until before `upTo`. */
export type DeletedSpan = {
  readonly topic: string;
  readonly partition: number;
  readonly start: number;
  readonly upTo: number;
};

/** Messages that go with a deletion and are in remote storage, and those of them that no broker has itself. Null: a broker does not tell. */
export type RemoteRecords = { readonly remote: number | null; readonly onlyRemote: number | null };

/** Counts what of a deletion is in remote storage, by its offsets: Kafka tells neither segments nor bytes there. */
export function remoteRecordsOf(
  spans: readonly DeletedSpan[],
  tierOf: (span: DeletedSpan) => TieredOffsets | undefined,
): RemoteRecords {
  const totals: { remote: number | null; onlyRemote: number | null } = { remote: 0, onlyRemote: 0 };
  for (const span of spans) {
    const { localStart = null, lastTiered = null } = tierOf(span) ?? {};
    const until = (end: number | null) => (end === null ? null : Math.max(0, Math.min(span.upTo, end) - span.start));
    totals.remote = plus(totals.remote, until(lastTiered === null ? null : lastTiered + 1));
    totals.onlyRemote = plus(totals.onlyRemote, until(localStart === null || localStart < 0 ? null : localStart));
  }
  return totals;
}

function plus(sum: number | null, more: number | null): number | null {
  return sum === null || more === null ? null : sum + more;
}

/** The tiered offsets of several topics' partitions, by `topic/partition`. Rejects with a ClientError. */
export async function readTiers(
  source: ColumnSource,
  topics: readonly TopicMetadata[],
): Promise<ReadonlyMap<string, TieredOffsets>> {
  const read = await inParallel(topics, TOPICS_AT_ONCE, async (topic) => {
    const tiers = await readTieredOffsets(source, topic);
    return [...tiers].map(([partition, tier]) => [`${topic.name}/${partition}`, tier] as const);
  });
  return new Map(read.flat());
}
