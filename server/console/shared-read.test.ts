import { describe, expect, test } from "vitest";
import { SharedRead } from "./shared-read.ts";

/** A read whose answers are numbered, and a clock that only the test moves. */
function counted() {
  const world = { nowMs: 0, tookMs: 0, reads: 0, fails: false };
  const shared = new SharedRead(
    () => {
      world.reads += 1;
      world.nowMs += world.tookMs;
      return world.fails ? Promise.reject(new Error("away")) : Promise.resolve(world.reads);
    },
    1_000,
    () => world.nowMs,
  );
  return { world, shared };
}

describe("a shared read", () => {
  test("asks once for callers that come together, and keeps the answer for its age", async () => {
    const { world, shared } = counted();
    expect(await Promise.all([shared.get(), shared.get(), shared.get()])).toEqual([1, 1, 1]);
    world.nowMs = 999;
    expect(await shared.get()).toBe(1);
    world.nowMs = 1_000;
    expect(await shared.get()).toBe(2);
  });

  test("asks again when the kept answer is not good enough, but not for ever", async () => {
    const { world, shared } = counted();
    await shared.get();
    expect(await shared.get((value) => value >= 2)).toBe(2);
    expect(await shared.get((value) => value > 99)).toBe(4);
    expect(world.reads).toBe(4);
  });

  test("does not keep a failure", async () => {
    const { world, shared } = counted();
    world.fails = true;
    await expect(shared.get()).rejects.toThrow("away");
    world.fails = false;
    expect(await shared.get()).toBe(2);
  });

  test.each([
    { tookMs: 90, keptForMs: 1_000 },
    { tookMs: 400, keptForMs: 4_000 },
    { tookMs: 3_000, keptForMs: 10_000 },
  ])("that takes $tookMs ms is kept for $keptForMs ms", async ({ tookMs, keptForMs }) => {
    const { world, shared } = counted();
    world.tookMs = tookMs;
    await shared.get();
    world.nowMs = tookMs + keptForMs - 1;
    expect(await shared.get()).toBe(1);
    world.nowMs = tookMs + keptForMs;
    expect(await shared.get()).toBe(2);
  });

  test("that takes long is kept no longer than others right after a change", async () => {
    const { world, shared } = counted();
    world.tookMs = 400;
    shared.forget();
    await shared.get();
    world.nowMs = 1_400;
    expect(await shared.get()).toBe(2);
  });

  test("keeps an answer longer for one who promises to come again, until something may have changed", async () => {
    const { world, shared } = counted();
    expect(await shared.renew(30_000)).toBe(1);
    world.nowMs = 29_999;
    expect(await shared.get()).toBe(1);
    expect(await shared.renew(30_000)).toBe(2);
    world.nowMs = 50_000;
    expect(await shared.get()).toBe(2);
    shared.expire();
    expect(await shared.get()).toBe(3);
    world.nowMs = 51_000;
    expect(await shared.get()).toBe(4);
  });

  test("keeps it no longer where that failed, or where the cluster may not know yet of a change", async () => {
    const { world, shared } = counted();
    await shared.renew(30_000);
    world.fails = true;
    await expect(shared.renew(30_000)).rejects.toThrow("away");
    world.fails = false;
    expect(await shared.get()).toBe(3);
    shared.forget();
    expect(await shared.renew(30_000)).toBe(4);
    world.nowMs = 1_000;
    expect(await shared.get()).toBe(5);
    world.nowMs = 10_001;
    expect(await shared.renew(30_000)).toBe(6);
    world.nowMs = 40_000;
    expect(await shared.get()).toBe(6);
  });

  test("what was asked for before something was forgotten is not kept as news", async () => {
    const { shared } = counted();
    const before = shared.get();
    shared.forget();
    const after = shared.get();
    expect(await Promise.all([before, after])).toEqual([1, 2]);
    expect(await shared.get()).toBe(2);
  });

  test("gives what is at hand to who does not wait, and goes on for who comes next", async () => {
    let answer: (value: number) => void = () => undefined;
    const shared = new SharedRead(
      () => new Promise<number>((resolve) => (answer = resolve)),
      1_000,
      () => 0,
    );
    expect(await shared.atHand(0)).toEqual({ value: undefined, isNew: false });
    answer(1);
    expect(await shared.get()).toBe(1);
    expect(await shared.atHand(60_000)).toEqual({ value: 1, isNew: true });
    expect(await shared.atHand(0, (value) => value > 1)).toEqual({ value: 1, isNew: false });
    answer(2);
    expect(await shared.get((value) => value > 1)).toBe(2);
  });

  test("tells who does not wait that the last read failed, until one goes well", async () => {
    let settleWith: { fail: (error: Error) => void; answer: (value: number) => void } | undefined;
    const shared = new SharedRead(
      () => new Promise<number>((answer, fail) => (settleWith = { answer, fail })),
      1_000,
      () => 0,
    );
    expect(await shared.atHand(0)).toMatchObject({ isNew: false });
    settleWith?.fail(new Error("away"));
    await expect(shared.get()).rejects.toThrow("away");
    await expect(shared.atHand(0)).rejects.toThrow("away");
    settleWith?.answer(1);
    expect(await shared.get()).toBe(1);
    expect(await shared.atHand(0)).toMatchObject({ value: 1 });
  });
});
