import { describe, expect, test } from "vitest";
import { previewPayload } from "./preview.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const preview = (bytes: Uint8Array | null, characters?: number) =>
  previewPayload({ topic: "orders", part: "value", bytes, key: null }, "auto", characters);

describe("a preview", () => {
  test("tells null from empty", () => {
    expect(preview(null)).toEqual({ format: "null", text: "", sizeBytes: 0, truncated: false });
    expect(preview(new Uint8Array())).toEqual({ format: "empty", text: "", sizeBytes: 0, truncated: false });
  });

  test("keeps the text of JSON untouched", () => {
    expect(preview(utf8('{"id": 9007199254740993}'))).toEqual({
      format: "json",
      decoder: "json",
      text: '{"id": 9007199254740993}',
      sizeBytes: 24,
      truncated: false,
    });
  });

  test("is cut to the characters asked for, and never inside a character", () => {
    expect(preview(utf8("x".repeat(50)), 10)).toMatchObject({ text: "x".repeat(10), sizeBytes: 50, truncated: true });
    expect(preview(new Uint8Array(50).fill(255), 10)).toMatchObject({ format: "bytes", text: "ffffffffff" });
    expect(preview(utf8(`${"x".repeat(9)}😀😀`), 10).text).toBe("x".repeat(9));
  });

  test("of a payload of megabytes reads its beginning only", () => {
    const large = utf8(`{"a":"${"x".repeat(3_000_000)}"}`);
    expect(preview(large)).toMatchObject({ format: "json", sizeBytes: large.length, truncated: true });
    const notText = new Uint8Array(3_000_000).fill(255);
    expect(preview(notText)).toMatchObject({ format: "bytes", sizeBytes: 3_000_000, truncated: true });
  });
});
