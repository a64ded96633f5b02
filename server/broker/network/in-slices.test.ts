import { expect, test } from "vitest";
import { inSlices } from "./in-slices.ts";

/** Counts to a number, giving way after each step. */
function* countTo(end: number) {
  for (let at = 0; at < end; at += 1) yield;
  return end;
}

test("little work is done at once", () => {
  const results: number[] = [];
  const later = () => expect.unreachable("nobody has to wait for so little");
  inSlices({ later }, countTo(99), (result) => results.push(result));
  expect(results).toEqual([99]);
});

test("much work gives way, and goes on until it is done once", () => {
  const waiting: (() => void)[] = [];
  const results: number[] = [];
  inSlices({ later: (work) => void waiting.push(work) }, countTo(1_000), (result) => results.push(result));
  let turns = 0;
  for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) {
    expect(results).toEqual([]);
    expect(waiting).toEqual([]);
    work();
    turns += 1;
  }
  expect(results).toEqual([1_000]);
  expect(turns).toBe(10);
});
