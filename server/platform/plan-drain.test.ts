import { expect, test } from "vitest";
import { planDrain, type Placed } from "./plan-drain.ts";

const placed = (...replicas: readonly (readonly number[])[]): Placed[] =>
  replicas.map((each, partition) => ({ topic: "t", partition, replicas: each }));
const on = (...ids: readonly number[]) => ids.map((id) => ({ id, rack: null }));

test("each replica goes to the broker with the fewest, at its place in the list", () => {
  const { moves, stuck } = planDrain(1, placed([1, 2], [2, 1], [2, 3], [3, 2]), on(1, 2, 3, 4));
  expect(moves.map(({ replicas }) => replicas)).toEqual([
    [4, 2],
    [2, 4],
  ]);
  expect(stuck).toEqual([]);
});

test("a rack that the partition is not on comes first, however full", () => {
  const targets = [
    { id: 1, rack: "a" },
    { id: 2, rack: "b" },
    { id: 3, rack: "b" },
    { id: 4, rack: "c" },
  ];
  const { moves } = planDrain(1, placed([1, 2], [4, 3], [4, 2]), targets);
  expect(moves).toEqual([{ topic: "t", partition: 0, replicas: [4, 2] }]);
});

test("what is on every other broker already has nowhere to go", () => {
  const { moves, stuck } = planDrain(3, placed([1, 2, 3], [3, 1]), on(1, 2, 3));
  expect(moves.map(({ partition, replicas }) => [partition, replicas])).toEqual([[1, [2, 1]]]);
  expect(stuck.map(({ partition }) => partition)).toEqual([0]);
});

test("a broker without replicas needs no moves", () => {
  expect(planDrain(4, placed([1, 2, 3]), on(1, 2, 3, 4))).toEqual({ moves: [], stuck: [] });
});
