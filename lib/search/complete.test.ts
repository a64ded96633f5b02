import { expect, test } from "vitest";
import { completionAt } from "@/lib/search/complete";

const fields = ["value.customer", "value.customer.country", "value.currency", "value.amount"].map((path) => ({
  path,
  type: "string",
  presence: 1,
  sample: "",
}));
const paths = (text: string, caret = text.length) => completionAt(text, caret, fields)?.items.map(({ path }) => path);

test("a field's name is completed where it is written", () => {
  expect(paths("value.cu")).toEqual(["value.customer", "value.customer.country", "value.currency"]);
  expect(paths("value.amount > 1 && value.customer.")).toEqual(["value.customer.country"]);
  expect(paths("va")).toContain("value");
  expect(completionAt("x || value.am > 1", 13, fields)).toMatchObject({ from: 5, to: 13 });
});

test("nothing is completed in a text, a number, or where a name is whole", () => {
  expect(paths('key == "value.cu')).toBeUndefined();
  expect(paths("value.amount > 25")).toBeUndefined();
  expect(paths("value.amount")).toBeUndefined();
});
