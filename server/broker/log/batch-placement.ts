import { INVALID_RECORD } from "../../wire/errors.ts";
import { corruptBatch } from "../../wire/corrupt-batch.ts";
import { BatchView } from "../../wire/record-batch.ts";
import { isRefusal } from "../refusal.ts";
import type { TopicPartition } from "../topic-partition.ts";
import type { AppendOptions, AppendOrigin, AppendRefusal } from "./append.ts";
import { recompressed, refuseClientBatch, refuseSize } from "./client-batch.ts";
import type { LogConfig, Offset } from "./log-config.ts";
import type { ProducerStates } from "./producer-state.ts";

/** Where a leader puts batches, and the time it stamps them with where message.timestamp.type is LogAppendTime. */
export type Place = { readonly firstOffset: Offset; readonly leaderEpoch: number; readonly appendTimeMs?: number };

/** Measures of batches that are ready to be written. */
export type Placed = { readonly lastOffset: Offset; readonly maxTimestampMs: number };

/** Judges a client's records and brings them into the topic's codec; `batch` then points at the bytes to write. */
export function prepareClientBatch(
  records: Uint8Array,
  batch: BatchView,
  config: LogConfig,
  options: AppendOptions,
  topicPartition: TopicPartition,
): { readonly bytes: Uint8Array } | AppendRefusal {
  const refusal = refuseClientBatch(records, batch, config, options, topicPartition);
  if (refusal !== undefined) return refusal;
  const inCodec = recompressed(batch, config);
  if (inCodec !== undefined && isRefusal(inCodec)) return inCodec;
  const bytes = inCodec ?? records;
  if (inCodec !== undefined) batch.point(bytes);
  return refuseSize(bytes.length, config) ?? { bytes };
}

/** Checks producers, then writes offsets, epoch and append time into each batch of `bytes` in place. On a refusal nothing was changed. */
export function placeBatches(
  bytes: Uint8Array,
  batch: BatchView,
  place: Place,
  producers: ProducerStates,
  origin: AppendOrigin,
): Placed | AppendRefusal {
  const refusal = refuseBatches(bytes, batch, producers, origin);
  if (refusal !== undefined) return refusal;
  let nextOffset = place.firstOffset;
  let maxTimestampMs = -1;
  for (let at = 0; at < bytes.length; at += batch.sizeBytes) {
    batch.point(bytes, at);
    batch.baseOffset = nextOffset;
    batch.partitionLeaderEpoch = place.leaderEpoch;
    if (place.appendTimeMs !== undefined) batch.setLogAppendTime(place.appendTimeMs);
    if (batch.maxTimestampMs > maxTimestampMs) maxTimestampMs = batch.maxTimestampMs;
    nextOffset = batch.nextOffset;
  }
  return { lastOffset: nextOffset - 1, maxTimestampMs };
}

function refuseBatches(
  bytes: Uint8Array,
  batch: BatchView,
  producers: ProducerStates,
  origin: AppendOrigin,
): AppendRefusal | undefined {
  if (bytes.length === 0) return { errorCode: INVALID_RECORD, message: "There is no record batch to append" };
  for (let at = 0; at < bytes.length; at += batch.sizeBytes) {
    const fault = batch.point(bytes, at).fault();
    if (fault !== null) return { errorCode: INVALID_RECORD, message: `The record batch cannot be read: ${fault}` };
    if (batch.producerId < 0) continue;
    const refusal = batch.isControl ? producers.checkMarker(batch) : producers.checkData(batch, origin === "client");
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Checks batches copied from a leader: whole, right CRC, offsets growing from at least `nextOffset`. Throws WireError. */
export function checkFollowerBatches(bytes: Uint8Array, nextOffset: Offset): Placed & { readonly firstOffset: Offset } {
  const batch = new BatchView();
  let expected = nextOffset;
  let maxTimestampMs = -1;
  for (let at = 0; at < bytes.length; at += batch.sizeBytes) {
    const fault = batch.point(bytes, at).fault();
    if (fault !== null) corruptBatch(`the batch cannot be read: ${fault}`, at);
    if (batch.baseOffset < expected) corruptBatch(`base offset ${batch.baseOffset} is below ${expected}`, at);
    if (!batch.isCrcValid()) corruptBatch("the CRC is wrong", at);
    if (batch.maxTimestampMs > maxTimestampMs) maxTimestampMs = batch.maxTimestampMs;
    expected = batch.nextOffset;
  }
  return { firstOffset: batch.point(bytes).baseOffset, lastOffset: expected - 1, maxTimestampMs };
}
