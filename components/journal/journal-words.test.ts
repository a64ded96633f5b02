import { expect, test } from "vitest";
import { changeMark, dayHeading, outcomeText, titleParts } from "@/components/journal/journal-words";

test("a change that was taken back rests", () => {
  expect(changeMark({ outcome: "done", revertedBy: null })).toBe("ok");
  expect(changeMark({ outcome: "failed", revertedBy: null })).toBe("bad");
  expect(changeMark({ outcome: "done", revertedBy: 7 })).toBe("paused");
  expect(outcomeText({ outcome: "done", revertedBy: 7 })).toBe("done, then taken back");
});

test("a title is told as what was done and to what", () => {
  expect(titleParts({ title: "Create topic orders", target: { type: "topic", name: "orders" } })).toEqual([
    "Create topic",
    "orders",
  ]);
  expect(titleParts({ title: "Balance leaders", target: { type: "cluster", name: "local" } })).toEqual([
    "Balance leaders",
    "",
  ]);
});

test("days are headed by their date in the reader's zone, the last two by name too", () => {
  const now = Date.UTC(2026, 10, 22, 0, 30);
  expect(dayHeading(now - 60_000, now, "utc")).toBe("Today, 22 November 2026");
  expect(dayHeading(now - 3_600_000, now, "utc")).toBe("Yesterday, 21 November 2026");
  expect(dayHeading(now - 2 * 86_400_000, now, "utc")).toBe("20 November 2026");
  expect(dayHeading(now, 0, "utc")).toBe("22 November 2026");
});
