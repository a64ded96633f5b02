import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Timer } from "./environment.ts";
import { TimerQueue } from "./timer-queue.ts";

test("timers come out by deadline, ties in order of arming, without the cancelled ones", () => {
  const step = fc.record({ deadlineMs: fc.nat(30), cancels: fc.option(fc.nat(400), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 500 }), (steps) => {
      const queue = new TimerQueue();
      const timers: Timer[] = [];
      const fired: number[] = [];
      const cancelled = new Set<number>();
      steps.forEach(({ deadlineMs, cancels }, index) => {
        timers.push(queue.add(deadlineMs, () => fired.push(index)));
        if (cancels === undefined || cancels >= timers.length) return;
        timers[cancels]?.cancel();
        cancelled.add(cancels);
      });
      expect(queue.size).toBe(steps.length - cancelled.size);
      for (let fire = queue.takeDue(30); fire !== undefined; fire = queue.takeDue(30)) fire();
      const expected = steps.map((each, index) => ({ ...each, index })).filter((each) => !cancelled.has(each.index));
      expected.sort((one, other) => one.deadlineMs - other.deadlineMs || one.index - other.index);
      expect(fired).toEqual(expected.map((each) => each.index));
      expect(queue.nextDeadlineMs()).toBeUndefined();
    }),
  );
});

test("nothing is due before its deadline, and a timer that fired can be cancelled without effect", () => {
  const queue = new TimerQueue();
  const timer = queue.add(10, () => {});
  expect(queue.takeDue(9.99)).toBeUndefined();
  expect(queue.nextDeadlineMs()).toBe(10);
  expect(queue.takeDue(10)).toBeDefined();
  timer.cancel();
  expect(queue.size).toBe(0);
});
