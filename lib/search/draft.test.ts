import { expect, test } from "vitest";
import { beginFrom, draftAt, draftOf, writeOver } from "@/lib/search/draft";

test("what is written while a search starts is still there when the search comes into the address", () => {
  const begun = beginFrom(writeOver(draftOf(""), "late ", false), "late");
  const further = writeOver(begun, "late and red", true);
  const arrived = draftAt(further, "late");
  expect(arrived.text).toBe("late and red");
  expect(draftAt(arrived, "").text).toBe("");
});

test("two searches begun one upon the other leave what is written after them", () => {
  const one = beginFrom(writeOver(draftOf(""), "a", false), "a");
  const two = beginFrom(writeOver(one, "ab", true), "ab");
  const written = writeOver(two, "abc", true);
  const first = draftAt(written, "a");
  expect(first.text).toBe("abc");
  expect(draftAt(first, "ab").text).toBe("abc");
});

test("an address that was changed elsewhere takes its place, and does not bring it back", () => {
  const written = writeOver(draftOf("a"), "ab", false);
  const elsewhere = draftAt(written, "z");
  expect(elsewhere.text).toBe("z");
  expect(draftAt(elsewhere, "a").text).toBe("a");
});

test("a search that could not start leaves the text, and does not hold a later address", () => {
  const begun = beginFrom(writeOver(draftOf(""), "late", false), "late");
  expect(draftAt(begun, "")).toBe(begun);
  expect(draftAt(writeOver(begun, "other", false), "late").text).toBe("late");
});
