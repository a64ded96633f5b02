import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonLines, jsonTextAt, layOutJson, pathOf, previewJson } from "@/lib/json-text";

describe("previewJson", () => {
  test("reads names and values without quotes and braces", () => {
    expect(
      previewJson(
        '{"state":"captured", "amount": 403.5,"returning":false,"customer":{"id":1},"items":[1,{"a":[2,3]},"x"],"none":[]}',
      ),
    ).toEqual([
      { name: "state", text: "captured", kind: "string" },
      { name: "amount", text: "403.5", kind: "number" },
      { name: "returning", text: "false", kind: "atom" },
      { name: "customer", text: "{…}", kind: "nested" },
      { name: "items", text: "[3]", kind: "nested" },
      { name: "none", text: "[0]", kind: "nested" },
    ]);
  });

  test("keeps 64-bit integers, decimals and exponents as they were written", () => {
    const fields = previewJson('{"id":9223372036854775807,"price":12345678901234567890.10,"tiny":1E-400}');
    expect(fields?.map((field) => field.text)).toEqual(["9223372036854775807", "12345678901234567890.10", "1E-400"]);
  });

  test("reads an array's members without names", () => {
    expect(previewJson('[1,"two"]')).toEqual([
      { text: "1", kind: "number" },
      { text: "two", kind: "string" },
    ]);
  });

  test("unescapes strings, and is not misled by quotes and braces inside them", () => {
    expect(previewJson(String.raw`{"a":"say \"}\" é","b":2}`)).toEqual([
      { name: "a", text: 'say "}" é', kind: "string" },
      { name: "b", text: "2", kind: "number" },
    ]);
  });

  test.each([
    ['{"a":1,"b":"cut he', ["a=1", "b=cut he"]],
    ['{"a":1,"b":{"c":[1,2', ["a=1", "b={…}"]],
    ['{"a":1,"b":[1,2', ["a=1", "b=[…]"]],
    ['{"a":1,"na', ["a=1"]],
    ['{"a":1,"b":', ["a=1"]],
    [String.raw`{"a":"x\u00`, ["a=x"]],
  ])("reads what there is of %s", (text, expected) => {
    expect(previewJson(text)?.map((field) => `${field.name}=${field.text}`)).toEqual(expected);
  });

  test.each(["", "plain", "12", "{a:1}"])("%j is no object or array", (text) =>
    expect(previewJson(text)).toBeUndefined(),
  );

  test("never throws or hangs, wherever a document is cut", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, cut) => {
        previewJson(text.slice(0, cut % (text.length + 1)));
      }),
    );
  });
});

describe("layOutJson", () => {
  test("lays out as JSON.stringify does", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(layOutJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
      }),
      { examples: [["{}"], ["[]"], ['{"a":[{}],"b":[1,[2]]}'], ['"text"'], ["1"]] },
    );
  });

  test("changes no number, no name's order and no repeated name", () => {
    expect(layOutJson('{"10":1.10,"2":9007199254740993,"2":-0,"e":1E2}')).toBe(
      '{\n  "10": 1.10,\n  "2": 9007199254740993,\n  "2": -0,\n  "e": 1E2\n}',
    );
  });

  test("leaves text that is not JSON alone", () => expect(layOutJson("{a:1}")).toBeUndefined());
});

describe("JSON line by line", () => {
  const text = '{"id":1,"items":[{"sku":"a/b"},[]],"a/b":{"~":null},"s":"x,{}"}';

  test("tells the place of each value", () => {
    expect(Array.from(jsonLines(text), (line) => [line.text, line.pointer])).toEqual([
      ["{", undefined],
      ['  "id": 1,', "/id"],
      ['  "items": [', "/items"],
      ["    {", "/items/0"],
      ['      "sku": "a/b"', "/items/0/sku"],
      ["    },", undefined],
      ["    []", "/items/1"],
      ["  ],", undefined],
      ['  "a/b": {', "/a~1b"],
      ['    "~": null', "/a~1b/~0"],
      ["  },", undefined],
      ['  "s": "x,{}"', "/s"],
      ["}", undefined],
    ]);
  });

  test("is laid out as far as it goes when it is cut, and never further than it is read", () => {
    expect(Array.from(jsonLines('{"a":[1,{"b":"unfin'), (line) => line.text)).toEqual([
      "{",
      '  "a": [',
      "    1,",
      "    {",
      '      "b": "unfin',
    ]);
    const deep = "[".repeat(100_000);
    const lines = jsonLines(deep);
    for (let i = 0; i < 1_000; i++) expect(lines.next().value?.text.length).toBeLessThan(100);
  });

  test("gives the text of any place", () => {
    const at = (pointer: string) => jsonTextAt(text, pathOf(pointer) ?? []);
    expect([at("/id"), at("/items/0/sku"), at("/a~1b/~0"), at("/items/1"), at("/items")]).toEqual([
      "1",
      '"a/b"',
      "null",
      "[]",
      '[{"sku":"a/b"},[]]',
    ]);
    expect([at("/none"), at("/id/x"), at("/items/7")]).toEqual([undefined, undefined, undefined]);
    expect(jsonTextAt('{"n":12345678901234567890.10, "x', ["n"])).toBe("12345678901234567890.10");
    expect(jsonTextAt('{"a":1,"a":2}', ["a"])).toBe("2");
  });
});
