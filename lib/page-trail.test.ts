import { expect, test } from "vitest";
import type { MessagePage } from "@/lib/contracts/messages";
import { pageBefore, type PageTrail, rememberPage } from "@/lib/page-trail";

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
