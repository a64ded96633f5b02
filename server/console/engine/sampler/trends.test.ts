import { expect, test } from "vitest";
import { History } from "../history/history.ts";
import { openStore } from "../store/store.ts";
import { Trends } from "./trends.ts";

const now = 1_764_000_000;

test("a line has the largest value of each two minutes, and nothing where nothing was measured", () => {
  const trends = new Trends();
  trends.add("group-lag", "readers", now, 5);
  trends.add("group-lag", "readers", now + 10, 9);
  trends.add("group-lag", "readers", now + 20, 3);
  trends.add("group-lag", "readers", now + 360, 1);
  const line = trends.read("group-lag", "readers", now + 360);
  expect(line.length).toBe(30);
  expect(line.slice(-4)).toEqual([9, null, null, 1]);
  expect(trends.read("group-lag", "readers", now + 7_200).every((value) => value === null)).toBe(true);
  expect(trends.read("group-lag", "others", now).every((value) => value === null)).toBe(true);
});

test("a line begins with what the history knows", () => {
  const history = new History(openStore("", 0).store);
  for (let at = now - 600; at < now; at += 10)
    history.write("local", at, [{ kind: "topic-end", name: "orders", part: "", value: (at - now) * 3 + 10_000 }]);
  const trends = new Trends();
  trends.seed(history, "local", "orders", { kind: "topic-end", as: "rate" }, now);
  const line = trends.read("topic-end", "orders", now);
  expect(line.slice(-6)).toEqual([3, 3, 3, 3, 3, null]);
  trends.keepOnly("topic-end", new Set());
  expect(trends.has("topic-end", "orders")).toBe(false);
});
