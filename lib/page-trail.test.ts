import { expect, test } from "vitest";
import type { MessagePage } from "@/lib/contracts/messages";
import { pageBefore, type PageCursor, type PageTrail, rememberPage, trailIn, trailText } from "@/lib/page-trail";

const page: MessagePage = {
  records: [],
  partitions: [
    { topic: "orders", partition: 0, startOffset: "0", endOffset: "9", problem: null },
    { topic: "orders", partition: 1, startOffset: null, endOffset: null, problem: null },
  ],
  edges: { next: "0:5", previous: null },
  scanned: 0,
  durationMs: 0,
  readAtMs: 0,
};
const nowhere = { edge: null, turn: null };

test("the page before is the very one that was left, the newest as it was then", () => {
  let trail: PageTrail = new Map();
  trail = rememberPage(trail, "0:5", { topic: "orders", from: "newest", at: nowhere, page });
  const second = { edge: "0:5", turn: "next" } as const;
  trail = rememberPage(trail, "0:2", { topic: "orders", from: "newest", at: second, page });
  expect(pageBefore(trail, { edge: "0:2", turn: "next" }, "0:4")).toEqual(second);
  expect(pageBefore(trail, second, "0:9")).toEqual({ edge: "0:9", turn: "next" });
});

test("from another beginning the first page is the place itself, and what nobody left is read back from the edge", () => {
  const trail = rememberPage(new Map(), "0:5", { topic: "orders", from: "oldest", at: nowhere, page });
  expect(pageBefore(trail, { edge: "0:5", turn: "next" }, "0:3")).toEqual(nowhere);
  expect(pageBefore(trail, { edge: "0:5", turn: "previous" }, "0:3")).toEqual({ edge: "0:3", turn: "previous" });
  expect(pageBefore(new Map(), { edge: "0:5", turn: "next" }, "0:3")).toEqual({ edge: "0:3", turn: "previous" });
});

test("a trail that was kept is the same trail, and what is no trail is an empty one", () => {
  const trail = new Map<string, PageCursor>([
    ["0:5", nowhere],
    ["0:2,other/1:7", { edge: "0:5", turn: "next" }],
  ]);
  expect(trailIn(trailText(trail))).toEqual(trail);
  for (const text of [null, "", "{", '[["0:5"]]', '[["x",{"edge":null,"turn":null}]]'])
    expect(trailIn(text)).toEqual(new Map());
});

test("of a very long trail the newest pages are kept", () => {
  const wide = Array.from({ length: 3_000 }, (_, partition) => `${partition}:1000`).join(",");
  const trail = new Map(
    Array.from({ length: 40 }, (_, n) => [`${wide},9999:${n}`, { edge: wide, turn: "next" as const }]),
  );
  const kept = trailIn(trailText(trail));
  expect(trailText(trail).length).toBeLessThan(1_001_000);
  expect(kept.size).toBeGreaterThan(10);
  expect([...kept.keys()].at(-1)).toBe(`${wide},9999:39`);
});
