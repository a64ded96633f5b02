import { describe, expect, test } from "vitest";
import { decodePayload, hexOf, isJsonDocument } from "@/lib/decode-payload";

const utf8 = (text: string) => new TextEncoder().encode(text);

describe("decodePayload", () => {
  test("tells null from empty", () => {
    expect(decodePayload(null)).toEqual({ format: "null", text: "", sizeBytes: 0, truncated: false });
    expect(decodePayload(new Uint8Array())).toEqual({ format: "empty", text: "", sizeBytes: 0, truncated: false });
  });

  test("finds JSON documents and keeps their text untouched", () => {
    expect(decodePayload(utf8('{"id": 9007199254740993}'))).toEqual({
      format: "json",
      text: '{"id": 9007199254740993}',
      sizeBytes: 24,
      truncated: false,
    });
  });

  test.each(["42", "true", '"quoted"', "{not json", "plain text\twith tab\n"])("reads %j as text", (text) => {
    expect(decodePayload(utf8(text)).format).toBe("text");
  });

  test("writes bytes that are not text as hex", () => {
    expect(decodePayload(new Uint8Array([0, 0, 0, 7, 255]))).toEqual({
      format: "bytes",
      text: "00000007ff",
      sizeBytes: 5,
      truncated: false,
    });
    expect(decodePayload(new Uint8Array([0xc3, 0x28])).format).toBe("bytes");
  });

  test("cuts long text and long bytes to the characters asked for", () => {
    expect(decodePayload(utf8("x".repeat(50)), 10)).toEqual({
      format: "text",
      text: "x".repeat(10),
      sizeBytes: 50,
      truncated: true,
    });
    expect(decodePayload(new Uint8Array(50), 10)).toEqual({
      format: "bytes",
      text: "0000000000",
      sizeBytes: 50,
      truncated: true,
    });
  });

  test("never cuts a character in half", () => {
    expect(decodePayload(utf8(`${"x".repeat(9)}😀😀`), 10).text).toBe("x".repeat(9));
  });
});

test("hexOf writes two digits a byte", () => expect(hexOf(new Uint8Array([1, 171]))).toBe("01ab"));

test("a document too large to parse is JSON by its first character", () => {
  expect(isJsonDocument(`{"a":"${"x".repeat(300_000)}`)).toBe(true);
});
