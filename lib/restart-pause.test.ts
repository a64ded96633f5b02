import { expect, test } from "vitest";
import { RestartPause } from "@/lib/restart-pause";

test("the pause doubles while something keeps dying, up to ten seconds", () => {
  const pause = new RestartPause();
  expect(Array.from({ length: 9 }, () => pause.next(50))).toEqual([
    100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000,
  ]);
});

test("a death after a minute of service is a first one again", () => {
  const pause = new RestartPause();
  pause.next(50);
  pause.next(50);
  expect(pause.next(60_001)).toBe(100);
  expect(pause.next(60_000)).toBe(200);
});
