import { prepareReading, type ReadRecord, readRecords } from "../client/read-records.ts";
import { readPartitions } from "../client/read-partitions.ts";
import { groupByTopic } from "../client/admin/group-by-node.ts";
import type { Cluster } from "./cluster.ts";
import { partitionKey } from "./engine/sampler/snapshot.ts";
import { inParallel } from "./in-parallel.ts";

/** An offset of which the record is wanted. */
export type LandingPlace = { readonly topic: string; readonly partition: number; readonly offset: number };

/** What was found: the first record at or after the offset, null when there is none before the end, undefined when it could not be read. */
export type Landing = ReadRecord | null | undefined;

/** Of each partition in one request; a larger batch is asked for by itself. */
const PARTITION_BYTES = 32 * 1024;
const ANSWER_BYTES = 4 * 1024 * 1024;
const ALONE_AT_ONCE = 6;
/** A leader that moves is followed for this long. */
const PATIENCE_MS = 3_000;

/**
 * Reads the record at each place, or the first after it where compaction or a transaction's marker took that one. One request a leader and
 * topic; by "topic/partition". Rejects with a ClientError when no metadata can be had.
 */
export async function readLandings(
  { client }: Pick<Cluster, "client">,
  places: readonly LandingPlace[],
): Promise<ReadonlyMap<string, Landing>> {
  await prepareReading();
  const found = new Map<string, Landing>();
  const alone: LandingPlace[] = [];
  const byTopic = groupByTopic(places);
  await inParallel([...byTopic], ALONE_AT_ONCE, async ([topic, own]) => {
    const positions = new Map(own.map(({ partition, offset }) => [partition, offset]));
    const options = {
      isolation: "uncommitted",
      partitionBytesMax: PARTITION_BYTES,
      answerBytesMax: ANSWER_BYTES,
    } as const;
    const reads = await readPartitions(client, { topic, positions, ...options });
    for (const place of own) {
      const read = reads.get(place.partition);
      const first = read?.records[0];
      if (first) found.set(partitionKey(topic, place.partition), first);
      else if (read?.failure === undefined) alone.push(place);
    }
  });
  await inParallel(alone, ALONE_AT_ONCE, async ({ topic, partition, offset }) => {
    found.set(partitionKey(topic, partition), await readAlone({ client }, { topic, partition, offset }));
  });
  return found;
}

/** Batches without a record that counts are passed over: a marker, or what compaction emptied. */
const BATCHES_MAX = 20;

async function readAlone({ client }: Pick<Cluster, "client">, place: LandingPlace): Promise<Landing> {
  const { topic, partition } = place;
  let fromOffset = place.offset;
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const read = await readRecords(client, {
      topic,
      partition,
      fromOffset,
      isolation: "uncommitted",
      // One batch is enough, and a whole one always comes.
      maxBytes: 1,
      maxWaitMs: 0,
      deadlineMs: client.deadline(PATIENCE_MS),
    });
    if (read.records[0]) return read.records[0];
    if (read.errorCode !== 0 || read.fault !== null) return undefined;
    if (read.nextOffset <= fromOffset || read.nextOffset >= read.highWatermark) return null;
    fromOffset = read.nextOffset;
  }
  return undefined;
}
