import {
  CORRUPT_MESSAGE,
  INVALID_RECORD,
  INVALID_TIMESTAMP,
  MESSAGE_TOO_LARGE,
  RECORD_LIST_TOO_LARGE,
  UNSUPPORTED_COMPRESSION_TYPE,
} from "../../wire/errors.ts";
import { DECOMPRESSED_BYTES_MAX } from "../../wire/compression.ts";
import type { BatchFault, BatchView } from "../../wire/record-batch.ts";
import { RecordBatchBuilder } from "../../wire/record-batch-builder.ts";
import { RecordCursor } from "../../wire/record-cursor.ts";
import { WireError } from "../../wire/wire-error.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { partitionKey } from "../topic-partition.ts";
import type { AppendOptions, AppendRefusal, RecordError } from "./append.ts";
import type { LogConfig } from "./log-config.ts";

/** First version of Produce that may carry zstd (KIP-110). */
const ZSTD_PRODUCE_VERSION = 7;

/** Codes of a header that cannot be used. */
const FAULT_CODE: Readonly<Record<BatchFault, number>> = {
  incomplete: CORRUPT_MESSAGE,
  length: CORRUPT_MESSAGE,
  magic: INVALID_RECORD,
  codec: INVALID_RECORD,
  count: INVALID_RECORD,
  offset: INVALID_RECORD,
};

/**
 * Judges the records of one partition in a Produce request as Kafka's ProduceRequest, UnifiedLog and LogValidator do, in their order. Undefined
 * when they may be appended. `batch` is pointed at them.
 */
export function refuseClientBatch(
  records: Uint8Array,
  batch: BatchView,
  config: LogConfig,
  options: AppendOptions,
  topicPartition: TopicPartition,
): AppendRefusal | undefined {
  if (records.length === 0) return invalid("Produce requests must have at least one record batch per partition");
  const fault = batch.point(records).fault();
  if (fault !== null) return { errorCode: FAULT_CODE[fault], message: `The record batch cannot be read: ${fault}` };
  if (batch.sizeBytes !== records.length)
    return invalid("Produce requests must contain exactly one record batch per partition");
  if (batch.codec === "zstd" && (options.apiVersion ?? ZSTD_PRODUCE_VERSION) < ZSTD_PRODUCE_VERSION) {
    const message = `Produce requests with version ${options.apiVersion} are not allowed to use ZStandard compression`;
    return { errorCode: UNSUPPORTED_COMPRESSION_TYPE, message };
  }
  if (batch.baseOffset !== 0)
    return invalid(
      `The baseOffset of the record batch in the append to ${partitionKey(topicPartition)} should be 0, but it is ${batch.baseOffset}`,
    );
  const tooLarge = refuseSize(records.length, config);
  if (tooLarge !== undefined) return tooLarge;
  if (!batch.isCrcValid())
    return { errorCode: CORRUPT_MESSAGE, message: `Record is corrupt (stored crc = ${batch.crc})` };
  return refuseHeader(batch) ?? refuseRecords(batch, config, options.nowMs, topicPartition);
}

/** MESSAGE_TOO_LARGE above max.message.bytes, RECORD_LIST_TOO_LARGE above segment.bytes. */
export function refuseSize(sizeBytes: number, config: LogConfig): AppendRefusal | undefined {
  if (sizeBytes > config.maxMessageBytes) {
    const message = `The record batch size in the append is ${sizeBytes} bytes which exceeds the maximum configured value of ${config.maxMessageBytes} (max.message.bytes).`;
    return { errorCode: MESSAGE_TOO_LARGE, message };
  }
  if (sizeBytes <= config.segmentBytes) return undefined;
  const message = `Message batch size is ${sizeBytes} bytes in append, which exceeds the maximum configured segment size of ${config.segmentBytes} (segment.bytes).`;
  return { errorCode: RECORD_LIST_TOO_LARGE, message };
}

/** The batch in the topic's codec (compression.type); undefined when it has it already, or the topic takes the producer's. */
export function recompressed(batch: BatchView, config: LogConfig): Uint8Array | AppendRefusal | undefined {
  if (config.compressionType === "producer") return undefined;
  const codec = config.compressionType === "uncompressed" ? "none" : config.compressionType;
  if (batch.codec === codec) return undefined;
  try {
    const cursor = new RecordCursor().open(batch);
    const builder = new RecordBatchBuilder({
      codec,
      ...(config.compressionLevel === undefined ? {} : { compressionLevel: config.compressionLevel }),
      baseOffset: batch.baseOffset,
      lastOffset: batch.lastOffset,
      producerId: batch.producerId,
      producerEpoch: batch.producerEpoch,
      baseSequence: batch.baseSequence,
      isTransactional: batch.isTransactional,
    });
    while (cursor.next()) builder.append(cursor.record());
    return builder.build();
  } catch (error) {
    if (error instanceof WireError) return { errorCode: CORRUPT_MESSAGE, message: error.problem };
    throw error;
  }
}

function refuseHeader(batch: BatchView): AppendRefusal | undefined {
  const { count, lastOffsetDelta } = batch;
  if (count <= 0 || count !== lastOffsetDelta + 1) {
    return invalid(
      `Inconsistency between the last offset delta (${lastOffsetDelta}) and the number of records (${count}) in the batch`,
    );
  }
  if (batch.isControl) return invalid("Clients are not allowed to write control records");
  if (batch.producerId >= 0 && batch.baseSequence < 0) {
    return invalid(`Invalid sequence number ${batch.baseSequence} in record batch with producerId ${batch.producerId}`);
  }
  if (batch.timestampType === "LogAppendTime") {
    return {
      errorCode: INVALID_TIMESTAMP,
      message: "Invalid timestamp type in message. Producer should not set timestamp type to LogAppendTime.",
    };
  }
  return undefined;
}

/** Rules about single records: the batch is decoded only where one of them can apply. */
function refuseRecords(
  batch: BatchView,
  config: LogConfig,
  nowMs: number,
  topicPartition: TopicPartition,
): AppendRefusal | undefined {
  const isCreateTime = config.messageTimestampType === "CreateTime";
  const newestMs = isCreateTime ? nowMs + config.messageTimestampAfterMaxMs : Infinity;
  const oldestMs = isCreateTime ? nowMs - config.messageTimestampBeforeMaxMs : -Infinity;
  const bodyBytesMax = batch.isCompressed ? config.maxDecompressedMessageBytes : Infinity;
  const asksTime = batch.maxTimestampMs > newestMs || oldestMs > 0;
  // Records larger than that cannot be decompressed in the first place.
  const asksSize = bodyBytesMax < DECOMPRESSED_BYTES_MAX;
  if (!asksTime && !asksSize && !config.cleanupPolicy.compact) return undefined;
  try {
    const needsKey = config.cleanupPolicy.compact;
    return judgeRecords(batch, { newestMs, oldestMs, needsKey, bodyBytesMax }, topicPartition);
  } catch (error) {
    if (error instanceof WireError) return { errorCode: CORRUPT_MESSAGE, message: error.problem };
    throw error;
  }
}

function judgeRecords(
  batch: BatchView,
  rules: {
    readonly newestMs: number;
    readonly oldestMs: number;
    readonly needsKey: boolean;
    /** max.decompressed.message.bytes; Infinity where it says nothing. */
    readonly bodyBytesMax: number;
  },
  topicPartition: TopicPartition,
): AppendRefusal | undefined {
  const recordErrors: RecordError[] = [];
  let badTimes = 0;
  const cursor = new RecordCursor().open(batch);
  for (let batchIndex = 0; cursor.next(); batchIndex++) {
    const { timestampMs } = cursor;
    // As Kafka, which says no word about it.
    if (cursor.bodyBytes > rules.bodyBytesMax) return { errorCode: INVALID_RECORD };
    if (rules.needsKey && cursor.keyLength < 0) {
      const message = `Compacted topic cannot accept message without key in topic partition ${partitionKey(topicPartition)}.`;
      recordErrors.push({ batchIndex, message });
    } else if (timestampMs >= 0 && (timestampMs > rules.newestMs || timestampMs < rules.oldestMs)) {
      badTimes++;
      const message = `Timestamp ${timestampMs} of message with offset ${cursor.offset} is out of range. The timestamp should be within [${rules.oldestMs}, ${rules.newestMs}]`;
      recordErrors.push({ batchIndex, message });
    }
  }
  if (recordErrors.length === 0) return undefined;
  const onlyTimes = badTimes === recordErrors.length;
  const message = onlyTimes
    ? "One or more records have been rejected due to invalid timestamp"
    : `One or more records have been rejected due to ${recordErrors.length} record errors in total`;
  return { errorCode: onlyTimes ? INVALID_TIMESTAMP : INVALID_RECORD, message, recordErrors };
}

function invalid(message: string): AppendRefusal {
  return { errorCode: INVALID_RECORD, message };
}
