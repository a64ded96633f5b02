import { describe, expect, test } from "vitest";
import { formatClock, formatInstant, formatSpan, parseInstant } from "@/lib/instant";

const instant = Date.UTC(2026, 10, 22, 9, 41, 7, 41);

describe("instants", () => {
  test("are written in UTC with milliseconds", () => {
    expect(formatClock(instant, "utc")).toBe("09:41:07.041");
    expect(formatInstant(instant, "utc")).toBe("2026-11-22 09:41:07.041");
  });

  test("are written as a span to the minute, with the days where they are two", () => {
    expect(formatSpan(instant, instant + 1_860_000, "utc")).toBe("09:41 – 10:12");
    expect(formatSpan(instant, instant + 86_400_000, "utc")).toBe("11-22 09:41 – 11-23 09:41");
  });

  test.each([
    [-1, "none"],
    [-2, "-2"],
    [9e15, "9000000000000000"],
  ])("that no calendar has (%d) are written as %s", (ms, text) => {
    expect(formatClock(ms, "utc")).toBe(text);
    expect(formatInstant(ms, "utc")).toBe(text);
  });

  test("are read back as they were written, in both zones", () => {
    expect(parseInstant(formatInstant(instant, "utc"), "utc")).toBe(instant);
    expect(parseInstant(formatInstant(instant, "local"), "local")).toBe(instant);
  });

  test.each([
    ["2026-11-22T09:41", Date.UTC(2026, 10, 22, 9, 41)],
    ["2026-11-22 09:41:07.5", Date.UTC(2026, 10, 22, 9, 41, 7, 500)],
    ["2026-02-30 09:41", undefined],
    ["2026-13-01 09:41", undefined],
    ["2026-11-22 24:00", undefined],
    ["yesterday", undefined],
  ])("%s is read as %s", (text, expected) => expect(parseInstant(text, "utc")).toBe(expected));
});
