import { expect, test } from "vitest";
import { type TopicReader, unreadImpact } from "./topic-readers.ts";

const reader = (groupId: string, offset: number): TopicReader => ({
  groupId,
  state: "Empty",
  members: 0,
  offsets: [{ topic: "orders", partition: 0, offset }],
});

test("who has not read what goes is named, with what its consumers see", () => {
  const [unread, ...others] = unreadImpact([reader("late", 4), reader("done", 5)], new Map([["orders/0", 5]]));
  expect(others).toEqual([]);
  expect(unread).toMatchObject({ severity: "warning" });
  expect(unread?.text).toMatch(/^1 group has not read all of it \(late\): .*OFFSET_OUT_OF_RANGE/);
});

test("nobody is named when everybody has read what goes", () => {
  expect(unreadImpact([reader("done", 5)], new Map([["orders/0", 5]]))).toEqual([]);
  expect(unreadImpact([reader("elsewhere", 0)], new Map([["orders/1", 5]]))).toEqual([]);
});
