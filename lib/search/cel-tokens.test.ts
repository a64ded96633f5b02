import { describe, expect, test } from "vitest";
import { celTokens } from "@/lib/search/cel-tokens";
import { guessLanguage } from "@/lib/search/language";

const kinds = (text: string) =>
  celTokens(text)
    .filter(({ kind }) => kind !== "space")
    .map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`);

test("an expression is cut into pieces that are all of it", () => {
  const text = 'value.amount >= 2.5e3 && !has(key.in) || x in ["a\\"b", r\'\\d\'] // why';
  expect(
    celTokens(text)
      .map(({ start, end }) => text.slice(start, end))
      .join(""),
  ).toBe(text);
  expect(kinds('value.in > 2.5 && key in ["a"]')).toEqual([
    "name:value",
    "operator:.",
    "member:in",
    "operator:>",
    "number:2.5",
    "operator:&&",
    "name:key",
    "atom:in",
    "operator:[",
    'text:"a"',
    "operator:]",
  ]);
});

test("a text that is not closed, and what CEL does not have, is broken", () => {
  expect(kinds('key == "abc')).toEqual(["name:key", "operator:==", 'broken:"abc']);
  expect(kinds("a & b")).toEqual(["name:a", "broken:&", "name:b"]);
});

describe("the language of a text", () => {
  test.each([
    "value.amount > 1",
    'key == "a"',
    '"x" == key',
    "has(value.a)",
    "partition in [1]",
    'headers["a"] == "b"',
    "!value.ok",
  ])("%s is CEL", (text) => expect(guessLanguage(text)).toBe("cel"));
  test.each(["order 42", "value", "the key to it", '"exact phrase"', "usr_e1b89c71", "key:abc", "-failed value:x"])(
    "%s is text",
    (text) => expect(guessLanguage(text)).toBe("text"),
  );
});
