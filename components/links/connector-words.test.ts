import { expect, test } from "vitest";
import { connectorHealth, howKnown } from "@/components/links/connector-words";

test.each([
  ["RUNNING", 2, 2, 0, "ok", "Running, 2 of 2 tasks"],
  ["RUNNING", 2, 1, 1, "bad", "Running, 1 of 2 tasks failed"],
  ["FAILED", 0, 0, 0, "bad", "Failed"],
  ["PAUSED", 1, 0, 0, "paused", "Paused"],
  ["UNASSIGNED", 1, 0, 0, "warn", "Unassigned, 0 of 1 task"],
  ["RUNNING", 0, 0, 0, "warn", "Running, no tasks"],
] as const)("%s with %i tasks, %i running and %i failed is %s", (state, total, running, failed, kind, text) => {
  expect(connectorHealth({ state, tasks: { total, running, failed } })).toEqual({ kind, text });
});

test("how a connector is known says what was not seen, unless nobody looks", () => {
  expect(howKnown({ isNamed: true, isSeen: true })).toBe("named in its config, used");
  expect(howKnown({ isNamed: true, isSeen: false })).toBe("named in its config, not used yet");
  expect(howKnown({ isNamed: true, isSeen: null })).toBe("named in its config");
  expect(howKnown({ isNamed: false, isSeen: true })).toBe("used, not named in its config");
});
