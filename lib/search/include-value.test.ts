import { expect, test } from "vitest";
import { equals, fieldsOf, withField } from "@/lib/search/include-value";

test("the single values of a document are reached as an expression reaches them", () => {
  const json = '{"a":{"b":"x"},"odd name":1,"list":[{"c":true}],"none":null,"id":9007199254740993}';
  expect(fieldsOf("value", json).map(equals)).toEqual([
    'value.a.b == "x"',
    'value["odd name"] == 1',
    "value.list[0].c == true",
    "value.none == null",
    "value.id == 9007199254740993",
  ]);
});

test("a value narrows the search that is there", () => {
  const field = { path: "value.a", value: 'say "x"' };
  expect(withField("", field, false)).toBe(String.raw`value.a == "say \"x\""`);
  expect(withField("value.b > 1", field, true)).toBe(String.raw`value.b > 1 && value.a != "say \"x\""`);
  expect(withField("value.b > 1 || value.c", field, false)).toContain("(value.b > 1 || value.c) && ");
});
