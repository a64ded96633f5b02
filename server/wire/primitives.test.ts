import { describe, expect, test } from "vitest";
import { Reader } from "./reader.ts";
import { isUuidText, uuidFromText, uuidToText, ZERO_UUID } from "./uuid.ts";
import { includesVersion, versionRange } from "./version-range.ts";
import { WireError } from "./wire-error.ts";
import { uvarintBytes, Writer } from "./writer.ts";

/** The bytes that a writer makes, as hex. */
function written(write: (writer: Writer) => void): string {
  const writer = new Writer(1);
  write(writer);
  return writer.toBuffer().toString("hex");
}

function reader(hex: string): Reader {
  return new Reader(Buffer.from(hex.replaceAll(" ", ""), "hex"));
}

describe("numbers", () => {
  test("are big-endian and signed", () => {
    expect(written((writer) => writer.int16(-2))).toBe("fffe");
    expect(written((writer) => writer.int32(-2_147_483_648))).toBe("80000000");
    expect(written((writer) => writer.uint16(65_535))).toBe("ffff");
    expect(written((writer) => writer.uint32(4_294_967_295))).toBe("ffffffff");
    expect(reader("fffe").int16()).toBe(-2);
    expect(reader("fffe").uint16()).toBe(65_534);
    expect(reader("80").int8()).toBe(-128);
    expect(reader("80000000").int32()).toBe(-2_147_483_648);
    expect(reader("80000000").uint32()).toBe(2_147_483_648);
    expect(reader("3ff8000000000000").float64()).toBe(1.5);
  });

  test.each([0, 1, -1, 2 ** 32, -(2 ** 32), -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    "int64 %d comes back",
    (value) => {
      const hex = written((writer) => writer.int64(value));
      expect(hex).toBe(
        Buffer.from(BigInt.asUintN(64, BigInt(value)).toString(16).padStart(16, "0"), "hex").toString("hex"),
      );
      expect(reader(hex).int64()).toBe(value);
    },
  );

  test("an int64 beyond what a number holds saturates when read", () => {
    expect(reader("7fffffffffffffff").int64()).toBe(Number.MAX_SAFE_INTEGER);
    expect(reader("0020000000000000").int64()).toBe(Number.MAX_SAFE_INTEGER);
    expect(reader("8000000000000000").int64()).toBe(Number.MIN_SAFE_INTEGER);
    expect(reader("ffe0000000000000").int64()).toBe(Number.MIN_SAFE_INTEGER);
    expect(reader("8000000000000000").bigint64()).toBe(-(2n ** 63n));
  });

  test("a number outside its type is refused, and so is one that is none", () => {
    expect(() => written((writer) => writer.int8(128))).toThrow(WireError);
    expect(() => written((writer) => writer.int16(32_768))).toThrow("an int16 expected, not 32768");
    expect(() => written((writer) => writer.int32(1.5))).toThrow(WireError);
    expect(() => written((writer) => writer.uint16(-1))).toThrow(WireError);
    expect(() => written((writer) => writer.uint32(-1))).toThrow(WireError);
    expect(() => written((writer) => writer.int64(2 ** 53))).toThrow(WireError);
    expect(() => written((writer) => writer.int64(Number.NaN))).toThrow(WireError);
    expect(() => written((writer) => writer.bigint64(2n ** 63n))).toThrow(WireError);
  });

  test.each([
    [0, "00"],
    [127, "7f"],
    [128, "8001"],
    [300, "ac02"],
    [4_294_967_295, "ffffffff0f"],
  ])("unsigned varint %d is %s", (value, hex) => {
    expect(written((writer) => writer.uvarint(value))).toBe(hex);
    expect(reader(hex).uvarint()).toBe(value);
    expect(uvarintBytes(value)).toBe(hex.length / 2);
  });
});

describe("texts", () => {
  test.each(["", "a", "ascii of twenty-five chars", "é", "short ünïcode", "🙂".repeat(40), "x".repeat(32_767)])(
    "%s comes back",
    (text) => {
      const plain = written((writer) => writer.string(text));
      const compact = written((writer) => writer.compactString(text));
      expect(reader(plain).string()).toBe(text);
      expect(reader(compact).compactString()).toBe(text);
      expect(Buffer.from(plain, "hex").readInt16BE(0)).toBe(Buffer.byteLength(text));
    },
  );

  test("null has a length of -1, or 0 in the compact form", () => {
    expect(written((writer) => writer.nullableString(null))).toBe("ffff");
    expect(written((writer) => writer.compactNullableString(null))).toBe("00");
    expect(reader("ffff").nullableString()).toBeNull();
    expect(reader("00").compactNullableString()).toBeNull();
    expect(() => reader("ffff").string()).toThrow("null where this version does not allow it");
  });

  test("more than 32,767 bytes are refused, as Kafka refuses them", () => {
    expect(() => written((writer) => writer.compactString("é".repeat(16_384)))).toThrow("a string of 32768 bytes");
  });

  test("an error shows no text, which may be a secret", () => {
    // Narrowing: a caller without types.
    expect(() => written((writer) => writer.int32("password" as never))).toThrow("an int32 expected, not string");
  });
});

describe("uuids", () => {
  test("are Kafka's text: base64url without padding", () => {
    const bytes = Buffer.from("000102030405060708090a0b0c0d0eff", "hex");
    expect(uuidToText(bytes, 0)).toBe("AAECAwQFBgcICQoLDA0O_w");
    const back = Buffer.alloc(16);
    expect(uuidFromText("AAECAwQFBgcICQoLDA0O_w", back, 0)).toBe(true);
    expect(back).toEqual(bytes);
    expect(uuidToText(Buffer.alloc(16), 0)).toBe(ZERO_UUID);
  });

  test("a text that is not the one of its bytes is none", () => {
    expect(isUuidText(ZERO_UUID)).toBe(true);
    expect(isUuidText("AAECAwQFBgcICQoLDA0O_x")).toBe(false);
    expect(isUuidText("AAECAwQFBgcICQoLDA0O+w")).toBe(false);
    expect(isUuidText("AAECAwQFBgcICQoLDA0O")).toBe(false);
    expect(() => written((writer) => writer.uuid("no"))).toThrow("a uuid expected, not string");
  });
});

describe("a writer", () => {
  test("grows, and moves the bytes of a tagged field whose size needs more than one byte", () => {
    for (const size of [0, 1, 126, 127, 128, 5000, 20_000]) {
      const hex = written((writer) => {
        writer.int32(7);
        const mark = writer.beginTag(5);
        writer.byteString(Buffer.alloc(size, 0xab));
        writer.endTag(mark);
        writer.int16(9);
      });
      const back = reader(hex);
      expect([back.int32(), back.uvarint()]).toEqual([7, 5]);
      const outerEnd = back.beginTag();
      expect(back.byteString()).toEqual(Buffer.alloc(size, 0xab));
      back.endTag(outerEnd);
      expect(back.int16()).toBe(9);
      back.finish();
    }
  });

  test("counts what it wrote, slices included", () => {
    const writer = new Writer();
    writer.int32(1);
    writer.records(Buffer.alloc(10));
    writer.int8(1);
    expect(writer.size).toBe(19);
    expect(writer.toBuffer()).toHaveLength(19);
  });
});

describe("ranges of versions", () => {
  test("are written as Kafka writes them", () => {
    expect(versionRange("3")).toEqual({ min: 3, max: 3 });
    expect(versionRange("0-7")).toEqual({ min: 0, max: 7 });
    expect(includesVersion(versionRange("3+"), 99)).toBe(true);
    expect(includesVersion(versionRange("none"), 0)).toBe(false);
    expect(() => versionRange("3-")).toThrow(RangeError);
  });
});
