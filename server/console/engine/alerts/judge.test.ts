import { describe, expect, test } from "vitest";
import type { AlertSubject } from "../../../../lib/contracts/alerts.ts";
import { judge, matcherOf, type Standings } from "./judge.ts";

const rule = { subject: "*", threshold: 100, clearAt: 50, forMs: 20_000 };
const group = (name: string): AlertSubject => ({ type: "group", name });
const billing = group("billing");

/** Judges one value of billing every ten seconds; says what became of it at each. */
function follow(values: readonly (number | null | "gone")[], own = rule): string[] {
  let standings: Standings = new Map();
  return values.map((value, index) => {
    const readings = value === "gone" ? [] : [{ subject: billing, value }];
    const judged = judge(own, standings, readings, index * 10_000);
    standings = judged.standings;
    return judged.verdicts
      .map((verdict) => (verdict.type === "ended" && verdict.isGone ? "gone" : verdict.type))
      .join();
  });
}

describe("an alert", () => {
  test("fires when the value stayed above the threshold for long enough", () => {
    expect(follow([101, 150, 120, 110])).toEqual(["", "", "fired", ""]);
  });

  test("does not fire at the threshold, nor when the value dips meanwhile", () => {
    expect(follow([100, 100, 100, 100])).toEqual(["", "", "", ""]);
    expect(follow([150, 150, 100, 150, 150, 150])).toEqual(["", "", "", "", "", "fired"]);
  });

  test("goes on between the two limits, and ends when the value stayed low for as long", () => {
    expect(follow([200, 200, 200, 80, 99, 50, 60, 50, 40, 50])).toEqual([
      "",
      "",
      "fired",
      "",
      "",
      "",
      "",
      "",
      "",
      "ended",
    ]);
  });

  test("rises with its value", () => {
    expect(follow([200, 200, 200, 300, 250, 301])).toEqual(["", "", "fired", "rose", "", "rose"]);
  });

  test("neither fires nor ends on what is not known", () => {
    expect(follow([200, null, 200])).toEqual(["", "", "fired"]);
    expect(follow([200, 200, 200, null, null, null, 200])).toEqual(["", "", "fired", "", "", "", ""]);
  });

  test("ends when there is no such group any more", () => {
    expect(follow([200, 200, 200, "gone", 200])).toEqual(["", "", "fired", "gone", ""]);
    expect(follow([200, "gone", 200, 200])).toEqual(["", "", "", ""]);
  });

  test("fires and ends at once without a time, and never ends above its threshold", () => {
    expect(follow([101, 50], { ...rule, forMs: 0 })).toEqual(["fired", "ended"]);
    expect(follow([101, 150, 120], { ...rule, forMs: 0, clearAt: 500 })).toEqual(["fired", "rose", ""]);
  });

  test("is one of each subject that the pattern names", () => {
    const readings = ["pay.eu", "pay.us", "other"].map((name) => ({ subject: group(name), value: 200 }));
    const { verdicts } = judge({ ...rule, subject: "pay.*", forMs: 0 }, new Map(), readings, 0);
    expect(verdicts.map(({ subject }) => subject.name)).toEqual(["pay.eu", "pay.us"]);
  });
});

describe("a pattern", () => {
  test.each([
    ["*", "anything", true],
    ["orders", "orders", true],
    ["orders", "orders2", false],
    ["pay.*", "pay.", true],
    ["*-dlq", "orders-dlq", true],
    ["*-dlq", "dlq", false],
    ["a*b*c", "a1b2c", true],
    ["a*b*c", "a1c2b", false],
    ["a*a", "a", false],
    ["ab*b*b", "abb", false],
    ["**", "", true],
    [".*", "x", false],
  ])("%s and %s", (pattern, name, expected) => {
    expect(matcherOf(pattern)(name)).toBe(expected);
  });

  test("of many stars takes no longer than its length", () => {
    expect(matcherOf(`${"*a".repeat(100)}*b`)("a".repeat(100_000))).toBe(false);
  });
});
