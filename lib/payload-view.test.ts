import { describe, expect, test } from "vitest";
import type { PayloadDetail } from "@/lib/contracts/messages";
import { base64OfBytes, bytesOfBase64, copyOf, hexLines, payloadLines, wholePayload } from "@/lib/payload-view";
import { xmlLines } from "@/lib/xml-lines";

const utf8 = (text: string) => new TextEncoder().encode(text);
const shown = (form: PayloadDetail["form"], text: string, decoder: PayloadDetail["decoder"] = null) => ({
  decoder,
  form,
  text,
  bytes: utf8(text),
});
const texts = (lines: Iterable<{ text: string }>) => Array.from(lines, ({ text }) => text);

describe("a payload is shown", () => {
  test("as JSON laid out, its numbers untouched", () =>
    expect(texts(payloadLines(shown("json", '{"id":9007199254740993}')))).toEqual([
      "{",
      '  "id": 9007199254740993',
      "}",
    ]));

  test("as text line by line", () => expect(texts(payloadLines(shown("text", "a\n\nb")))).toEqual(["a", "", "b"]));

  test("as XML, an element a line and its text beside it", () => {
    const xml = '<?xml version="1.0"?><order id="1"><item>two  words</item><empty/><!-- c --></order>';
    const laidOut = [
      '<?xml version="1.0"?>',
      '<order id="1">',
      "  <item>two  words</item>",
      "  <empty/>",
      "  <!-- c -->",
      "</order>",
    ];
    expect([...xmlLines(xml)]).toEqual(laidOut);
    expect(texts(payloadLines(shown("xml", xml)))).toEqual(laidOut);
  });

  test("as hex, sixteen bytes a line with their ASCII, and as base64 in one", () => {
    expect([...hexLines(utf8("0123456789\n"))]).toEqual([
      "00000000  30 31 32 33 34 35 36 37  01234567",
      `00000008  38 39 0a ${" ".repeat(15)} 89·`,
    ]);
    expect(texts(payloadLines({ decoder: "base64", form: "bytes", text: "AP8=", bytes: utf8("") }))).toEqual(["AP8="]);
  });
});

test("what is loaded whole is read as its beginning was, or in hex", () => {
  const cut: PayloadDetail = {
    base64: "",
    sizeBytes: 20,
    truncated: true,
    decoder: "json",
    form: "json",
    text: '{"a":',
    failed: [],
  };
  expect(wholePayload(cut, utf8('{"a":1}'))).toMatchObject({ form: "json", text: '{"a":1}' });
  expect(wholePayload(cut, new Uint8Array([0xff]))).toMatchObject({ decoder: "hex", form: "bytes" });
});

test("copying gives text as it was produced, and bytes as they are shown", () => {
  expect(copyOf({ decoder: "json", form: "json", text: '{"a":1}', bytes: utf8('{"a":1}') })).toBe('{"a":1}');
  expect(copyOf({ decoder: "hex", form: "bytes", text: "00ff", bytes: new Uint8Array([0, 255]) })).toBe("00ff");
  const packed = { decoder: "messagepack", form: "json", text: "[1]", bytes: new Uint8Array([0x91, 1]) } as const;
  expect(copyOf(packed)).toBe("[1]");
  // What one's own decoder read is wanted, though the bytes may be text.
  expect(copyOf({ decoder: "own:acme", form: "json", text: '{"a":1}', bytes: utf8("a|1") })).toBe('{"a":1}');
});

test("what one's own decoder has read whole stays as it is when all bytes are there", () => {
  const detail = { base64: "", sizeBytes: 3, truncated: true, decoder: "own:acme", failed: [] } as const;
  const cut: PayloadDetail = { ...detail, form: "json", text: '{"a":1}', failed: [] };
  expect(wholePayload(cut, utf8("a|1"))).toMatchObject({ decoder: "own:acme", form: "json", text: '{"a":1}' });
});

test("base64 goes both ways, and what is none is told", () => {
  expect(bytesOfBase64(base64OfBytes(new Uint8Array([0, 255, 7])))).toEqual(new Uint8Array([0, 255, 7]));
  expect(bytesOfBase64("%%%")).toBeUndefined();
});
