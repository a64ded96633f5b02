import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Channels } from "./channels.ts";

let channels: Channels;
let told: string[];

beforeEach(() => {
  vi.useFakeTimers();
  channels = new Channels();
  told = [];
});
afterEach(() => {
  channels.close();
  vi.useRealTimers();
});

test("the first change is told at once, and those that follow closely once more", () => {
  channels.listen("jobs", "local", () => told.push("local"));
  for (let count = 0; count < 1_000; count += 1) channels.tell("jobs", "local");
  expect(told).toEqual(["local"]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(["local", "local"]);
  channels.tell("jobs", "local");
  expect(told.length).toBe(3);
});

test("only the channel and the cluster that were asked for are told, and nothing after leaving", () => {
  const leave = channels.listen("jobs", "local", () => told.push("jobs"));
  channels.tell("journal", "local");
  channels.tell("jobs", "other");
  expect(told).toEqual([]);
  channels.tell("jobs", "local");
  channels.tell("jobs", "local");
  leave();
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(["jobs"]);
});
