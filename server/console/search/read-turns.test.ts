import { expect, test } from "vitest";
import { ReadTurns, type TurnTaker } from "./read-turns.ts";

/** Takes turns until all are taken, and notes who got one. */
function crowd(turns: ReadTurns, started: string[]) {
  const ends: (() => void)[] = [];
  const take = (name: string, taker: TurnTaker) =>
    turns.take(taker, () => {
      started.push(name);
      return new Promise<void>((resolve) => {
        ends.push(resolve);
      });
    });
  return { take, endOne: () => ends.shift()?.() };
}

test("who has had the least is next, whoever came first", async () => {
  const turns = new ReadTurns();
  const started: string[] = [];
  const { take, endOne } = crowd(turns, started);
  const long = turns.join();
  const all = Array.from({ length: 9 }, () => take("long", long));
  long.hadMs = 500;
  await Promise.resolve();
  const atOnce = started.length;
  expect(atOnce).toBeLessThan(9);
  const short = turns.join();
  expect(short.hadMs).toBe(500);
  short.hadMs = 499;
  all.push(take("short", short));
  for (let left = 10; left > 0; left -= 1) {
    endOne();
    await new Promise(setImmediate);
  }
  await Promise.all(all);
  expect(started[atOnce]).toBe("short");
  expect(started).toHaveLength(10);
});

test("work that fails gives its turn back, and each turn has memory of its own", async () => {
  const turns = new ReadTurns();
  const taker = turns.join();
  const memories = new Set();
  for (let round = 0; round < 20; round += 1) {
    await expect(turns.take(taker, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  }
  await Promise.all(
    Array.from({ length: 6 }, () =>
      turns.take(taker, async ({ memory }) => {
        memories.add(memory);
        await new Promise(setImmediate);
      }),
    ),
  );
  expect(memories.size).toBe(6);
});
