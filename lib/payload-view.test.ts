import { describe, expect, test } from "vitest";
import { base64OfBytes, bytesOfBase64, hexDump, previewAs, viewPayload } from "@/lib/payload-view";

const utf8 = (text: string) => new TextEncoder().encode(text);
const payload = (bytes: Uint8Array, truncated = false) => ({
  base64: base64OfBytes(bytes),
  sizeBytes: bytes.length,
  truncated,
});

describe("a payload", () => {
  test("of null and of no bytes are told apart", () => {
    expect(viewPayload({ base64: null, sizeBytes: 0, truncated: false }, "auto").format).toBe("null");
    expect(viewPayload(payload(new Uint8Array()), "auto").format).toBe("empty");
  });

  test("that is JSON is laid out with its numbers untouched", () => {
    expect(viewPayload(payload(utf8('{"id":9007199254740993}')), "auto")).toEqual({
      format: "json",
      text: '{\n  "id": 9007199254740993\n}',
    });
  });

  test("is shown as asked, or with a note why not", () => {
    const json = payload(utf8('{"a":1}'));
    expect(viewPayload(json, "text")).toEqual({ format: "text", text: '{"a":1}' });
    expect(viewPayload(json, "hex").format).toBe("hex");
    expect(viewPayload(payload(utf8("plain")), "json")).toEqual({
      format: "text",
      text: "plain",
      note: "This is not JSON.",
    });
    expect(viewPayload(payload(new Uint8Array([0, 1])), "text").note).toBe("These bytes are not UTF-8 text.");
    expect(viewPayload(payload(new Uint8Array([0, 1])), "auto").note).toBeUndefined();
  });

  test("cut inside a character is still text", () => {
    const cut = utf8("aé").subarray(0, 2);
    expect(viewPayload(payload(cut, true), "auto")).toEqual({ format: "text", text: "a" });
    expect(viewPayload(payload(utf8("é"), true), "auto")).toEqual({ format: "text", text: "é" });
  });
});

test("hexDump writes sixteen bytes a line with their ASCII", () => {
  expect(hexDump(utf8("0123456789abcdefg\n"))).toBe(
    [
      "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef",
      `00000010  67 0a ${" ".repeat(43)} g·`,
    ].join("\n"),
  );
});

test("base64 goes both ways, and what is none is told", () => {
  expect(bytesOfBase64(base64OfBytes(new Uint8Array([0, 255, 7])))).toEqual(new Uint8Array([0, 255, 7]));
  expect(bytesOfBase64("%%%")).toBeUndefined();
});

test("previews follow the decoder where they can", () => {
  const json = { format: "json", text: '{"a":1}', sizeBytes: 7, truncated: false } as const;
  expect([previewAs(json, "auto").format, previewAs(json, "text").format, previewAs(json, "hex").text]).toEqual([
    "json",
    "text",
    "7b2261223a317d",
  ]);
  expect(previewAs({ format: "null", text: "", sizeBytes: 0, truncated: false }, "hex").format).toBe("null");
});
