import { describe, expect, test } from "vitest";
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatLatency,
  formatNumberOf,
  formatRate,
  formatRetention,
} from "@/lib/format";

describe("formatCount", () => {
  test.each([
    [0, "0"],
    [999, "999"],
    [12_345, "12.3k"],
    [999_950, "1.00M"],
    [1_284_000_000, "1.28B"],
    [0.5, "0.5"],
  ])("writes %d as %s", (value, text) => expect(formatCount(value)).toBe(text));
});

describe("formatBytes", () => {
  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_536, "1.54 KB"],
    [850_000_000_000, "850 GB"],
  ])("writes %d as %s", (value, text) => expect(formatBytes(value)).toBe(text));
});

describe("formatRate", () => {
  test.each([
    [0, "0"],
    [0.001, "0"],
    [0.033, "0.03"],
    [0.5, "0.5"],
    [12_345, "12.3k"],
  ])("writes %d a second as %s", (value, text) => expect(formatRate(value)).toBe(text));
});

describe("formatLatency", () => {
  test.each([
    [0, "0 ms"],
    [0.421, "0.42 ms"],
    [4, "4 ms"],
    [42.4, "42 ms"],
    [1_250, "1.3 s"],
  ])("writes %d ms as %s", (value, text) => expect(formatLatency(value)).toBe(text));
});

describe("formatDuration", () => {
  test.each([
    [4, "4 ms"],
    [800, "800 ms"],
    [1_250, "1.3 s"],
    [42_000, "42 s"],
    [600_000, "10 min"],
    [9_180_000, "2 h 33 min"],
    [259_200_000, "3 d"],
  ])("writes %d ms as %s", (value, text) => expect(formatDuration(value)).toBe(text));
});

describe("formatRetention", () => {
  test.each([
    [-1, "forever"],
    [0, "0 ms"],
    [604_800_000, "7 d"],
    [43_200_000, "12 h"],
    [129_600_000, "36 h"],
    [86_400_001, "86400001 ms"],
    [90_000, "90 s"],
  ])("writes %d exactly as %s", (value, text) => expect(formatRetention(value)).toBe(text));
});

test("formatAge speaks of now until a second and a half has passed", () => {
  expect([formatAge(1_000), formatAge(2_000), formatAge(59_000), formatAge(600_000)]).toEqual([
    "just now",
    "2 s",
    "59 s",
    "10 min",
  ]);
});

test("formatNumberOf follows the number with its noun", () => {
  expect([
    formatNumberOf(1, "partition"),
    formatNumberOf(1_200, "partition"),
    formatNumberOf(2, "match", "matches"),
  ]).toEqual(["1 partition", "1,200 partitions", "2 matches"]);
});
