import { describe, expect, test } from "vitest";
import { JsonProjection, NOT_JSON } from "./json-projection.ts";

function read(json: string, ...paths: string[]) {
  const bytes = Buffer.from(`xx${json}yy`);
  return new JsonProjection(paths.map((path) => (path === "" ? [] : path.split(".")))).read(bytes, 2, bytes.length - 2);
}

describe("taking fields out of JSON bytes", () => {
  test("gives what was asked for and nothing else", () => {
    const json = '{"a":{"b":1,"c":[1,{"x":2}]},"skip":{"a":{"b":"}\\""}},"d":"two","e":null}';
    expect(read(json, "a.b", "d")).toEqual({ a: { b: 1n }, d: "two" });
    expect(read(json, "a")).toEqual({ a: { b: 1n, c: [1n, { x: 2n }] } });
    expect(read(json, "e", "missing")).toEqual({ e: null });
    expect(read(json, "d.deeper")).toEqual({ d: "two" });
    expect(read("[1,2.5]", "")).toEqual([1n, 2.5]);
  });

  test("keeps whole numbers exact, and others as doubles", () => {
    const json = '{"id":9007199254740993,"price":0.1,"exp":1e3,"negative":-12}';
    expect(read(json, "")).toEqual({ id: 9007199254740993n, price: 0.1, exp: 1000, negative: -12n });
  });

  test("reads escapes in names and texts", () => {
    expect(read(String.raw`{"na\u006de":"Zo\u00eb \"x\""}`, "name")).toEqual({ name: 'Zoë "x"' });
    expect(read('{"é":"ü"}', "é")).toEqual({ é: "ü" });
  });

  test("the last of names that repeat stands, as in JSON.parse", () => {
    expect(read('{"a":1,"a":2}', "a")).toEqual({ a: 2n });
  });

  test.each([
    "",
    "text",
    "42",
    '"text"',
    '{"a":1',
    '{"a":1}}',
    '{"a" 1}',
    '{"a":}',
    "{a:1}",
    '{"a":"x}',
    "{]",
    '{"a":tru}',
    '{"a":1,}',
  ])("%j is no JSON document", (text) => expect(read(text, "a")).toBe(NOT_JSON));

  test("what is nested very deeply is passed over, and refused only where all of it is wanted", () => {
    const deep = `{"deep":${"[".repeat(100_000)}${"]".repeat(100_000)},"a":1}`;
    expect(read(deep, "a")).toEqual({ a: 1n });
    expect(read(deep, "deep")).toBe(NOT_JSON);
  });

  test("agrees with JSON.parse", () => {
    const value = { s: "a\\b\n\u2028", n: [1, -2, { x: {} }], t: true, f: false, z: null, empty: [] };
    for (const json of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      expect(
        JSON.parse(JSON.stringify(read(json, ""), (_, one: unknown) => (typeof one === "bigint" ? Number(one) : one))),
      ).toEqual(value);
    }
  });

  test("a name from the prototype is a name like any other", () => {
    expect(Object.keys(Object(read('{"__proto__":{"a":1},"toString":2}', "")))).toEqual(["__proto__", "toString"]);
  });
});
