import { expect, test } from "vitest";
import { queryOfPlace } from "@/lib/search/query-of-place";

const typed = { text: "x", language: "text", budget: 1_000, isolation: "committed" } as const;
const nowMs = Date.parse("2026-11-22T09:30:00Z");

test("a search is in what the browser reads", () => {
  const place = {
    from: "time",
    timeMs: 5,
    toMs: 9,
    partitions: "0,2",
    topics: "other",
    limit: 50,
    control: "true",
  } as const;
  expect(queryOfPlace("orders", place, typed, nowMs)).toMatchObject({
    topics: ["orders", "other"],
    partitions: [0, 2],
    order: "newest",
    fromMs: 5,
    toMs: 8,
    limit: 50,
    isControlShown: true,
    budget: 1_000,
    isolation: "committed",
  });
  expect(queryOfPlace("orders", { from: "offset", offset: "7", limit: 1 }, typed, nowMs)).toMatchObject({
    order: "oldest",
    fromOffset: "7",
    partitions: null,
  });
  const since = (last: "1h" | "today") => queryOfPlace("orders", { from: "last", last, limit: 1 }, typed, nowMs).fromMs;
  expect(since("1h")).toBe(nowMs - 3_600_000);
  expect(since("today")).toBe(Date.parse("2026-11-22T00:00:00Z"));
});

test("a search reads by the decoders that were chosen where it is begun", () => {
  const place = { from: "newest", limit: 1, valueAs: "own:Acme orders" } as const;
  expect(queryOfPlace("orders", place, typed, nowMs)).toMatchObject({ valueAs: "own:Acme orders" });
  expect(queryOfPlace("orders", { from: "newest", limit: 1 }, typed, nowMs)).not.toHaveProperty("valueAs");
});
