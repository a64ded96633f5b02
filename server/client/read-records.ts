import { loadCompression, type Codec } from "../wire/compression.ts";
import { CORRUPT_MESSAGE, NONE } from "../wire/errors.ts";
import { controlRecordType, type ControlRecordType, markerCoordinatorEpoch } from "../wire/control-record.ts";
import { BatchView } from "../wire/record-batch.ts";
import { RecordCursor } from "../wire/record-cursor.ts";
import type { RecordHeader } from "../wire/record.ts";
import { WireError } from "../wire/wire-error.ts";
import type { ClusterClient } from "./cluster-client.ts";
import { type PartitionRead, readPartition, type ReadRequest } from "./read-partition.ts";

/** What a batch says of its records. */
export type BatchFacts = {
  readonly baseOffset: number;
  readonly recordCount: number;
  /** As stored, compressed. */
  readonly sizeBytes: number;
  readonly codec: Codec;
  readonly leaderEpoch: number;
  /** -1 without idempotence. */
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly isTransactional: boolean;
  readonly timestampType: "create" | "append";
};

/** What a control record says: a transaction's end, a change of KRaft's leader (KIP-98, KIP-595). */
export type ControlFacts = {
  readonly type: ControlRecordType;
  /** Of the transaction coordinator that wrote a commit or abort marker. */
  readonly coordinatorEpoch: number | null;
};

/** A record of a partition, with the batch that it came in. The bytes are views of the answer's own memory. */
export type ReadRecord = {
  readonly offset: number;
  /** -1 when it has none. */
  readonly timestampMs: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly RecordHeader[];
  readonly batch: BatchFacts;
  /** Only of control records, which come only when asked for. */
  readonly control?: ControlFacts;
};

/** Records of one answer, oldest first. */
export type RecordsRead = Pick<PartitionRead, "errorCode" | "highWatermark" | "lastStableOffset" | "logStartOffset"> & {
  readonly records: readonly ReadRecord[];
  /** Of the answer's batches, as they came. */
  readonly sizeBytes: number;
  /** Where to go on; the offset asked for when nothing came. Beyond the last record where compaction or control records took offsets. */
  readonly nextOffset: number;
  /** Why reading stopped before the answer's end: bytes that are no batch of ours, such as the message formats before Kafka 0.11. */
  readonly fault: string | null;
};

/** Makes ready what compressed batches need; await it once before `readRecords`. */
export function prepareReading(): Promise<void> {
  return loadCompression();
}

/**
 * Reads records from an offset without a group: whole batches of any codec, without those before the offset, control records unless they are
 * asked for, and with isolation `committed` records of aborted transactions. Error codes are as `readPartition` gives them. Rejects with a ClientError.
 */
export async function readRecords(
  client: ClusterClient,
  request: ReadRequest & { readonly withControl?: boolean },
): Promise<RecordsRead> {
  const read = await readPartition(client, request);
  return decodeRecords(read, request);
}

type DecodeOptions = Pick<ReadRequest, "fromOffset" | "isolation" | "partition" | "topic"> & {
  /** Control records too, each with its facts. */
  readonly withControl?: boolean;
};

/** The records in an answer. */
export function decodeRecords(
  read: PartitionRead,
  { fromOffset, isolation, partition, topic, withControl = false }: DecodeOptions,
): RecordsRead {
  const { errorCode, highWatermark, lastStableOffset, logStartOffset } = read;
  const water = { highWatermark, lastStableOffset, logStartOffset, sizeBytes: read.records.length };
  if (errorCode !== NONE) return { ...water, errorCode, records: [], nextOffset: fromOffset, fault: null };
  const collected = new Collector(fromOffset, withControl);
  const aborted = isolation === "committed" ? new AbortedTransactions(read) : undefined;
  try {
    collected.readAll(read.records, aborted);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const fault = `${topic}-${partition} cannot be read from offset ${collected.nextOffset} on: ${error.message}`;
    // What stands before the broken batch is good; a broken first batch is the answer.
    const code = collected.records.length === 0 ? CORRUPT_MESSAGE : NONE;
    return { ...water, errorCode: code, records: collected.records, nextOffset: collected.nextOffset, fault };
  }
  return { ...water, errorCode, records: collected.records, nextOffset: collected.nextOffset, fault: collected.fault };
}

class Collector {
  readonly records: ReadRecord[] = [];
  nextOffset: number;
  fault: string | null = null;
  private readonly cursor = new RecordCursor();

  constructor(
    private readonly fromOffset: number,
    private readonly withControl: boolean,
  ) {
    this.nextOffset = fromOffset;
  }

  readAll(bytes: Uint8Array, aborted: AbortedTransactions | undefined): void {
    const batch = new BatchView();
    for (let position = 0; position < bytes.length; position += batch.sizeBytes) {
      const fault = batch.point(bytes, position).fault();
      if (fault === "incomplete") return;
      if (fault !== null) {
        this.fault = fault === "magic" ? "a message format older than Kafka 0.11" : `a broken batch (${fault})`;
        return;
      }
      if (batch.isControl) aborted?.endAt(batch);
      const isWanted = batch.isControl ? this.withControl : !aborted?.isAborted(batch);
      if (isWanted) this.readBatch(batch);
      this.nextOffset = Math.max(this.nextOffset, batch.nextOffset);
    }
  }

  private readBatch(view: BatchView): void {
    if (view.nextOffset <= this.fromOffset) return;
    const batch = factsOf(view);
    const { cursor } = this;
    cursor.open(view);
    while (cursor.next()) {
      if (cursor.offset < this.fromOffset) continue;
      const record = cursor.record();
      this.records.push(view.isControl ? { ...record, batch, control: controlFactsOf(record) } : { ...record, batch });
    }
  }
}

/** Reads a control record's key and value. */
export function controlFactsOf({ key, value }: Pick<ReadRecord, "key" | "value">): ControlFacts {
  const type = controlRecordType(key);
  const isMarker = type === "commit" || type === "abort";
  return { type, coordinatorEpoch: isMarker ? (markerCoordinatorEpoch(value) ?? null) : null };
}

/** What a batch says of its records, once for all of them. */
export function factsOf(batch: BatchView): BatchFacts {
  return {
    baseOffset: batch.baseOffset,
    recordCount: batch.count,
    sizeBytes: batch.sizeBytes,
    codec: batch.codec,
    leaderEpoch: batch.partitionLeaderEpoch,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    isTransactional: batch.isTransactional,
    timestampType: batch.timestampType === "LogAppendTime" ? "append" : "create",
  };
}

/** Which producers' transactions are aborted while batches are walked in offset order (as Kafka's CompletedFetch). */
export class AbortedTransactions {
  private readonly pending: { producerId: number; firstOffset: number }[];
  private readonly producers = new Set<number>();

  constructor({ abortedTransactions }: PartitionRead) {
    this.pending = [...abortedTransactions].sort((a, b) => a.firstOffset - b.firstOffset);
  }

  /** Whether the batch's records do not count. Ask for each batch once, in the order of their offsets. */
  isAborted(batch: BatchView): boolean {
    for (let next = this.pending[0]; next && next.firstOffset <= batch.lastOffset; next = this.pending[0]) {
      this.producers.add(next.producerId);
      this.pending.shift();
    }
    return batch.isTransactional && this.producers.has(batch.producerId);
  }

  /** A marker of either kind ends the transaction of its producer. */
  endAt(batch: BatchView): void {
    this.producers.delete(batch.producerId);
  }
}
