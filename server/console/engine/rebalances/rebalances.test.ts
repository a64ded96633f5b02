import { describe, expect, test } from "vitest";
import { openStore } from "../store/store.ts";
import { eventOf, type Observation, Rebalances } from "./rebalances.ts";

const member = (memberId: string, partitions: number[], pollTimeoutMs = 300_000) => ({
  memberId,
  instanceId: null,
  clientId: memberId.replace(/-\d+$/, ""),
  host: "/10.0.0.1",
  assignment: [{ topic: "orders", partitions }],
  pollTimeoutMs,
});
const seen = (atMs: number, generation: number, ...members: Observation["members"]): Observation => ({
  groupId: "readers",
  atMs,
  generation,
  members,
  source: "log",
});
const never = () => undefined;

describe("a rebalance", () => {
  test("says who joined and which partitions moved to whom", () => {
    const event = eventOf(seen(1, 4, member("a-1", [0, 1])), seen(2, 5, member("a-1", [0]), member("b-1", [1])), never);
    expect(event).toMatchObject({
      generation: 5,
      joined: [{ clientId: "b", host: "10.0.0.1", reason: "new" }],
      left: [],
      moved: [{ topic: "orders", partition: 1, from: "a", to: "b" }],
      members: 2,
    });
  });

  test("says why a member went, as far as what it did tells", () => {
    const before = seen(1_000, 4, member("a-1", [0]), member("b-1", [1], 60_000), member("c-1", [2]));
    const after = seen(100_000, 5, member("c-2", [0, 1, 2]));
    const event = eventOf(before, after, ({ clientId }) => (clientId === "b" ? 30_000 : 99_000));
    expect(event?.left.map(({ clientId, reason }) => [clientId, reason])).toEqual([
      ["a", "gone"],
      ["b", "poll-timeout"],
      ["c", "again"],
    ]);
    expect(event?.joined.map(({ clientId, reason }) => [clientId, reason])).toEqual([["c", "again"]]);
  });

  test("is none when nothing differs, and one without moves when only the generation grew", () => {
    const before = seen(1, 4, member("a-1", [0]));
    expect(eventOf(before, { ...before, atMs: 9 }, never)).toBeNull();
    expect(eventOf(before, seen(2, 5, member("a-1", [0])), never)).toMatchObject({ moved: [], joined: [], left: [] });
  });
});

test("rebalances are kept in the store, newest first, of each cluster apart; the first sight of a group is none", () => {
  const { store } = openStore("", 0);
  const rebalances = new Rebalances(store, "local");
  for (const [index, partitions] of [[0], [1], [2], [3]].entries())
    rebalances.tell(seen(1_000 + index, index, member(`a-${index}`, partitions)));
  expect(rebalances.of("readers").map(({ generation }) => generation)).toEqual([3, 2, 1]);
  expect(new Rebalances(store, "local").of("readers").length).toBe(3);
  expect(new Rebalances(store, "other").of("readers")).toEqual([]);
  expect(rebalances.recent("readers", 1_003).length).toBe(3);
  expect(rebalances.recent("readers", 2_000_000)).toEqual([]);
  rebalances.tidy(new Set(), 40 * 86_400_000);
  expect(rebalances.of("readers")).toEqual([]);
  expect(rebalances.knows("readers")).toBe(false);
});
