import { expect, test } from "vitest";
import { parseDuration } from "@/lib/duration-text";

test.each([
  ["90 min", 5_400_000],
  ["2h", 7_200_000],
  ["1 d 12 h", 129_600_000],
  ["0.5s", 500],
  ["15m", 900_000],
  ["", undefined],
  ["2", undefined],
  ["two hours", undefined],
  ["-1 h", undefined],
])("%j is %s ms", (text, ms) => expect(parseDuration(text)).toBe(ms));
