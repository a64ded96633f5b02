import { encode as encodeCbor, Tagged } from "cborg";
import { encode as encodeMessagePack } from "@msgpack/msgpack";
import { describe, expect, test } from "vitest";
import golden from "../../wire/testing/golden-records.json" with { type: "json" };
import { type DecoderChoice, decoderNames } from "../../../lib/contracts/decoding.ts";
import { decode } from "./decode.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (text: string) => new Uint8Array(Buffer.from(text, "hex"));
const read = (bytes: Uint8Array | null, choice: DecoderChoice = "auto") =>
  decode({ bytes, isCut: false, topic: "orders", part: "value", key: null }, choice);
const short = (bytes: Uint8Array, choice?: DecoderChoice) => {
  const { decoder, text } = read(bytes, choice);
  return [decoder, text];
};

describe("a decoder is chosen by itself", () => {
  test("for null and for no bytes none is needed", () => {
    expect(read(null)).toEqual({ decoder: null, form: "null", text: "", failed: [] });
    expect(read(new Uint8Array())).toEqual({ decoder: null, form: "empty", text: "", failed: [] });
  });

  test.each<[string, Uint8Array, string, string]>([
    ["JSON", utf8(' {"id": 9007199254740993}'), "json", ' {"id": 9007199254740993}'],
    ["a bare number", utf8("42"), "utf8", "42"],
    ["what is almost JSON", utf8("{not json"), "utf8", "{not json"],
    ["XML", utf8('<?xml version="1.0"?><a b="1"/>'), "xml", '<?xml version="1.0"?><a b="1"/>'],
    ["what is almost XML", utf8("<a><b></a>"), "utf8", "<a><b></a>"],
    ["text", utf8("grüße\twith tab\n"), "utf8", "grüße\twith tab\n"],
    ["a UUID", hex("018f3a1c7b2e7c3a9d4e5f60718293a4"), "uuid", "018f3a1c-7b2e-7c3a-9d4e-5f60718293a4"],
    ["an int", hex("0000002a"), "int32", "42"],
    ["a negative int", hex("ffffffd6"), "int32", "-42"],
    ["a long", hex("00000199f1c2d3e4"), "int64", "1760697701348"],
    ["a double", hex("3ff8000000000000"), "float64", "1.5"],
    ["a float", hex("3dcccccd"), "float32", "0.1"],
    ["bytes that are nothing", hex("00000000075f"), "hex", "00000000075f"],
  ])("%s", (_, bytes, decoder, text) => expect(short(bytes)).toEqual([decoder, text]));

  test("MessagePack, with 64-bit integers, times, bytes and extensions whole", () => {
    const bytes = encodeMessagePack(
      {
        id: 9007199254740993n,
        at: new Date(1_700_000_000_123),
        raw: new Uint8Array([1, 255]),
        list: [1.5, null, true],
      },
      { useBigInt64: true },
    );
    expect(short(bytes)).toEqual([
      "messagepack",
      '{"id":9007199254740993,"at":{"seconds":1700000000,"nanoseconds":123000000},"raw":"0x01ff","list":[1.5,null,true]}',
    ]);
    // fixext 1 of type 5.
    expect(short(hex("91d4057f"))).toEqual(["messagepack", '[{"extension":5,"data":"0x7f"}]']);
  });

  test("CBOR, with integers and decimals of any size", () => {
    const map = new Map<unknown, unknown>([
      [7, new Uint8Array([1])],
      ["id", 18446744073709551615n],
    ]);
    expect(short(encodeCbor(map))).toEqual(["cbor", '{"7":"0x01","id":18446744073709551615}']);
    // Tag 4: 27315 times ten to the power of -2; tag 2: a bignum; tag 0: a time.
    expect(short(hex("c48221196ab3"))).toEqual(["cbor", "27315e-2"]);
    expect(short(hex("81c249010000000000000000"))).toEqual(["cbor", "[18446744073709551616]"]);
    expect(short(encodeCbor([new Tagged(0, "2026-01-01T00:00:00Z")]))).toEqual([
      "cbor",
      '[{"tag":0,"value":"2026-01-01T00:00:00Z"}]',
    ]);
  });
});

describe("a decoder is chosen by hand", () => {
  test.each<[DecoderChoice, string, string]>([
    ["int8", "ff", "-1"],
    ["uint8", "ff", "255"],
    ["int16le", "0100", "1"],
    ["uint16", "ffff", "65535"],
    ["uint32le", "ffffffff", "4294967295"],
    ["int64", "8000000000000000", "-9223372036854775808"],
    ["uint64", "ffffffffffffffff", "18446744073709551615"],
    ["int64le", "ffffffffffffff7f", "9223372036854775807"],
    ["float32le", "0000c03f", "1.5"],
    ["float64le", "000000000000f87f", '"NaN"'],
    ["float64", "8000000000000000", "-0.0"],
    ["hex", "7b7d", "7b7d"],
    ["base64", "7b7d00", "e30A"],
    ["utf8", "00", "\u0000"],
    ["json", "3432", "42"],
  ])("%s reads %s as %s", (choice, bytes, text) => expect(short(hex(bytes), choice)).toEqual([choice, text]));

  test("one that cannot read the bytes is named with its reason, and they are read anyway", () => {
    expect(read(utf8("plain"), "int32")).toEqual({
      decoder: "utf8",
      form: "text",
      text: "plain",
      failed: [
        { decoder: "int32", reason: "needs 4 bytes, these are 5" },
        { decoder: "json", reason: "does not begin with { or [" },
        { decoder: "xml", reason: "does not begin with <" },
      ],
    });
  });
});

test("what was tried is told with why each failed", () => {
  const { decoder, failed } = read(hex("7b22612201ff"));
  expect(decoder).toBe("hex");
  expect(failed).toEqual([
    { decoder: "json", reason: "byte 0xff at 5 is not UTF-8" },
    { decoder: "xml", reason: "byte 0xff at 5 is not UTF-8" },
    { decoder: "utf8", reason: "byte 0xff at 5 is not UTF-8" },
    { decoder: "messagepack", reason: "does not begin with a map or an array" },
    { decoder: "cbor", reason: "does not begin with a map, an array or a tag" },
  ]);
  expect(read(utf8("a\u0001")).failed.at(-1)).toEqual({ decoder: "cbor", reason: expect.any(String) });
});

describe("records that Kafka wrote are told in words", () => {
  const topics = {
    group: "__consumer_offsets",
    transaction: "__transaction_state",
    share: "__share_group_state",
    metadata: "__cluster_metadata",
  } as const;
  const cases = golden.map(({ log, name, key, value }) => {
    const topic = Object.entries(topics).find(([known]) => known === log)?.[1] ?? "";
    const keyBytes = key === null || key === undefined ? null : hex(key);
    return { name, topic, keyBytes, valueBytes: value === null || value === undefined ? null : hex(value) };
  });

  test.each(cases)("$name of $topic", ({ topic, keyBytes, valueBytes }) => {
    for (const part of ["key", "value"] as const) {
      const bytes = part === "key" ? keyBytes : valueBytes;
      if (bytes === null) continue;
      const decoded = decode({ bytes, isCut: false, topic, part, key: keyBytes });
      expect(decoded.decoder).toBe(topic.slice(2).replaceAll("_", "-"));
      expect(decoded.words).toMatch(/\w/);
      expect(JSON.parse(decoded.text)).toHaveProperty("type");
    }
  });

  test("with the members that a group's clients wrote", () => {
    const group = cases.find(({ name }) => name === "GroupMetadataKey");
    const at = { isCut: false, topic: "__consumer_offsets", part: "value", key: group?.keyBytes ?? null } as const;
    const { text, words } = decode({ ...at, bytes: group?.valueBytes ?? null });
    expect(words).toMatch(/^generation \d+/);
    expect(text).toContain('"protocolType":"consumer"');
  });

  test.each([
    ["connector-sink", "{}", "configuration of connector sink", undefined],
    ["task-my-sink-0", "{}", "configuration of my-sink, task 0", undefined],
    [
      "status-task-sink-2",
      '{"state":"FAILED","trace":"Boom\\n\\tat x","worker_id":"w:8083"}',
      "state of sink, task 2",
      "FAILED on w:8083: Boom",
    ],
    ['["file-source",{"filename":"a"}]', '{"position":5}', "source offset of file-source", undefined],
    ["session-key", '{"key":"c2VjcmV0"}', "key by which workers trust each other", "a secret key"],
  ])("Connect's %s", (key, value, keyWords, valueWords) => {
    const at = { isCut: false, topic: "connect-configs", key: utf8(key) };
    expect(decode({ ...at, bytes: utf8(key), part: "key" })).toMatchObject({ decoder: "connect", words: keyWords });
    const decoded = decode({ ...at, bytes: utf8(value), part: "value" });
    expect([decoded.decoder, decoded.text, decoded.words]).toEqual(["connect", value, valueWords]);
  });
});

test("MirrorMaker's internal topics are told in words", () => {
  const text = (value: string) => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
  const offset = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(value));
    return bytes;
  };
  const partition = Buffer.from([0, 0, 0, 3]);
  const version = Buffer.from([0, 0]);
  const told = (topic: string, part: "key" | "value", ...bytes: Buffer[]) => {
    const {
      decoder,
      words,
      text: json,
    } = decode({ bytes: Buffer.concat(bytes), isCut: false, topic, part, key: null });
    expect(decoder).toBe("mirror-maker");
    expect(() => JSON.parse(json)).not.toThrow();
    return words;
  };
  expect(told("heartbeats", "key", text("a"), text("b"))).toBe("a to b");
  expect(told("a.heartbeats", "value", version, offset(5))).toBe("alive at 5");
  expect(told("a.checkpoints.internal", "key", text("billing"), text("orders"), partition)).toBe("billing: orders-3");
  expect(told("a.checkpoints.internal", "value", version, offset(7), offset(9), text(""))).toBe("7 there is 9 here");
  expect(told("mm2-offset-syncs.b.internal", "key", text("orders"), partition)).toBe("orders-3");
  expect(told("mm2-offset-syncs.b.internal", "value", offset(7), offset(9))).toBe("7 there is 9 here");
});

describe("hostile bytes end in words", () => {
  test("JSON nested 100,000 deep is JSON", () => {
    const text = "[".repeat(100_000) + "]".repeat(100_000);
    expect(read(utf8(text))).toMatchObject({ decoder: "json" });
  });

  test("MessagePack and CBOR nested 100,000 deep are refused", () => {
    const deepMessagePack = new Uint8Array(100_001).fill(0x91);
    const deepCbor = new Uint8Array(100_001).fill(0x81);
    for (const [bytes, choice] of [
      [deepMessagePack, "messagepack"],
      [deepCbor, "cbor"],
    ] as const) {
      const { decoder, failed } = read(bytes, choice);
      expect(decoder).toBe("hex");
      expect(failed[0]?.decoder).toBe(choice);
    }
  });

  test("lengths that the bytes cannot hold are refused", () => {
    expect(read(hex("ddffffffff00"), "messagepack").failed[0]?.reason).toMatch(/length/i);
    expect(read(hex("9bffffffffffffffff00"), "cbor").failed[0]?.decoder).toBe("cbor");
  });

  test("every decoder takes any bytes without throwing", () => {
    let state = 12_345;
    for (let round = 0; round < 40; round++) {
      const bytes = Uint8Array.from(
        { length: round % 40 },
        () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16,
      );
      for (const choice of decoderNames) {
        for (const part of ["key", "value", "header"] as const) {
          decode({ bytes, isCut: round % 2 === 0, topic: "connect-status", part, key: bytes }, choice);
        }
      }
    }
  });

  test("the beginning of a long payload is told by itself", () => {
    const cut = (bytes: Uint8Array) => decode({ bytes, isCut: true, topic: "t", part: "value", key: null });
    expect(cut(utf8('{"a": "unfinishe'))).toMatchObject({ decoder: "json" });
    expect(cut(utf8("é").subarray(0, 1))).toMatchObject({ decoder: "utf8", text: "" });
    expect(cut(hex("91"))).toMatchObject({ decoder: "hex" });
  });
});
