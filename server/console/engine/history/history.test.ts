import { beforeEach, describe, expect, test } from "vitest";
import { openStore, type Store } from "../store/store.ts";
import { History, type Sample, type SeriesQuery } from "./history.ts";

const start = 1_764_000_000;
const lag: SeriesQuery = { kind: "group-lag", name: "readers", part: "", as: "value" };
const written: SeriesQuery = { kind: "topic-end", name: "orders", part: "", as: "rate" };

let store: Store;
let history: History;
beforeEach(() => {
  ({ store } = openStore("", 0));
  history = new History(store);
});

/** A sweep every ten seconds: the lag is the number of the sweep, and five messages come each second. */
function sweep(from: number, to: number): void {
  for (let at = from; at < to; at += 10) {
    const index = (at - start) / 10;
    history.write("local", at, [
      { ...lag, value: index },
      { ...written, value: index * 50 },
    ] satisfies Sample[]);
  }
}

describe("history", () => {
  test("gives each series over the wanted range, values and rates", () => {
    sweep(start, start + 100);
    const { grid, values } = history.read("local", [lag, written], { from: start, to: start + 100 }, 300);
    expect(grid).toEqual({ start, step: 10, count: 10 });
    expect(values[0]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(values[1]).toEqual([null, 5, 5, 5, 5, 5, 5, 5, 5, 5]);
  });

  test("gives at most as many points as wanted, each the largest of its step", () => {
    sweep(start, start + 3_600);
    const { values } = history.read("local", [lag], { from: start, to: start + 3_600 }, 6);
    expect(values[0]).toEqual([59, 119, 179, 239, 299, 359]);
  });

  test("knows no values of other clusters, other parts and times without a sweep", () => {
    sweep(start, start + 20);
    sweep(start + 200, start + 220);
    const range = { from: start, to: start + 220 };
    expect(history.read("other", [lag], range, 300).values[0]?.every((value) => value === null)).toBe(true);
    const part = { ...lag, part: "orders/0" };
    expect(history.read("local", [part], range, 300).values[0]?.every((value) => value === null)).toBe(true);
    expect(history.read("local", [written], range, 300).values[0]?.slice(18)).toEqual([null, null, null, 5]);
  });

  test("answers the same after packing, and after the store was closed and opened", async () => {
    sweep(start, start + 7_200);
    const range = { from: start, to: start + 7_200 };
    const before = history.read("local", [lag, written], range, 1_000);
    await history.tidy(start + 7_200);
    expect(store.prepare<{ n: number }>("SELECT count(*) AS n FROM recent").first()?.n).toBe(2 * 60);
    expect(history.read("local", [lag, written], range, 1_000)).toEqual(before);
    expect(new History(store).read("local", [lag, written], range, 1_000)).toEqual(before);
  });

  test("keeps five minutes a point after a day, and nothing after a month", async () => {
    sweep(start, start + 3_600);
    const day = 86_400;
    await history.tidy(start + 3_600 + 600);
    await history.tidy(start + 2 * day);
    const all = history.points("local", lag, { from: 0, to: start + 40 * day });
    expect(all.length).toBe(12);
    expect(all[0]).toEqual({ at: start, value: 29 });
    expect(history.keptSince("local", lag)).toBe(start - (start % day));
    await history.tidy(start + 33 * day);
    expect(history.points("local", lag, { from: 0, to: start + 40 * day })).toEqual([]);
    expect(store.prepare<{ n: number }>("SELECT count(*) AS n FROM series").first()?.n).toBe(0);
    sweep(start + 33 * day, start + 33 * day + 10);
    expect(history.keptSince("local", lag)).toBe(start + 33 * day);
  });

  test("gives up its oldest points when the store grows too large", async () => {
    // Whatever else the store holds counts too; here that is empty tables.
    const empty = store.sizeBytes;
    const small = new History(store, empty + 60_000);
    for (let at = start; at < start + 7_200; at += 10) {
      const samples = Array.from({ length: 40 }, (_, index) => ({
        ...lag,
        name: `g${index}`,
        value: (at * 7_919 * (index + 1)) % 1_000_003,
      }));
      small.write("local", at, samples);
    }
    await small.tidy(start + 7_200);
    expect(store.sizeBytes).toBeLessThan(empty + 120_000);
    const kept = small.points("local", { ...lag, name: "g0" }, { from: start, to: start + 7_200 });
    expect(kept.at(-1)?.at).toBe(start + 7_190);
    expect(kept.length).toBeLessThan(720);
  });
});
