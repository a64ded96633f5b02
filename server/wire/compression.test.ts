import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { CODECS, compress, decompress, loadCompression } from "./compression.ts";
import { zstd } from "./codecs/wasm-codecs.ts";
import { WireError } from "./wire-error.ts";

const compressing = CODECS.filter((codec) => codec !== "none");
/** Repeats and noise in one, so that blocks have literals, short and long copies. */
const content = fc
  .array(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.tuple(fc.nat(255), fc.nat(70_000))), { maxLength: 12 })
  .map((parts) =>
    Buffer.concat(parts.map((part) => (Array.isArray(part) ? Buffer.alloc(part[1], part[0]) : Buffer.from(part)))),
  );
const hex = (text: string) => Buffer.from(text, "hex");

beforeAll(loadCompression);

describe.each(compressing)("%s", (codec) => {
  test("gives back what it was given", () => {
    fc.assert(
      fc.property(content, (bytes) => {
        expect(Buffer.compare(decompress(codec, compress(codec, bytes)), bytes)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test("takes content of several blocks", () => {
    const bytes = Buffer.from(Array.from({ length: 60_000 }, (_, index) => `{"id":${index}}`).join("\n"));
    expect(Buffer.compare(decompress(codec, compress(codec, bytes)), bytes)).toBe(0);
  });

  test("ends in WireError wherever its bytes are cut", () => {
    const bytes = compress(codec, Buffer.from("one two three, one two three, one two three four"));
    for (let cut = 0; cut < bytes.length; cut++) {
      expect(() => expectLess(decompress(codec, bytes.subarray(0, cut)), 48)).toThrow(WireError);
    }
  });

  test("gives content or WireError for any change of its bytes, and works on after it", () => {
    const bytes = compress(codec, Buffer.from(JSON.stringify(Array.from({ length: 300 }, (_, id) => ({ id })))));
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const broken = Buffer.from(bytes);
        for (const [position, mask] of changes) broken[position] = (broken[position] ?? 0) ^ mask;
        onlyWireErrors(() => decompress(codec, broken, 1_000_000));
      }),
      { numRuns: 500 },
    );
    expect(decompress(codec, bytes).length).toBeGreaterThan(1000);
  });

  test("gives content or WireError for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => onlyWireErrors(() => decompress(codec, bytes))),
    );
  });

  test("stops a bomb at the bound", () => {
    const bomb = compress(codec, Buffer.alloc(64 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    expect(() => decompress(codec, bomb, 1024 * 1024)).toThrow(WireError);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  test("takes content that is exactly as large as the bound", () => {
    const bytes = Buffer.alloc(300_000, "abc");
    expect(decompress(codec, compress(codec, bytes), 300_000).length).toBe(300_000);
    expect(() => decompress(codec, compress(codec, bytes), 299_999)).toThrow(WireError);
  });
});

describe("framings of other writers", () => {
  test("none is the input itself", () => {
    const bytes = Buffer.from("as it is");
    expect(compress("none", bytes)).toBe(bytes);
    expect(decompress("none", bytes)).toBe(bytes);
  });

  test("snappy is written with xerial's header and blocks of 32 KiB", () => {
    const bytes = compress("snappy", Buffer.alloc(40_000, "x"));
    expect(Buffer.from(bytes.subarray(0, 16)).toString("hex")).toBe("82534e41505059000000000100000001");
  });

  test("snappy is read raw, and as two xerial streams one behind the other", () => {
    expect(Buffer.from(decompress("snappy", hex("0b08 616263 1103".replaceAll(" ", "")))).toString()).toBe(
      "abcabcabcab",
    );
    const stream = compress("snappy", Buffer.from("twice "));
    expect(Buffer.from(decompress("snappy", Buffer.concat([stream, stream]))).toString()).toBe("twice twice ");
  });

  test("snappy's declared size is judged before it is allocated", () => {
    expect(() => decompress("snappy", hex("ffffffff0f00"))).toThrow(/more than the limit/);
  });

  test("lz4 frames with checksums, a content size and linked blocks are read", () => {
    // Flags: linked blocks, block checksum, content size, content checksum; a stored block, then one that copies from it.
    const all =
      "04224d18 5c40 0a00000000000000 00 02000080 6162 00000000 04000000 04 0200 00 00000000 00000000 00000000";
    expect(Buffer.from(decompress("lz4", hex(all.replaceAll(" ", "")))).toString()).toBe("ababababab");
    const stored = "04224d18 7c40 0400000000000000 00 02000080 6162 00000000 02000080 6364 00000000 00000000 00000000";
    expect(Buffer.from(decompress("lz4", hex(stored.replaceAll(" ", "")))).toString()).toBe("abcd");
    const linked = "04224d18 4040 c0 02000080 6162 05000000 00 0200 10 65 00000000";
    expect(Buffer.from(decompress("lz4", hex(linked.replaceAll(" ", "")))).toString()).toBe("abababe");
  });

  test("an lz4 copy from before an independent block is refused", () => {
    const frame = "04224d18 6040 82 02000080 6162 05000000 00 0200 10 65 00000000";
    expect(() => decompress("lz4", hex(frame.replaceAll(" ", "")))).toThrow(WireError);
  });

  test("zstd frames without a content size, and several in a row, are read", () => {
    const unsized = hex("28b52ffd00580c0000686920");
    onlyWireErrors(() => decompress("zstd", unsized));
    const raw = hex("28b52ffd0058 190000 616263".replaceAll(" ", ""));
    expect(Buffer.from(decompress("zstd", raw)).toString()).toBe("abc");
    expect(Buffer.from(decompress("zstd", Buffer.concat([raw, zstd().compress(Buffer.from("def"))]))).toString()).toBe(
      "abcdef",
    );
    const skippable = hex("502a4d18 02000000 ffff".replaceAll(" ", ""));
    expect(Buffer.from(decompress("zstd", Buffer.concat([skippable, raw]))).toString()).toBe("abc");
  });

  test("a zstd frame of many small blocks that could hold more than the bound is still read when it does not", () => {
    const blocks = Array.from({ length: 40 }, (_, index) => hex(index === 39 ? "0b000061" : "0a000061"));
    const frame = Buffer.concat([hex("28b52ffd0058"), ...blocks]);
    expect(decompress("zstd", frame, 100).length).toBe(40);
  });

  test("gzip of several members is read", () => {
    const members = Buffer.concat([gzipSync("one "), gzipSync("two")]);
    expect(Buffer.from(decompress("gzip", members)).toString()).toBe("one two");
  });
});

/** Cutting can leave whole frames in front: then the content is shorter, and the batch's own checks find it. */
function expectLess(bytes: Uint8Array, size: number): void {
  if (bytes.length < size) throw new WireError("short", { api: "", version: 0, fieldPath: "", position: 0 });
}

function onlyWireErrors(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
  }
}
