import { beforeAll, describe, expect, test } from "vitest";
import {
  CORRUPT_MESSAGE,
  INVALID_RECORD,
  INVALID_TIMESTAMP,
  MESSAGE_TOO_LARGE,
  RECORD_LIST_TOO_LARGE,
  UNSUPPORTED_COMPRESSION_TYPE,
} from "../../wire/errors.ts";
import { loadCompression } from "../../wire/compression.ts";
import { ATTRIBUTE, BatchView, FIELD } from "../../wire/record-batch.ts";
import { buildBatch } from "../../wire/record-batch-builder.ts";
import { isRefusal } from "../refusal.ts";
import type { AppendRefusal } from "./append.ts";
import type { LogConfig } from "./log-config.ts";
import { batchOf, contentOf, NOW_MS, openTestLog, produce, tryProduce } from "./testing/test-log.ts";

const COMPACTED = { delete: false, compact: true };

beforeAll(loadCompression);

function changed(batch: Uint8Array, change: (view: DataView) => void, keepCrc = false): Uint8Array {
  const copy = Uint8Array.from(batch);
  change(new DataView(copy.buffer));
  if (!keepCrc) new BatchView().point(copy).renewCrc();
  return copy;
}

const plain = batchOf(["a", "b"]);

const refused: readonly { name: string; records: Uint8Array; code: number; config?: Partial<LogConfig> }[] = [
  { name: "no batch at all", records: new Uint8Array(0), code: INVALID_RECORD },
  { name: "a batch cut short", records: plain.subarray(0, plain.length - 1), code: CORRUPT_MESSAGE },
  { name: "fewer bytes than a header", records: plain.subarray(0, 20), code: CORRUPT_MESSAGE },
  { name: "two batches", records: Buffer.concat([plain, plain]), code: INVALID_RECORD },
  { name: "bytes behind the batch", records: Buffer.concat([plain, Buffer.from([0])]), code: INVALID_RECORD },
  { name: "magic 1", records: changed(plain, (view) => view.setInt8(FIELD.magic, 1), true), code: INVALID_RECORD },
  { name: "a base offset other than 0", records: batchOf(["a"], { baseOffset: 5 }), code: INVALID_RECORD },
  {
    name: "a wrong checksum",
    records: changed(plain, (view) => view.setUint8(plain.length - 1, 0xff), true),
    code: CORRUPT_MESSAGE,
  },
  {
    name: "more records announced than offsets taken",
    records: changed(plain, (view) => view.setInt32(FIELD.count, 3)),
    code: INVALID_RECORD,
  },
  {
    name: "fewer records than offsets taken",
    records: changed(plain, (view) => view.setInt32(FIELD.count, 1)),
    code: INVALID_RECORD,
  },
  { name: "no records", records: buildBatch([], { lastOffset: 0 }), code: INVALID_RECORD },
  { name: "a control batch", records: batchOf(["a"], { isControl: true }), code: INVALID_RECORD },
  {
    name: "a producer id without a sequence",
    records: batchOf(["a"], { producerId: 1, producerEpoch: 0 }),
    code: INVALID_RECORD,
  },
  {
    name: "a timestamp type that only brokers set",
    records: changed(plain, (view) => view.setInt16(FIELD.attributes, ATTRIBUTE.logAppendTime)),
    code: INVALID_TIMESTAMP,
  },
  {
    name: "a batch over max.message.bytes",
    records: plain,
    code: MESSAGE_TOO_LARGE,
    config: { maxMessageBytes: plain.length - 1 },
  },
  {
    name: "a batch over segment.bytes",
    records: plain,
    code: RECORD_LIST_TOO_LARGE,
    config: { segmentBytes: plain.length - 1 },
  },
  {
    name: "a time too far ahead",
    records: batchOf(["a"], { timestampMs: NOW_MS + 3_600_001 }),
    code: INVALID_TIMESTAMP,
  },
  {
    name: "a time too long ago",
    records: batchOf(["a"], { timestampMs: NOW_MS - 1001 }),
    code: INVALID_TIMESTAMP,
    config: { messageTimestampBeforeMaxMs: 1000 },
  },
  {
    name: "no key on a compacted topic",
    records: batchOf(["a"], { key: null }),
    code: INVALID_RECORD,
    config: { cleanupPolicy: COMPACTED },
  },
];

describe("a client's batch is refused with", () => {
  test.each(refused)("$name", ({ records, code, config }) => {
    const log = openTestLog(config);
    const answer = tryProduce(log, Uint8Array.from(records));
    expect(answer).toMatchObject({ errorCode: code });
    expect(log.logEndOffset).toBe(0);
    expect(log.sizeBytes).toBe(0);
  });

  test("zstd in a Produce request before version 7", () => {
    const records = batchOf(["a"], { codec: "zstd" });
    const log = openTestLog();
    expect(tryProduce(log, Uint8Array.from(records), { apiVersion: 6 })).toMatchObject({
      errorCode: UNSUPPORTED_COMPRESSION_TYPE,
    });
    expect(produce(log, records, { apiVersion: 7 }).baseOffset).toBe(0);
  });
});

describe("record errors", () => {
  test("name each record without a key, and one bad record refuses the batch", () => {
    const records = buildBatch(
      [Buffer.from("k"), null, Buffer.from("k"), null].map((key) => ({ timestampMs: NOW_MS, key, value: null })),
    );
    const answer = tryProduce(openTestLog({ cleanupPolicy: COMPACTED }), records);
    expect(isRefusal(answer)).toBe(true);
    const { recordErrors } = answer as AppendRefusal;
    expect(recordErrors?.map(({ batchIndex }) => batchIndex)).toEqual([1, 3]);
    expect(recordErrors?.[0]?.message).toBe(
      "Compacted topic cannot accept message without key in topic partition orders-0.",
    );
  });

  // Sizes and answers of Apache Kafka 4.2: seven bytes of a record are neither key nor value here.
  test.each([
    { size: 993, codec: "gzip", isTaken: true },
    { size: 994, codec: "gzip", isTaken: false },
    { size: 10_000, codec: "none", isTaken: true },
  ] as const)("of $size bytes under $codec meet max.decompressed.message.bytes=1000", ({ size, codec, isTaken }) => {
    const log = openTestLog({ maxDecompressedMessageBytes: 1_000 });
    const records = batchOf(["x".repeat(size), "y"], { codec, key: null });
    const answer = tryProduce(log, records);
    expect(isRefusal(answer) ? answer : true).toEqual(isTaken ? true : { errorCode: INVALID_RECORD });
  });

  test("are found inside a compressed batch", () => {
    const records = batchOf(["a"], { key: null, codec: "lz4" });
    expect(tryProduce(openTestLog({ cleanupPolicy: COMPACTED }), records)).toMatchObject({ errorCode: INVALID_RECORD });
  });
});

describe("a topic's own ways", () => {
  test("LogAppendTime stamps the batch, renews the checksum and is told to the producer", () => {
    const log = openTestLog({ messageTimestampType: "LogAppendTime" });
    const records = batchOf(["a", "b"], { timestampMs: 5 });
    expect(produce(log, records, { nowMs: NOW_MS + 7 }).logAppendTimeMs).toBe(NOW_MS + 7);
    const view = new BatchView().point(records);
    expect([view.timestampType, view.maxTimestampMs, view.isCrcValid()]).toEqual(["LogAppendTime", NOW_MS + 7, true]);
    expect(log.offsetForTimestamp(NOW_MS + 7, 2)).toMatchObject({ offset: 0, timestampMs: NOW_MS + 7 });
  });

  for (const codec of ["gzip", "snappy", "lz4", "zstd", "uncompressed"] as const) {
    test(`compression.type ${codec} brings every batch into it`, () => {
      const log = openTestLog({ compressionType: codec });
      produce(
        log,
        batchOf(["a", "b"], {
          codec: codec === "gzip" ? "none" : "gzip",
          producerId: 3,
          producerEpoch: 1,
          baseSequence: 0,
        }),
      );
      expect(contentOf(log)).toEqual(["0:a", "1:b"]);
      const read = log.read(0, { maxBytes: 10_000, maxOffset: 2, atLeastOneBatch: true });
      const view = new BatchView().point(isRefusal(read) ? plain : read.bytes);
      expect([view.codec, view.producerId, view.producerEpoch, view.baseSequence]).toEqual([
        codec === "uncompressed" ? "none" : codec,
        3,
        1,
        0,
      ]);
    });
  }

  test("the bytes of a batch stay as they came otherwise, but for offset and epoch", () => {
    const records = batchOf(["a", "b"], { codec: "lz4" });
    const before = Uint8Array.from(records);
    const log = openTestLog();
    produce(log, records, { leaderEpoch: 9 });
    const read = log.read(0, { maxBytes: 10_000, maxOffset: 2, atLeastOneBatch: true });
    expect(isRefusal(read) ? [] : [...read.bytes.subarray(FIELD.magic)]).toEqual([...before.subarray(FIELD.magic)]);
  });
});
