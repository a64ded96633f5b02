import type { BatchView } from "../../../wire/record-batch.ts";
import { RecordBatchBuilder } from "../../../wire/record-batch-builder.ts";
import { RecordCursor } from "../../../wire/record-cursor.ts";
import { emptyBatchOf } from "../../../wire/empty-batch.ts";
import type { Offset } from "../log-config.ts";
import type { ProducerStates } from "../producer-state.ts";
import type { CleanedTransactions } from "./cleaned-transactions.ts";
import type { KeyOffsets } from "./key-offsets.ts";

/** What decides over the records of a pass. */
export type CleaningRules = {
  readonly keys: KeyOffsets;
  readonly transactions: CleanedTransactions;
  readonly producers: ProducerStates;
  /** Wall clock, of the beginning of the pass. */
  readonly nowMs: number;
  /** delete.retention.ms */
  readonly deleteRetentionMs: number;
};

/**
 * What compaction leaves of a batch (Kafka's Cleaner.cleanInto and MemoryRecords.filterTo): the batch as it is, one with fewer records, a bare
 * header, or nothing. `keepsHeader`: the header stays in any case. Throws WireError at damaged records.
 *
 * Of each key the newest record stays. A tombstone, and a marker of an empty transaction, gets a delete horizon in its batch's header when a pass
 * first sees it, and goes in the first pass after that (KIP-534).
 */
export function cleanBatch(batch: BatchView, rules: CleaningRules, keepsHeader: boolean): Uint8Array | undefined {
  const { transactions, nowMs, deleteRetentionMs } = rules;
  const mayGo = transactions.pass(batch);
  const isHorizonPassed = batch.hasDeleteHorizon && batch.baseTimestampMs <= nowMs;
  const dropsRecords = batch.isControl ? mayGo && isHorizonPassed : mayGo;
  const needsHeader = keepsHeader || isLastOfProducer(batch, rules.producers);
  if (dropsRecords && !needsHeader) return undefined;
  const kept = dropsRecords ? NOTHING : sift(batch, rules, isHorizonPassed);
  if (kept.offsets.size === 0) return needsHeader ? emptyBatchOf(batch) : undefined;
  const setsHorizon = (kept.hasTombstones || (batch.isControl && mayGo)) && !batch.hasDeleteHorizon;
  if (kept.offsets.size === batch.count && !setsHorizon) return batch.wholeBytes();
  const horizonMs = batch.hasDeleteHorizon ? batch.baseTimestampMs : undefined;
  return rebuilt(batch, kept.offsets, setsHorizon ? nowMs + deleteRetentionMs : horizonMs);
}

type Kept = { readonly offsets: ReadonlySet<Offset>; readonly hasTombstones: boolean };
const NOTHING: Kept = { offsets: new Set(), hasTombstones: false };

function sift(batch: BatchView, { keys }: CleaningRules, isHorizonPassed: boolean): Kept {
  const offsets = new Set<Offset>();
  let hasTombstones = false;
  const cursor = new RecordCursor().open(batch);
  while (cursor.next()) {
    const stays = batch.isControl || cursor.offset > keys.latestOffset || isNewest(cursor, keys, isHorizonPassed);
    if (!stays) continue;
    offsets.add(cursor.offset);
    if (cursor.valueLength < 0) hasTombstones = true;
  }
  return { offsets, hasTombstones };
}

/** Records without a key are in no compacted topic that takes them from clients; older ones of a topic that was not compacted go. */
function isNewest(cursor: RecordCursor, keys: KeyOffsets, isHorizonPassed: boolean): boolean {
  const key = cursor.key();
  if (key === null || cursor.offset < keys.get(key)) return false;
  return cursor.valueLength >= 0 || !isHorizonPassed;
}

/** A producer's last batch says at which sequence it goes on, so its header stays while the producer is remembered. */
function isLastOfProducer(batch: BatchView, producers: ProducerStates): boolean {
  if (batch.producerId < 0) return false;
  const entry = producers.get(batch.producerId);
  if (entry === undefined) return false;
  const last = entry.batches.at(-1);
  if (last !== undefined) return batch.lastOffset === last.lastOffset;
  return batch.isControl && batch.producerEpoch === entry.producerEpoch;
}

function rebuilt(batch: BatchView, offsets: ReadonlySet<Offset>, deleteHorizonMs: number | undefined): Uint8Array {
  const builder = new RecordBatchBuilder({
    codec: batch.codec,
    baseOffset: batch.baseOffset,
    lastOffset: batch.lastOffset,
    partitionLeaderEpoch: batch.partitionLeaderEpoch,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    isTransactional: batch.isTransactional,
    isControl: batch.isControl,
    ...(batch.timestampType === "LogAppendTime" ? { logAppendTimeMs: batch.maxTimestampMs } : {}),
    ...(deleteHorizonMs === undefined ? {} : { deleteHorizonMs }),
  });
  const cursor = new RecordCursor().open(batch);
  while (cursor.next()) if (offsets.has(cursor.offset)) builder.append(cursor.record());
  return builder.build();
}
