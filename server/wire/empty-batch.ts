import { ATTRIBUTE, BATCH_HEADER_BYTES, BATCH_OVERHEAD_BYTES, BatchView, FIELD } from "./record-batch.ts";

const NO_TIMESTAMP = -1n;

/**
 * The bare header that compaction leaves of a batch whose records are all gone: its offsets, producer, epoch, kind and newest time stay
 * (Kafka's DefaultRecordBatch.writeEmptyHeader).
 */
export function emptyBatchOf(batch: BatchView): Uint8Array {
  const bytes = Buffer.from(batch.bytes.subarray(batch.position, batch.position + BATCH_HEADER_BYTES));
  bytes.writeInt32BE(BATCH_HEADER_BYTES - BATCH_OVERHEAD_BYTES, FIELD.batchLength);
  bytes.writeInt16BE(batch.attributes & ~(ATTRIBUTE.codecMask | ATTRIBUTE.deleteHorizon), FIELD.attributes);
  bytes.writeBigInt64BE(NO_TIMESTAMP, FIELD.baseTimestamp);
  bytes.writeInt32BE(0, FIELD.count);
  new BatchView().point(bytes).renewCrc();
  return bytes;
}
