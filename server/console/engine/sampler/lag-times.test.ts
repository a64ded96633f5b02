import { expect, test } from "vitest";
import { Cadences } from "./cadences.ts";
import { EndRates } from "./end-rates.ts";
import { ageOf } from "./lag-times.ts";
import type { ClusterSnapshot } from "./snapshot.ts";

const now = Date.UTC(2026, 10, 22);

test.each([
  ["a record of two minutes ago", now - 120_000, 120_000],
  ["one of now by a clock that is a little ahead", now + 5_000, 0],
  ["one without a timestamp", -1, "no-timestamp"],
  ["one in seconds instead of milliseconds", now / 1_000, "absurd-timestamp"],
  ["one from tomorrow", now + 86_400_000, "future-timestamp"],
])("the age of %s is told or said to be unknown, never negative", (_, timestampMs, age) =>
  expect(ageOf(timestampMs, now)).toBe(age),
);

function swept(at: number, end: number): ClusterSnapshot {
  const readAtMs = at * 1_000;
  const offsets = { value: new Map([["orders", new Map([[0, { start: 0, end }]])]]), readAtMs };
  const none = { topics: [], brokers: [], controllerId: null, disks: null, answers: null, groups: null, problems: [] };
  return { ...none, readAtMs, offsets, minIsr: new Map() };
}

test("a partition's speed is of about its last minute, and begins anew with the partition", () => {
  const rates = new EndRates();
  rates.tell(swept(1_000, 0));
  expect(rates.perSecond("orders/0")).toBeNull();
  for (let at = 1_010; at <= 1_100; at += 10)
    rates.tell(swept(at, at < 1_060 ? (at - 1_000) * 2 : 120 + (at - 1_060) * 10));
  const rate = rates.perSecond("orders/0") ?? 0;
  expect(rate).toBeGreaterThan(5);
  expect(rate).toBeLessThanOrEqual(10);
  rates.tell(swept(1_110, 3));
  expect(rates.perSecond("orders/0")).toBeNull();
});

test("commits are counted with the records that they bring", () => {
  const cadences = new Cadences();
  const commit = (atMs: number, offset: number | null) =>
    cadences.take({ groupId: "g", topic: "orders", partition: 0, offset, atMs });
  for (let index = 0; index <= 10; index += 1) commit(1_000 + index * 5_000, index * 100);
  expect(cadences.of("g", "orders/0")).toMatchObject({ lastAtMs: 51_000, everyMs: 5_000 });
  expect(cadences.totals("g", ["orders/0", "orders/1"])).toEqual({ commits: 10, records: 1_000 });
  commit(60_000, null);
  expect(cadences.of("g", "orders/0")).toBeUndefined();
});
