import { prepareReading, type BatchFacts, decodeRecords, type ReadRecord } from "./read-records.ts";
import { BATCH_HEADER_BYTES, BatchView } from "../wire/record-batch.ts";
import { RecordCursor } from "../wire/record-cursor.ts";
import type { ClusterClient } from "./cluster-client.ts";
import { type AnnotatedBytes, annotateHeader, annotateRecord } from "./annotate-batch.ts";
import { readPartition } from "./read-partition.ts";

/** How a transaction's records came out, as the partition knows it now. */
export type TransactionFate = "committed" | "aborted" | "open";

/** All that a batch says of itself. */
export type WholeBatch = BatchFacts & {
  readonly lastOffset: number;
  /** -1 without idempotence. */
  readonly baseSequence: number;
  readonly maxTimestampMs: number;
  readonly crc: number;
  /** Of its records when they are not compressed, the header not counted. */
  readonly recordBytes: number;
  /** Of its records as stored. */
  readonly storedBytes: number;
  /** Null outside of transactions. */
  readonly fate: TransactionFate | null;
};

/** One record with the batch that it came in. */
export type RecordInBatch = {
  readonly record: ReadRecord;
  readonly batch: WholeBatch;
  /** Header of the batch and the record in it, byte for byte. */
  readonly anatomy: { readonly header: AnnotatedBytes; readonly record: AnnotatedBytes };
};

type Place = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly deadlineMs: number;
};

/** What was found at an offset: the record, nothing (compaction, retention), or the error code and words of a refusal. */
export type FoundRecord =
  | { readonly found: "record"; readonly value: RecordInBatch }
  | { readonly found: "nothing" }
  | { readonly found: "error"; readonly errorCode: number; readonly fault: string | null };

/** Reads one record by its offset, control records too. Rejects with a ClientError. */
export async function readRecordInBatch(client: ClusterClient, place: Place): Promise<FoundRecord> {
  await prepareReading();
  const { topic, partition, offset: fromOffset, deadlineMs } = place;
  // One batch is enough, and a whole one always comes.
  const request = { topic, partition, fromOffset, maxBytes: 1, maxWaitMs: 0, deadlineMs };
  const answer = await readPartition(client, { ...request, isolation: "uncommitted" });
  const read = decodeRecords(answer, { topic, partition, fromOffset, isolation: "uncommitted", withControl: true });
  if (read.errorCode !== 0) return { found: "error", errorCode: read.errorCode, fault: read.fault };
  const record = read.records.find(({ offset }) => offset === fromOffset);
  const view = batchAt(answer.records, fromOffset);
  if (record === undefined || view === undefined) return { found: "nothing" };
  const cursor = new RecordCursor().open(view);
  const recordBytes = view.isCompressed ? cursor.bytes.length : view.sizeBytes - BATCH_HEADER_BYTES;
  while (cursor.next() && cursor.offset !== fromOffset);
  const fate = view.isTransactional && !view.isControl ? await fateOf(client, place, record) : null;
  return {
    found: "record",
    value: {
      record,
      batch: {
        ...record.batch,
        lastOffset: view.lastOffset,
        baseSequence: view.baseSequence,
        maxTimestampMs: view.maxTimestampMs,
        crc: view.crc,
        recordBytes,
        storedBytes: view.sizeBytes - BATCH_HEADER_BYTES,
        fate,
      },
      anatomy: { header: annotateHeader(view), record: annotateRecord(cursor) },
    },
  };
}

function batchAt(bytes: Uint8Array, offset: number): BatchView | undefined {
  const view = new BatchView();
  for (let position = 0; position < bytes.length; position += view.sizeBytes) {
    if (view.point(bytes, position).fault() !== null) return undefined;
    if (view.lastOffset >= offset) return view;
  }
  return undefined;
}

/** Asks as a consumer that reads committed records does: what lies behind the last stable offset is still open. */
async function fateOf(client: ClusterClient, place: Place, record: ReadRecord): Promise<TransactionFate> {
  const { topic, partition, offset, deadlineMs } = place;
  const request = { topic, partition, fromOffset: offset, maxBytes: 1, maxWaitMs: 0, deadlineMs };
  const answer = await readPartition(client, { ...request, isolation: "committed" });
  if (answer.lastStableOffset <= offset) return "open";
  const isAborted = answer.abortedTransactions.some(
    ({ producerId, firstOffset }) => producerId === record.batch.producerId && firstOffset <= offset,
  );
  return isAborted ? "aborted" : "committed";
}
