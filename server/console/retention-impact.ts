import type { Impact } from "../../lib/contracts/changes.ts";
import { formatBytes, formatNumberOf, formatRetention } from "../../lib/format.ts";
import { EARLIEST, LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { remoteBytesImpact } from "./tiered-impact.ts";
import { readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { readSizesColumn } from "./topic-columns/sizes-column.ts";
import { type TopicReader, unreadImpact } from "./topic-readers.ts";

/** A config before and after, as it holds: without a value of its own what the cluster gives. */
export type Held = {
  readonly topic: TopicMetadata;
  readonly was: string | null;
  readonly is: string | null;
  readonly policy: string;
  /** It is, or will be, in remote log storage. */
  readonly isTiered: boolean;
};

/** A limit that is stronger than the one before; negative is none. */
export function isLower(was: string | null, is: string | null): is is string {
  const [before, after] = [Number(was ?? -1), Number(is ?? -1)];
  return after >= 0 && (before < 0 || after < before);
}

/** A lower retention.ms: how many messages go, and who has not read them. */
export async function retentionTimeImpact(
  { client }: Cluster,
  held: readonly Held[],
  readers: readonly TopicReader[],
): Promise<Impact[]> {
  const lowered = held.filter(({ was, is, policy }) => isLower(was, is) && policy.includes("delete"));
  if (lowered.length === 0) return [];
  const nowMs = Date.now();
  const partitions = lowered.flatMap(({ topic, is }) =>
    topic.partitions.map(({ partitionIndex }) => ({
      topic: topic.name ?? "",
      partition: partitionIndex,
      atMs: Math.max(0, nowMs - Number(is)),
    })),
  );
  const ask = (timestampOf: (one: (typeof partitions)[number]) => number) =>
    listOffsets(
      client,
      partitions.map((one) => ({ ...one, timestampMs: timestampOf(one) })),
    );
  const [starts, kept, ends] = [await ask(() => EARLIEST), await ask(({ atMs }) => atMs), await ask(() => LATEST)];
  let lost = 0;
  const firstOf = new Map<string, number>();
  for (const [index, { topic, partition }] of partitions.entries()) {
    const [start, from, end] = [starts[index], kept[index], ends[index]];
    if (start?.errorCode !== 0 || from?.errorCode !== 0 || end?.errorCode !== 0) continue;
    const first = from.offset < 0 ? end.offset : from.offset;
    lost += Math.max(0, first - start.offset);
    firstOf.set(`${topic}/${partition}`, first);
  }
  const [first] = lowered;
  const limit = lowered.length === 1 && first ? formatRetention(Number(first.is)) : "the new limit";
  if (lost === 0) return [{ severity: "info", text: `No message is older than ${limit} now.` }];
  const text = `${formatNumberOf(lost, "message")} older than ${limit} go for good, segment by segment, from the next check of the brokers on (log.retention.check.interval.ms).`;
  return [{ severity: "critical", text }, ...unreadImpact(readers, firstOf)];
}

/** A lower retention.bytes: how much goes, and who has not read it. Brokers drop whole segments: what goes is told by its share of the partition. */
export async function retentionSizeImpact(
  cluster: Cluster,
  held: readonly Held[],
  readers: readonly TopicReader[],
): Promise<Impact[]> {
  const lowered = held.filter(({ was, is, policy }) => isLower(was, is) && policy.includes("delete"));
  if (lowered.length === 0) return [];
  const topics = lowered.map(({ topic }) => topic);
  const [sizes, offsets] = await Promise.all([
    readSizesColumn(cluster, topics, { only: true }),
    readOffsetsColumn(cluster, topics),
  ]);
  const firstOf = new Map<string, number>();
  let over = 0;
  let partitions = 0;
  for (const { topic, is } of lowered) {
    const replicas = sizes.values.get(topic.name ?? "") ?? [];
    for (const { partitionIndex, leaderId } of topic.partitions) {
      const size =
        replicas.find(({ broker, partition }) => broker === leaderId && partition === partitionIndex)?.sizeBytes ?? 0;
      if (size > Number(is)) {
        over += size - Number(is);
        partitions += 1;
        const { start, end } = offsets.values.get(topic.name ?? "")?.get(partitionIndex) ?? { start: 0, end: 0 };
        firstOf.set(`${topic.name ?? ""}/${partitionIndex}`, start + (end - start) * (1 - Number(is) / size));
      }
    }
  }
  const remote = remoteBytesImpact(lowered.filter(({ isTiered }) => isTiered).length);
  if (partitions === 0)
    return remote.length > 0 ? remote : [{ severity: "info", text: "No partition is larger than the new limit now." }];
  const text = `About ${formatBytes(over)} in ${formatNumberOf(partitions, "partition")} are over the new limit: the oldest messages go for good.`;
  return [{ severity: "critical", text }, ...unreadImpact(readers, firstOf), ...remote];
}
