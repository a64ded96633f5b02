import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { CODECS, loadCompression } from "./compression.ts";
import { addSequence, batchesIn, BatchView, completeBatchesEnd } from "./record-batch.ts";
import { buildBatch, buildBatches, RecordBatchBuilder, type BatchOptions } from "./record-batch-builder.ts";
import { RecordCursor, recordsOf } from "./record-cursor.ts";
import type { LogRecord, NewRecord } from "./record.ts";
import { WireError } from "./wire-error.ts";

const bytesOrNull = fc.option(fc.uint8Array({ maxLength: 200 }), { nil: null });
const records = fc.array(
  fc.record({
    timestampMs: fc.oneof(
      fc.integer({ min: -1, max: 2_000_000_000_000 }),
      fc.integer({ min: -(2 ** 51), max: 2 ** 51 }),
    ),
    key: bytesOrNull,
    value: bytesOrNull,
    headers: fc.array(fc.record({ key: fc.string({ unit: "grapheme" }), value: bytesOrNull }), { maxLength: 4 }),
  }),
  { maxLength: 20 },
);
const options = fc.record({
  baseOffset: fc.nat(2 ** 40),
  partitionLeaderEpoch: fc.nat(1000),
  codec: fc.constantFrom(...CODECS),
  producerId: fc.nat(2 ** 40),
  producerEpoch: fc.nat(32767),
  baseSequence: fc.nat(2 ** 31 - 1),
  isTransactional: fc.boolean(),
  isControl: fc.boolean(),
}) satisfies fc.Arbitrary<BatchOptions>;
const text = (value: string) => new TextEncoder().encode(value);
const record = (value: string, timestampMs = 1000): NewRecord => ({ timestampMs, key: null, value: text(value) });
/** The bytes at some place in larger memory, as in a receive buffer. */
const placed = (bytes: Uint8Array, position: number) => {
  const memory = new Uint8Array(position + bytes.length + 7).fill(0x5a);
  memory.set(bytes, position);
  return memory;
};
const viewOf = (bytes: Uint8Array, position = 0) => new BatchView().point(bytes, position);

beforeAll(loadCompression);

describe("building and reading", () => {
  test("every record and header field comes back, wherever the batch lies", () => {
    fc.assert(
      fc.property(records, options, fc.nat(40), (input, header, position) => {
        fc.pre(input.length > 0);
        const batch = viewOf(placed(buildBatch(input, header), position), position);
        expect(batch.fault()).toBeNull();
        expect(batch.isCrcValid()).toBe(true);
        expect(batch).toMatchObject({ ...header, magic: 2, count: input.length, timestampType: "CreateTime" });
        expect(batch.lastOffset).toBe(header.baseOffset + input.length - 1);
        expect(batch.lastSequence).toBe(addSequence(header.baseSequence, input.length - 1));
        expect(batch.maxTimestampMs).toBe(Math.max(-1, ...input.map((each) => each.timestampMs)));
        const expected = input.map((each, index) => ({ ...each, offset: header.baseOffset + index }));
        const read = [...recordsOf(batch)].map(copied);
        expect(read).toEqual(expected);
      }),
    );
  });

  test("offsets with gaps and a last offset after the last record survive, as compaction leaves them", () => {
    const kept = [
      { ...record("a"), offset: 12 },
      { ...record("b"), offset: 17 },
    ];
    const batch = viewOf(buildBatch(kept, { baseOffset: 10, lastOffset: 20, deleteHorizonMs: 5000 }));
    expect([...recordsOf(batch)].map((each) => [each.offset, each.timestampMs])).toEqual([
      [12, 1000],
      [17, 1000],
    ]);
    expect(batch).toMatchObject({
      baseOffset: 10,
      lastOffset: 20,
      nextOffset: 21,
      count: 2,
      hasDeleteHorizon: true,
      baseTimestampMs: 5000,
    });
  });

  test("a batch without records is a bare header", () => {
    const batch = viewOf(
      buildBatch([], { baseOffset: 10, lastOffset: 20, codec: "zstd", producerId: 7, baseSequence: 3 }),
    );
    expect(batch.fault()).toBeNull();
    expect(batch).toMatchObject({ sizeBytes: 61, count: 0, lastOffset: 20, lastSequence: 13, maxTimestampMs: -1 });
    expect([...recordsOf(batch)]).toEqual([]);
  });

  test("records are split into batches that stay within the size, offsets and sequences going on", () => {
    const input = Array.from({ length: 50 }, (_, index) => record("x".repeat(index * 10)));
    const batches = buildBatches(input, {
      batchBytesMax: 1000,
      baseOffset: 100,
      baseSequence: 2 ** 31 - 3,
      producerId: 1,
      producerEpoch: 0,
    });
    expect(batches.length).toBeGreaterThan(5);
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(1000);
    let next = 100;
    for (const batch of batchesIn(Buffer.concat(batches))) {
      expect(batch.baseOffset).toBe(next);
      expect(batch.baseSequence).toBe(addSequence(2 ** 31 - 3, next - 100));
      next = batch.nextOffset;
    }
    expect(next).toBe(150);
    expect(buildBatches([record("y".repeat(5000))], { batchBytesMax: 1000 })).toHaveLength(1);
  });

  test("the builder foretells its size", () => {
    const builder = new RecordBatchBuilder();
    for (const each of [record("one"), { ...record("two", 90_000_000), headers: [{ key: "ä", value: null }] }]) {
      const size = builder.sizeWith(each);
      builder.append(each);
      expect(builder.sizeBytes).toBe(size);
    }
    expect(builder.build().length).toBe(builder.sizeBytes);
  });
});

describe("patching in place", () => {
  test("base offset and leader epoch are outside the CRC", () => {
    const batch = viewOf(placed(buildBatch([record("a"), record("b")]), 5), 5);
    batch.baseOffset = 2 ** 41 + 3;
    batch.partitionLeaderEpoch = 12;
    expect(batch).toMatchObject({ baseOffset: 2 ** 41 + 3, partitionLeaderEpoch: 12, lastOffset: 2 ** 41 + 4 });
    expect(batch.isCrcValid()).toBe(true);
    expect([...recordsOf(batch)].map((each) => each.offset)).toEqual([2 ** 41 + 3, 2 ** 41 + 4]);
  });

  test("the log append time is every record's, and the CRC is renewed", () => {
    const batch = viewOf(buildBatch([record("a", 1), record("b", 2)], { codec: "lz4" }));
    const crc = batch.crc;
    batch.setLogAppendTime(1_800_000_000_123);
    expect(batch).toMatchObject({ timestampType: "LogAppendTime", maxTimestampMs: 1_800_000_000_123, codec: "lz4" });
    expect(batch.crc).not.toBe(crc);
    expect(batch.isCrcValid()).toBe(true);
    expect([...recordsOf(batch)].map((each) => each.timestampMs)).toEqual([1_800_000_000_123, 1_800_000_000_123]);
  });

  test("any changed bit under the CRC is found", () => {
    const bytes = buildBatch([record("a")]);
    fc.assert(
      fc.property(
        fc.integer({ min: 17, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (position, mask) => {
          const broken = Uint8Array.from(bytes);
          broken[position] = (broken[position] ?? 0) ^ mask;
          expect(viewOf(broken).isCrcValid()).toBe(false);
        },
      ),
    );
  });
});

describe("ranges of batches", () => {
  const three = [
    buildBatch([record("a")]),
    buildBatch([record("b"), record("c")], { baseOffset: 1 }),
    buildBatch([record("d")], { baseOffset: 3 }),
  ];
  const whole = Buffer.concat(three);

  test("end before an incomplete batch, at every cut", () => {
    const ends = three.map((_, index) => three.slice(0, index + 1).reduce((sum, batch) => sum + batch.length, 0));
    for (let cut = 0; cut <= whole.length; cut++) {
      const complete = ends.filter((end) => end <= cut).length;
      expect([...batchesIn(whole.subarray(0, cut))].length).toBe(complete);
      expect([...batchesIn(whole, 0, cut)].length).toBe(complete);
      expect(completeBatchesEnd(whole, 0, cut)).toBe(ends[complete - 1] ?? 0);
    }
  });

  test("throw WireError at what is no batch", () => {
    expect(() => [...batchesIn(Buffer.concat([whole, new Uint8Array(80)]))]).toThrow(WireError);
  });
});

describe("hostile bytes", () => {
  const sound = buildBatch([record("a"), record("b")]);
  const broken = (position: number, ...bytes: number[]) => {
    const copy = Uint8Array.from(sound);
    copy.set(bytes, position);
    return viewOf(copy).fault();
  };

  test("are named by the fault of their header", () => {
    expect(viewOf(sound.subarray(0, 11)).fault()).toBe("incomplete");
    expect(viewOf(sound.subarray(0, sound.length - 1)).fault()).toBe("incomplete");
    expect(broken(8, 0x7f, 0xff, 0xff, 0xff)).toBe("incomplete");
    expect(broken(8, 0xff, 0xff, 0xff, 0xff)).toBe("length");
    expect(broken(8, 0, 0, 0, 48)).toBe("length");
    expect(broken(16, 1)).toBe("magic");
    expect(broken(21, 0, 5)).toBe("codec");
    expect(broken(57, 0xff)).toBe("count");
    expect(broken(57, 0, 0, 0, 3)).toBe("count");
    expect(broken(23, 0xff)).toBe("count");
    expect(broken(0, 0x80)).toBe("offset");
    expect(broken(0, 0x7f)).toBe("offset");
    expect(broken(1, 1)).toBeNull();
  });

  test("beyond 2^53 fields read as that bound", () => {
    const copy = Uint8Array.from(sound);
    copy.set([0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 35);
    copy.set([0x80, 0, 0, 0, 0, 0, 0, 0], 43);
    expect(viewOf(copy)).toMatchObject({
      maxTimestampMs: Number.MAX_SAFE_INTEGER,
      producerId: Number.MIN_SAFE_INTEGER,
    });
  });

  test("in records end in WireError, with any codec", () => {
    fc.assert(
      fc.property(records, fc.uint8Array({ maxLength: 300 }), fc.nat(50), (input, noise, count) => {
        fc.pre(input.length > 0);
        for (const bytes of [
          withRecords(noise, count),
          withRecords(buildBatch(input).subarray(61), count),
          withRecords(mixed(input, noise), input.length),
        ]) {
          onlyWireErrors(() => [...recordsOf(viewOf(bytes))]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a count that lies either way ends in WireError", () => {
    const section = sound.subarray(61);
    expect(() => [...recordsOf(viewOf(withRecords(section, 1)))]).toThrow(/left after the last record/);
    expect(() => [...recordsOf(viewOf(withRecords(section, 3)))]).toThrow(/cut/);
  });

  test.each([
    ["a record longer than the batch", "7e 00 00 00 01 02 61 00"],
    ["a record with a negative length", "01 00 00 00 01 02 61 00"],
    ["a key longer than the record", "0e 00 00 00 7e 02 61 00"],
    ["a value with a length below null", "0c 00 00 00 01 03 00"],
    ["more headers than there are bytes for", "14 00 00 00 01 02 61 feffffff0f"],
    ["a negative number of headers", "0e 00 00 00 01 02 61 01"],
    ["a header without a key", "10 00 00 00 01 02 61 02 01 01"],
    ["fields that end before the record", "10 00 00 00 01 02 61 00 00"],
    ["a varint of six bytes", "ffffffffff7f"],
    ["a varlong of eleven bytes", "20 00 ffffffffffffffffffff01 00 01 01 00"],
    ["a record without bytes", "00"],
  ])("%s ends in WireError", (_, hex) => {
    const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
    expect(() => [...recordsOf(viewOf(withRecords(bytes, 1)))]).toThrow(WireError);
  });

  test("compressed records over the caller's bound are refused", () => {
    for (const codec of CODECS.filter((each) => each !== "none")) {
      const bomb = viewOf(buildBatch([{ ...record(""), value: new Uint8Array(1_000_000) }], { codec }));
      expect(() => new RecordCursor().open(bomb, 100_000)).toThrow(WireError);
      expect([...recordsOf(bomb)]).toHaveLength(1);
    }
  });
});

/** The record without views, so that it can be compared with one that has none. */
function copied(read: LogRecord): LogRecord {
  const { offset, timestampMs } = read;
  const headers = read.headers.map(({ key, value }) => ({ key, value: plain(value) }));
  return { offset, timestampMs, key: plain(read.key), value: plain(read.value), headers };
}

function plain(bytes: Uint8Array | null): Uint8Array | null {
  return bytes === null ? null : Uint8Array.from(bytes);
}

/** A batch around these bytes, its header sound. */
function withRecords(section: Uint8Array, count: number): Uint8Array {
  const bytes = Buffer.concat([buildBatch([], { lastOffset: Math.max(0, count - 1) }), section]);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt32BE(count, 57);
  return bytes;
}

function mixed(input: NewRecord[], noise: Uint8Array): Uint8Array {
  const section = Uint8Array.from(buildBatch(input).subarray(61));
  section.set(noise.subarray(0, section.length), Math.max(0, section.length - noise.length) >> 1);
  return section;
}

function onlyWireErrors(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
  }
}
