import { expect, test } from "vitest";
import { jsonLines } from "@/lib/json-text";
import { equals, fieldOfHeader, fieldOfLine, fieldsOfPart, withField } from "@/lib/search/include-value";

test("the single values of a document are reached as an expression reaches them", () => {
  const json = '{"a":{"b":"x"},"odd name":1,"list":[{"c":true}],"none":null,"id":9007199254740993,"big":1e20}';
  const expected = [
    'value.a.b == "x"',
    'value["odd name"] == 1',
    "value.list[0].c == true",
    "value.none == null",
    "value.id == 9007199254740993",
    "value.big == 100000000000000000000.0",
  ];
  expect(fieldsOfPart("value", { form: "json", text: json }).map(equals)).toEqual(expected);
  const lines = Array.from(jsonLines(json), (line) => fieldOfLine("value", line));
  expect(lines.flatMap((field) => (field ? [equals(field)] : []))).toEqual(expected);
  expect(fieldsOfPart("key", { form: "text", text: "k" }).map(equals)).toEqual(['key == "k"']);
  expect(fieldOfLine("value", { text: '  "cut', value: '"cut', path: ["a"] })).toBeUndefined();
});

test("of headers with one name the last is a field, and bytes are none", () => {
  const header = (key: string, text: string, form: "text" | "bytes" = "text") => {
    return {
      key,
      value: { base64: "", sizeBytes: 1, truncated: false, decoder: "utf8" as const, form, text, failed: [] },
    };
  };
  const headers = [header("trace", "one"), header("trace", "two"), header("raw", "00", "bytes")];
  expect(headers.map((_, index) => fieldOfHeader(headers, index))).toEqual([
    undefined,
    { path: 'headers["trace"]', value: "two" },
    undefined,
  ]);
});

test("a value narrows the search that is there", () => {
  const field = { path: "value.a", value: 'say "x"' };
  expect(withField("", field, false)).toBe(String.raw`value.a == "say \"x\""`);
  expect(withField("value.b > 1", field, true)).toBe(String.raw`value.b > 1 && value.a != "say \"x\""`);
  expect(withField("value.b > 1 || value.c", field, false)).toContain("(value.b > 1 || value.c) && ");
});
