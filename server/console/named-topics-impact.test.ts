import { expect, test } from "vitest";
import { namedTopicsImpact } from "./named-topics-impact.ts";

test("topics are named, those that lose most first", () => {
  const topics = [
    { name: "b", messages: 1 },
    { name: "a", messages: 1 },
    { name: "c", messages: null },
    { name: "d", messages: 5 },
  ];
  expect(namedTopicsImpact(topics)).toEqual([
    { severity: "info", text: "c, d (5 messages), a (1 message), b (1 message)." },
  ]);
});

test("of many the rest is counted, and one is named in the question already", () => {
  const many = Array.from({ length: 23 }, (_, index) => ({ name: `t${index}`, messages: index }));
  expect(namedTopicsImpact(many)[0]?.text).toMatch(/^t22 \(22 messages\), .*t3 \(3 messages\), 3 more\.$/);
  expect(namedTopicsImpact(many.slice(0, 1))).toEqual([]);
});
