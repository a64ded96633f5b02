import { expect, test } from "vitest";
import type { Clock } from "../../environment/environment.ts";
import { SimulatedTime } from "../../environment/simulated/clock.ts";
import { KeyedTimers } from "./keyed-timers.ts";

function setUp() {
  const time = new SimulatedTime();
  const fired: string[] = [];
  let armed = 0;
  const clock: Clock = {
    monotonicMs: () => time.nowMs,
    wallMs: () => time.nowMs,
    at: (deadlineMs, fire) => {
      armed++;
      return time.at(deadlineMs, fire);
    },
    soon: (work) => time.soon(work),
  };
  const timers = new KeyedTimers<string>(clock, (key, event) => fired.push(`${time.nowMs} ${key} ${event}`));
  const pass = (ms: number) => {
    const untilMs = time.nowMs + ms;
    while (time.step(untilMs));
    time.advanceTo(untilMs);
  };
  return { timers, pass, fired, armedCount: () => armed };
}

test("a key fires once, with its event, at its deadline", () => {
  const { timers, pass, fired } = setUp();
  timers.arm("a", 10, "x");
  pass(9);
  expect(fired).toEqual([]);
  pass(100);
  expect(fired).toEqual(["10 a x"]);
});

test("arming again replaces deadline and event, later or earlier", () => {
  const { timers, pass, fired } = setUp();
  timers.arm("later", 10, "old");
  timers.arm("later", 20, "new");
  timers.arm("earlier", 10, "old");
  timers.arm("earlier", 5, "new");
  pass(100);
  expect(fired).toEqual(["5 earlier new", "20 later new"]);
});

test("pushing a deadline back a thousand times takes two timers of the clock", () => {
  const { timers, pass, fired, armedCount } = setUp();
  for (let round = 0; round < 1_000; round++) timers.arm("a", 1_000 + round, "x");
  pass(10_000);
  expect(fired).toEqual(["1999 a x"]);
  expect(armedCount()).toBe(2);
});

test("a key that is disarmed does not fire, and neither does any after disarmAll", () => {
  const { timers, pass, fired } = setUp();
  timers.arm("a", 10, "x");
  timers.arm("b", 10, "x");
  timers.disarm("a");
  timers.disarm("unknown");
  pass(5);
  timers.disarmAll();
  pass(100);
  expect(fired).toEqual([]);
  expect(timers.size).toBe(0);
});
