import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32c, crc32cIsNative, tableCrc32c } from "./crc32c.ts";

const text = (value: string) => new TextEncoder().encode(value);

describe("crc32c", () => {
  test("gives the check values of RFC 3720", () => {
    expect(crc32c(text("123456789"))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
    expect(crc32c(new Uint8Array(0))).toBe(0);
  });

  test("counts only the bytes of the range", () => {
    const bytes = text(`xx${"123456789".repeat(40)}yy`);
    const inside = bytes.slice(2, -2);
    expect(crc32c(bytes, 2, bytes.length - 2)).toBe(crc32c(inside));
    expect(crc32c(bytes, 2, 11)).toBe(0xe3069283);
  });

  test("is the same from the native module and from the tables, at every length and alignment", () => {
    expect(crc32cIsNative).toBe(true);
    const inputs = fc.tuple(fc.uint8Array({ minLength: 0, maxLength: 600 }), fc.nat(9));
    fc.assert(
      fc.property(inputs, ([bytes, start]) => {
        const from = Math.min(start, bytes.length);
        expect(crc32c(bytes, from)).toBe(tableCrc32c(bytes, from, bytes.length));
      }),
    );
  });
});
