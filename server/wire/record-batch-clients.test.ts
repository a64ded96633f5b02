import { beforeAll, describe, expect, test } from "vitest";
import { loadCompression } from "./compression.ts";
import { controlRecordType, markerCoordinatorEpoch, buildEndTransactionMarker } from "./control-record.ts";
import { batchesIn, BatchView } from "./record-batch.ts";
import { buildBatch } from "./record-batch-builder.ts";
import { recordsOf } from "./record-cursor.ts";
import type { LogRecord, NewRecord } from "./record.ts";
import { WireError } from "./wire-error.ts";

// Bytes that real clients wrote: Java from Kafka 4.2's MemoryRecordsBuilder, the others from the segments of an Apache
// Kafka 4.2 that they produced to (librdkafka 2.0 through kcat; kafkajs 2.2).

const JAVA = {
  none: "00000000000000050000009d0000000902e0262dc90010000000020000018bcfe5687b0000018bcfe6ee9f00000000000012670003000000110000000344000000046b311e7468652066697273742076616c7565060268023102680104c3bc007a000502016e72657065617420726570656174207265706561742072657065617420726570656174207265706561742072657065617420726570656174001400c8980c04046b330100",
  gzip: "0000000000000005000000830000000902d8c6b0e40011000000020000018bcfe5687b0000018bcfe6ee9f0000000000001267000300000011000000031f8b08000000000000ff7361606060c936942bc9485548cb2c2a2e51284bcc294d6563ca603264ca606439bc87a18a81958931af28b52035b14481548a4184e1c40c1e16966c634606009791274f6c000000",
  snappy:
    "00000000000000050000008e000000090294d806fe0012000000020000018bcfe5687b0000018bcfe6ee9f00000000000012670003000000110000000382534e41505059000000000100000001000000496cd844000000046b311e7468652066697273742076616c7565060268023102680104c3bc007a000502016e7265706561742072657065617420a20e002c001400c8980c04046b330100",
  lz4: "00000000000000050000008200000009027f84c6170013000000020000018bcfe5687b0000018bcfe6ee9f00000000000012670003000000110000000304224d1860408242000000ff2144000000046b311e7468652066697273742076616c7565060268023102680104c3bc007a000502016e7265706561742007001dc0001400c8980c04046b33010000000000",
  zstd: "0000000000000005000000810000000902a53667ca0014000000020000018bcfe5687b0000018bcfe6ee9f00000000000012670003000000110000000328b52ffd0058240200c40344000000046b311e7468652066697273742076616c7565060268023102680104c3bc007a000502016e72657065617420001400c8980c04046b330100010090a20205010000",
} as const;
const JAVA_COMMIT =
  "000000000000002a00000042000000070244fd64fe0030000000000000018bcfe5687b0000018bcfe5687b00000000000012670003ffffffff000000012000000008000000010c00000000000c00";

const LIBRDKAFKA = {
  none: "000000000000000100000042000000000285194fd7000000000000000001a211fdefa3000001a211fdefa3ffffffffffffffffffffffffffff0000000120000000046b32010402680231026802320000000000000002000000a500000000028ff01bd0000000000000000001a211fdefa3000001a211fdefa3ffffffffffffffffffffffffffff00000001e401000000046b33c20172657065617420726570656174207265706561742072657065617420726570656174207265706561742072657065617420726570656174207265706561742072657065617420726570656174207265706561742072657065617420726570656174040268023102680232",
  gzip: "00000000000000010000006a0000000002383595c0000100000001000001a211fdf3b6000001a211fdf3b6ffffffffffffffffffffffffffff000000021f8b08000000000000035360606060c936626461ca60320462a3278c0c0c4c2cd9c687188b520b52134b146847c1ed0400450b660085000000",
  snappy:
    "0000000000000001000000670000000002fd8f93b1000200000001000001a211fdf7b0000001a211fdf7b0ffffffffffffffffffffffffffff0000000285018820000000046b3201040268023102680232e401000002046b33c2017265706561742072fe070062070020040268023102680232",
  lz4: "00000000000000010000007100000000021e279122000300000001000001a211fdfbbe000001a211fdfbbeffffffffffffffffffffffffffff0000000204224d1860408231000000ff1320000000046b3201040268023102680232e401000002046b33c201726570656174200700479004026802310268023200000000",
  zstd: "0000000000000001000000670000000002f3c1de00000400000001000001a211fdffbe000001a211fdffbeffffffffffffffffffffffffffff0000000228b52ffd00586d0100240220000000046b3201040268023102680232e401000002046b33c2017265706561742002007728804e537902",
} as const;

const KAFKAJS = {
  none: "0000000000000000000000820000000002c9db47c80000000000020000018bcfe568780000018bcfe6ee9f00000000000000000000000000000000000346000600046b311e7468652066697273742076616c756506026802310268023202780279420000020136726570656174207265706561742072657065617420726570656174001400ce980c04046b330100",
  gzip: "0000000000000000000000840000000002a0c6dde00001000000020000018bcfe568780000018bcfe6ee9f0000000000000000000000000000000000031f8b08000000000000037363606360c936942bc9485548cb2c2a2e51284bcc294d6563ca603264ca603262aa60aa7462606062342b4a2d484d2c51c0463188309c9bc1c3c2926dccc800004a452b4e51000000",
} as const;

const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const text = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString());
const readable = (record: LogRecord) => ({
  offset: record.offset,
  timestampMs: record.timestampMs,
  key: text(record.key),
  value: text(record.value),
  headers: record.headers.map((header) => [header.key, text(header.value)]),
});
const utf8 = (value: string) => new TextEncoder().encode(value);

beforeAll(loadCompression);

describe("batches of Java's producer", () => {
  const records = [
    {
      offset: 5,
      timestampMs: 1700000000123,
      key: "k1",
      value: "the first value",
      headers: [
        ["h", "1"],
        ["h", null],
        ["ü", ""],
      ],
    },
    {
      offset: 6,
      timestampMs: 1700000000120,
      key: null,
      value: "repeat repeat repeat repeat repeat repeat repeat repeat",
      headers: [],
    },
    { offset: 7, timestampMs: 1700000099999, key: "k3", value: null, headers: [] },
  ];

  test.each(Object.entries(JAVA))("are read with %s", (codec, bytes) => {
    const batch = new BatchView().point(hex(bytes));
    expect(batch.fault()).toBeNull();
    expect(batch.isCrcValid()).toBe(true);
    expect(batch).toMatchObject({
      codec,
      baseOffset: 5,
      partitionLeaderEpoch: 9,
      producerId: 4711,
      producerEpoch: 3,
      baseSequence: 17,
      isTransactional: true,
      isControl: false,
      maxTimestampMs: 1700000099999,
    });
    expect([...recordsOf(batch)].map(readable)).toEqual(records);
  });

  test("without compression are ours byte for byte", () => {
    const input: NewRecord[] = [
      {
        timestampMs: 1700000000123,
        key: utf8("k1"),
        value: utf8("the first value"),
        headers: [
          { key: "h", value: utf8("1") },
          { key: "h", value: null },
          { key: "ü", value: utf8("") },
        ],
      },
      { timestampMs: 1700000000120, key: null, value: utf8("repeat repeat repeat repeat repeat repeat repeat repeat") },
      { timestampMs: 1700000099999, key: utf8("k3"), value: null },
    ];
    const options = {
      baseOffset: 5,
      partitionLeaderEpoch: 9,
      producerId: 4711,
      producerEpoch: 3,
      baseSequence: 17,
      isTransactional: true,
    };
    expect(Buffer.from(buildBatch(input, options)).toString("hex")).toBe(JAVA.none);
  });

  test.each(Object.entries(JAVA))("with %s are incomplete or end in WireError wherever they are cut", (_, bytes) => {
    const whole = hex(bytes);
    for (let cut = 0; cut < whole.length; cut++) {
      expect(new BatchView().point(whole.subarray(0, cut)).fault()).toBe("incomplete");
      if (cut < 61) continue;
      const shortened = Buffer.from(whole.subarray(0, cut));
      shortened.writeInt32BE(cut - 12, 8);
      const batch = new BatchView().point(shortened);
      expect(batch.isCrcValid()).toBe(false);
      expect(() => [...recordsOf(batch)]).toThrow(WireError);
    }
  });
});

describe("batches of librdkafka", () => {
  test.each(Object.entries(LIBRDKAFKA))("are read with %s", (codec, bytes) => {
    const read: LogRecord[] = [];
    for (const batch of batchesIn(hex(bytes))) {
      expect(batch.codec).toBe(codec);
      expect(batch.isCrcValid()).toBe(true);
      read.push(...recordsOf(batch));
    }
    expect(read.map(readable)).toMatchObject([
      {
        offset: 1,
        key: "k2",
        value: null,
        headers: [
          ["h", "1"],
          ["h", "2"],
        ],
      },
      {
        offset: 2,
        key: "k3",
        value: "repeat ".repeat(14).trim(),
        headers: [
          ["h", "1"],
          ["h", "2"],
        ],
      },
    ]);
  });
});

describe("batches of kafkajs", () => {
  test.each(Object.entries(KAFKAJS))("are read with %s", (codec, bytes) => {
    const batch = new BatchView().point(hex(bytes));
    expect(batch.isCrcValid()).toBe(true);
    expect(batch).toMatchObject({ codec, producerId: 0, producerEpoch: 0, baseSequence: 0, count: 3 });
    expect([...recordsOf(batch)].map(readable)).toEqual([
      {
        offset: 0,
        timestampMs: 1700000000123,
        key: "k1",
        value: "the first value",
        headers: [
          ["h", "1"],
          ["h", "2"],
          ["x", "y"],
        ],
      },
      { offset: 1, timestampMs: 1700000000120, key: null, value: "repeat repeat repeat repeat", headers: [] },
      { offset: 2, timestampMs: 1700000099999, key: "k3", value: null, headers: [] },
    ]);
  });
});

describe("transaction markers", () => {
  test("of Java are read", () => {
    const batch = new BatchView().point(hex(JAVA_COMMIT));
    const [record] = [...recordsOf(batch)];
    expect(batch).toMatchObject({
      isControl: true,
      isTransactional: true,
      baseSequence: -1,
      lastSequence: -1,
      count: 1,
    });
    expect(controlRecordType(record?.key ?? null)).toBe("commit");
    expect(markerCoordinatorEpoch(record?.value ?? null)).toBe(12);
  });

  test("are ours byte for byte", () => {
    const marker = {
      type: "commit",
      producerId: 4711,
      producerEpoch: 3,
      coordinatorEpoch: 12,
      timestampMs: 1700000000123,
    } as const;
    const bytes = buildEndTransactionMarker(marker, { baseOffset: 42, partitionLeaderEpoch: 7 });
    expect(Buffer.from(bytes).toString("hex")).toBe(JAVA_COMMIT);
  });

  test("with broken keys and values are unknown", () => {
    expect(controlRecordType(null)).toBe("unknown");
    expect(controlRecordType(hex("0000"))).toBe("unknown");
    expect(controlRecordType(hex("0000ffff"))).toBe("unknown");
    expect(controlRecordType(hex("00000063"))).toBe("unknown");
    expect(markerCoordinatorEpoch(hex("0000"))).toBeUndefined();
    expect(markerCoordinatorEpoch(null)).toBeUndefined();
  });
});
