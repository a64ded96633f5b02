import { expect, test } from "vitest";
import { diffFields } from "@/lib/field-diff";

test("fields that came, went and changed are told, numbers by their digits", () => {
  const before = '{"id":9007199254740992,"state":"new","items":[{"sku":"a"}],"note":"x"}';
  const after = '{"id":9007199254740993,"state":"new","items":[{"sku":"a"},{"sku":"b"}],"at":{"city":"Bern"}}';
  expect(diffFields(before, after)).toEqual([
    { pointer: "/id", kind: "changed", before: "9007199254740992", after: "9007199254740993" },
    { pointer: "/items/1/sku", kind: "added", before: null, after: '"b"' },
    { pointer: "/at/city", kind: "added", before: null, after: '"Bern"' },
    { pointer: "/note", kind: "removed", before: '"x"', after: null },
  ]);
  expect(diffFields(after, after)).toEqual([]);
});

test("values without fields are compared whole", () => {
  expect(diffFields("1", "2")).toEqual([{ pointer: "", kind: "changed", before: "1", after: "2" }]);
  expect(diffFields("1", "1")).toEqual([]);
});
