import { describe, expect, test } from "vitest";
import { Simulation } from "../../environment/simulated/simulation.ts";
import {
  NONE,
  NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  NOT_LEADER_OR_FOLLOWER,
  REQUEST_TIMED_OUT,
} from "../../wire/errors.ts";
import { Deadlines } from "./deadlines.ts";
import { Purgatory } from "./purgatory.ts";

const COMMITTED = { judgeCommitted: () => NONE };

function world() {
  const simulation = new Simulation("purgatory");
  const { clock } = simulation.machine("node-1").start("broker").environment;
  return { simulation, clock, purgatory: new Purgatory(clock) };
}

describe("a watcher", () => {
  test("is woken in a later step, once for all that changed until then", async () => {
    const { simulation, purgatory } = world();
    const heard: string[][] = [];
    purgatory.watch(["a-0", "a-1", "a-2"], (news) => heard.push([...news]));
    purgatory.changed("a-1");
    purgatory.changed("a-0");
    expect(heard).toEqual([]);
    await simulation.run();
    expect(heard).toEqual([["a-1", "a-0"]]);
  });

  test("is woken again by further changes", async () => {
    const { simulation, purgatory } = world();
    const heard: string[][] = [];
    purgatory.watch(["a-0", "a-1"], (news) => heard.push([...news]));
    for (const key of ["a-0", "a-1"]) {
      purgatory.changed(key);
      await simulation.run();
    }
    expect(heard).toEqual([["a-0"], ["a-1"]]);
  });

  test("hears nothing of other partitions, nor after it went", async () => {
    const { simulation, purgatory } = world();
    let woken = 0;
    const cancel = purgatory.watch(["a-0"], () => woken++);
    purgatory.changed("b-0");
    await simulation.run();
    purgatory.changed("a-0");
    cancel();
    await simulation.run();
    expect(woken).toBe(0);
  });

  test("may go from its own wake", async () => {
    const { simulation, purgatory } = world();
    let woken = 0;
    const cancel = purgatory.watch(["a-0"], () => {
      woken++;
      cancel();
    });
    for (let round = 0; round < 3; round++) {
      purgatory.changed("a-0");
      await simulation.run();
    }
    expect(woken).toBe(1);
  });
});

describe("somebody who waits for the high watermark", () => {
  test("is answered when it reaches the offset, in the same step", () => {
    const { purgatory } = world();
    const answers: number[] = [];
    purgatory.awaitOffset("a-0", 10, 1000, (code) => answers.push(code));
    purgatory.advanced("a-0", 9, COMMITTED);
    expect(answers).toEqual([]);
    purgatory.advanced("a-0", 10, COMMITTED);
    purgatory.advanced("a-0", 11, COMMITTED);
    expect(answers).toEqual([NONE]);
  });

  test("is told when too few replicas were left in sync", () => {
    const { purgatory } = world();
    const answers: number[] = [];
    purgatory.awaitOffset("a-0", 1, 1000, (code) => answers.push(code));
    purgatory.advanced("a-0", 1, { judgeCommitted: () => NOT_ENOUGH_REPLICAS_AFTER_APPEND });
    expect(answers).toEqual([NOT_ENOUGH_REPLICAS_AFTER_APPEND]);
  });

  test("is answered when the partition is led elsewhere", () => {
    const { purgatory } = world();
    const answers: number[] = [];
    purgatory.awaitOffset("a-0", 1, 1000, (code) => answers.push(code));
    purgatory.failed("a-0", NOT_LEADER_OR_FOLLOWER);
    expect(answers).toEqual([NOT_LEADER_OR_FOLLOWER]);
  });

  test("waits until its deadline and not much longer", async () => {
    const { simulation, purgatory } = world();
    const answers: [number, number][] = [];
    purgatory.awaitOffset("a-0", 1, 1003, (code) => answers.push([code, simulation.time.nowMs]));
    await simulation.run();
    expect(answers).toEqual([[REQUEST_TIMED_OUT, 1010]]);
    purgatory.advanced("a-0", 1, COMMITTED);
    expect(answers).toHaveLength(1);
  });

  test("leaves no timer behind when it is answered or goes", async () => {
    const { simulation, purgatory } = world();
    const cancel = purgatory.awaitOffset("a-0", 1, 1000, () => {});
    purgatory.awaitOffset("a-0", 2, 2000, () => {});
    cancel();
    purgatory.advanced("a-0", 2, COMMITTED);
    expect(simulation.time.pending).toBe(0);
  });
});

describe("deadlines", () => {
  test("never fire early, and those close together share a timer", async () => {
    const { simulation, clock } = world();
    const deadlines = new Deadlines(clock);
    const fired: [number, number][] = [];
    for (const deadlineMs of [100, 101, 105, 109.5, 110, 250])
      deadlines.add(deadlineMs, () => fired.push([deadlineMs, simulation.time.nowMs]));
    expect(simulation.time.pending).toBe(3);
    await simulation.run();
    expect(fired).toHaveLength(6);
    for (const [deadlineMs, atMs] of fired) expect(atMs >= deadlineMs && atMs < deadlineMs + 10).toBe(true);
  });

  test("of one function added twice are two", async () => {
    const { simulation, clock } = world();
    const deadlines = new Deadlines(clock);
    let fired = 0;
    const fire = (): void => {
      fired++;
    };
    deadlines.add(10, fire);
    deadlines.add(10, fire)();
    await simulation.run();
    expect(fired).toBe(1);
  });
});
