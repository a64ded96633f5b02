import {
  INVALID_PRODUCER_EPOCH,
  INVALID_TXN_STATE,
  OUT_OF_ORDER_SEQUENCE_NUMBER,
  TRANSACTION_COORDINATOR_FENCED,
} from "../../wire/errors.ts";
import { controlRecordType, markerCoordinatorEpoch } from "../../wire/control-record.ts";
import { addSequence, type BatchView } from "../../wire/record-batch.ts";
import { RecordCursor } from "../../wire/record-cursor.ts";
import { WireError } from "../../wire/wire-error.ts";
import type { Refusal } from "../refusal.ts";
import type { Offset } from "./log-config.ts";
import type { SnapshotEntry } from "./producer-snapshot.ts";

/** Batches remembered per producer: as many as an idempotent producer may have in flight (KIP-98). */
const BATCHES_MAX = 5;

/** A batch of an idempotent producer, remembered to answer its repetition. */
export type RememberedBatch = {
  readonly lastSequence: number;
  readonly lastOffset: Offset;
  /** lastOffset - firstOffset, which is also the distance of the sequences. */
  readonly offsetDelta: number;
  readonly timestampMs: number;
};

/** What is known of one producer in one partition. */
export type ProducerEntry = {
  readonly producerId: number;
  producerEpoch: number;
  /** Oldest first; empty after an epoch that wrote only markers. */
  batches: RememberedBatch[];
  lastTimestampMs: number;
  /** Epoch of the transaction coordinator in the last marker; -1 before the first. */
  coordinatorEpoch: number;
  /** First offset of the open transaction. */
  transactionFirstOffset: Offset | undefined;
};

/** A transaction that a marker ended. */
export type CompletedTransaction = {
  readonly producerId: number;
  readonly firstOffset: Offset;
  /** Offset of the marker. */
  readonly lastOffset: Offset;
  readonly isAborted: boolean;
};

/**
 * The producers of one partition (Kafka's ProducerStateManager): duplicate detection, sequence and epoch checks, open transactions.
 * `check…` changes nothing; `apply` is the only writer, live and at load.
 */
export class ProducerStates {
  readonly #entries = new Map<number, ProducerEntry>();
  /** Open transactions by first offset, in growing order, with their producer. */
  readonly #open = new Map<Offset, number>();
  /** Ended, but the marker is not yet below the high watermark. */
  #unreplicated: CompletedTransaction[] = [];

  get size(): number {
    return this.#entries.size;
  }

  get(producerId: number): Readonly<ProducerEntry> | undefined {
    return this.#entries.get(producerId);
  }

  /** All producers in order of id. */
  entries(): Readonly<ProducerEntry>[] {
    return [...this.#entries.values()].sort((a, b) => a.producerId - b.producerId);
  }

  /** The remembered batch that this one repeats: same producer, epoch and both sequences. */
  findDuplicate(batch: BatchView): RememberedBatch | undefined {
    const entry = this.#entries.get(batch.producerId);
    if (entry === undefined || entry.producerEpoch !== batch.producerEpoch) return undefined;
    const { lastSequence, lastOffsetDelta } = batch;
    return entry.batches.find((known) => known.lastSequence === lastSequence && known.offsetDelta === lastOffsetDelta);
  }

  /** Whether a data batch with a producer id may be appended; `sequences` also asks for gapless sequences (clients' batches). */
  checkData(batch: BatchView, sequences: boolean): Refusal | undefined {
    const entry = this.#entries.get(batch.producerId);
    if (entry === undefined) return undefined;
    const { producerEpoch } = batch;
    if (producerEpoch < entry.producerEpoch) return fencedEpoch(batch, entry);
    if (sequences && !followsInSequence(batch, entry)) {
      const message = `Out of order sequence number for producer ${batch.producerId}: ${batch.baseSequence} (incoming seq. number), ${lastSequenceOf(entry)} (current end sequence number)`;
      return { errorCode: OUT_OF_ORDER_SEQUENCE_NUMBER, message };
    }
    if (entry.transactionFirstOffset !== undefined && !batch.isTransactional) {
      const message = `Expected transactional write from producer ${batch.producerId}, its transaction is open`;
      return { errorCode: INVALID_TXN_STATE, message };
    }
    return undefined;
  }

  /** Whether a transaction marker may be appended. */
  checkMarker(batch: BatchView): Refusal | undefined {
    const entry = this.#entries.get(batch.producerId);
    if (entry === undefined) return undefined;
    if (batch.producerEpoch < entry.producerEpoch) return fencedEpoch(batch, entry);
    const marker = markerOf(batch);
    if (marker !== undefined && marker.coordinatorEpoch < entry.coordinatorEpoch) {
      const message = `Coordinator epoch ${marker.coordinatorEpoch} is below ${entry.coordinatorEpoch}, the last known`;
      return { errorCode: TRANSACTION_COORDINATOR_FENCED, message };
    }
    return undefined;
  }

  /** Takes over a batch whose offsets are final. Answers the transaction that it ended; then `complete` has to be called. */
  apply(batch: BatchView): CompletedTransaction | undefined {
    if (batch.producerId < 0) return undefined;
    return batch.isControl ? this.#applyMarker(batch) : this.#applyData(batch);
  }

  /** The last stable offset right after this transaction's marker: the first open transaction's begin, or behind the marker. */
  stableOffsetAfter(completed: CompletedTransaction): Offset {
    for (const firstOffset of this.#open.keys()) if (firstOffset !== completed.firstOffset) return firstOffset;
    return completed.lastOffset + 1;
  }

  /** Closes a transaction; it holds the last stable offset back until the high watermark passed its marker. */
  complete(completed: CompletedTransaction): void {
    this.#open.delete(completed.firstOffset);
    this.#unreplicated.push(completed);
  }

  /** First offset of the oldest transaction that is open or whose marker is not committed; undefined when there is none. */
  get firstUnstableOffset(): Offset | undefined {
    let first: Offset | undefined = this.#open.keys().next().value;
    for (const { firstOffset } of this.#unreplicated)
      if (first === undefined || firstOffset < first) first = firstOffset;
    return first;
  }

  /** Forgets ended transactions whose markers are below the high watermark. */
  highWatermarkMoved(highWatermark: Offset): void {
    if (this.#unreplicated.length === 0) return;
    this.#unreplicated = this.#unreplicated.filter((completed) => completed.lastOffset >= highWatermark);
  }

  /** Forgets producers without an open transaction that wrote nothing for `expirationMs` (producer.id.expiration.ms). */
  expire(nowMs: number, expirationMs: number): void {
    for (const entry of this.#entries.values()) {
      const isIdle = entry.transactionFirstOffset === undefined && nowMs - entry.lastTimestampMs >= expirationMs;
      if (isIdle) this.#entries.delete(entry.producerId);
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.#entries.clear();
    this.#open.clear();
    this.#unreplicated = [];
  }

  /** Replaces everything by the content of a snapshot file. */
  load(snapshot: readonly SnapshotEntry[]): void {
    this.clear();
    const open: [Offset, number][] = [];
    for (const saved of snapshot) {
      const { producerId, producerEpoch, coordinatorEpoch, lastOffset, lastSequence, offsetDelta, timestampMs } = saved;
      const firstOffset = saved.currentTransactionFirstOffset;
      const hasTransaction = firstOffset >= 0;
      if (hasTransaction) open.push([firstOffset, producerId]);
      this.#entries.set(producerId, {
        producerId,
        producerEpoch,
        // Kafka writes a batch of offset -1 for a producer that has only markers in its epoch.
        batches: lastOffset < 0 ? [] : [{ lastSequence, lastOffset, offsetDelta, timestampMs }],
        lastTimestampMs: timestampMs,
        coordinatorEpoch,
        transactionFirstOffset: hasTransaction ? firstOffset : undefined,
      });
    }
    for (const [firstOffset, producerId] of open.sort(([a], [b]) => a - b)) this.#open.set(firstOffset, producerId);
  }

  /** What a snapshot file holds. */
  toSnapshot(): SnapshotEntry[] {
    return this.entries().map((entry) => {
      const last = entry.batches.at(-1);
      return {
        producerId: entry.producerId,
        producerEpoch: entry.producerEpoch,
        lastSequence: last?.lastSequence ?? -1,
        lastOffset: last?.lastOffset ?? -1,
        offsetDelta: last?.offsetDelta ?? 0,
        timestampMs: entry.lastTimestampMs,
        coordinatorEpoch: entry.coordinatorEpoch,
        currentTransactionFirstOffset: entry.transactionFirstOffset ?? -1,
      };
    });
  }

  #applyData(batch: BatchView): undefined {
    const entry = this.#entryFor(batch);
    const { maxTimestampMs, baseOffset } = batch;
    if (entry.batches.length === BATCHES_MAX) entry.batches.shift();
    const { lastSequence, lastOffset, lastOffsetDelta } = batch;
    entry.batches.push({ lastSequence, lastOffset, offsetDelta: lastOffsetDelta, timestampMs: maxTimestampMs });
    entry.lastTimestampMs = maxTimestampMs;
    if (batch.isTransactional && entry.transactionFirstOffset === undefined) {
      entry.transactionFirstOffset = baseOffset;
      this.#open.set(baseOffset, entry.producerId);
    }
  }

  #applyMarker(batch: BatchView): CompletedTransaction | undefined {
    const marker = markerOf(batch);
    if (marker === undefined) return undefined;
    const entry = this.#entryFor(batch);
    const firstOffset = entry.transactionFirstOffset;
    entry.coordinatorEpoch = marker.coordinatorEpoch;
    entry.lastTimestampMs = batch.maxTimestampMs;
    entry.transactionFirstOffset = undefined;
    if (firstOffset === undefined) return undefined;
    return { producerId: entry.producerId, firstOffset, lastOffset: batch.baseOffset, isAborted: marker.isAbort };
  }

  /** The producer's entry, in the batch's epoch; another epoch forgets the batches. */
  #entryFor(batch: BatchView): ProducerEntry {
    const { producerId, producerEpoch } = batch;
    const known = this.#entries.get(producerId);
    if (known !== undefined) {
      if (known.producerEpoch !== producerEpoch) known.batches = [];
      known.producerEpoch = producerEpoch;
      return known;
    }
    const entry: ProducerEntry = {
      producerId,
      producerEpoch,
      batches: [],
      lastTimestampMs: -1,
      coordinatorEpoch: -1,
      transactionFirstOffset: undefined,
    };
    this.#entries.set(producerId, entry);
    return entry;
  }
}

type Marker = { readonly isAbort: boolean; readonly coordinatorEpoch: number };

/** Undefined where the batch holds no marker: compaction may leave its bare header, and a damaged disk anything. */
function markerOf(batch: BatchView): Marker | undefined {
  try {
    // A cursor of its own: one kept would keep the received memory too.
    const cursor = new RecordCursor().open(batch);
    if (!cursor.next()) return undefined;
    const type = controlRecordType(cursor.key());
    const coordinatorEpoch = markerCoordinatorEpoch(cursor.value());
    if ((type !== "abort" && type !== "commit") || coordinatorEpoch === undefined) return undefined;
    return { isAbort: type === "abort", coordinatorEpoch };
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

function lastSequenceOf(entry: ProducerEntry): number {
  return entry.batches.at(-1)?.lastSequence ?? -1;
}

/** A new epoch begins with sequence 0; else the sequence goes on behind the last batch. */
function followsInSequence(batch: BatchView, entry: ProducerEntry): boolean {
  if (batch.producerEpoch !== entry.producerEpoch) return batch.baseSequence === 0;
  const last = lastSequenceOf(entry);
  return batch.baseSequence === (last < 0 ? 0 : addSequence(last, 1));
}

function fencedEpoch(batch: BatchView, entry: ProducerEntry): Refusal {
  const message = `Epoch of producer ${batch.producerId} is ${batch.producerEpoch}, which is smaller than the last seen epoch ${entry.producerEpoch}`;
  return { errorCode: INVALID_PRODUCER_EPOCH, message };
}
