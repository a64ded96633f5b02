import { expect, test } from "vitest";
import { RequestMemory } from "./request-memory.ts";

test("memory is given while any is left, then in turn as others give theirs back", () => {
  const memory = new RequestMemory(100);
  const granted: string[] = [];
  const holder = (name: string) => ({
    memoryGranted: () => memory.take(byName[name] ?? none, 60) && granted.push(name),
  });
  const none = { memoryGranted: () => {} };
  const byName: Record<string, { memoryGranted(): void }> = {};
  for (const name of ["a", "b", "c", "d"]) byName[name] = holder(name);
  const take = (name: string): boolean => memory.take(byName[name] ?? none, 60);
  expect(["a", "b", "c", "d"].map(take)).toEqual([true, true, false, false]);
  expect(take("a")).toBe(true);
  memory.release(byName["a"] ?? none);
  expect(granted).toEqual(["c"]);
  memory.release(byName["d"] ?? none);
  memory.release(byName["b"] ?? none);
  memory.release(byName["c"] ?? none);
  expect(granted).toEqual(["c"]);
  expect(take("d")).toBe(true);
});
