import { expect, test } from "vitest";
import type { AlertCondition } from "../../../../lib/contracts/alerts.ts";
import type { GroupFinding } from "../../../../lib/contracts/groups.ts";
import { readingsOf, type Sweep } from "./readings.ts";
import { RebalanceCounter } from "./rebalance-counter.ts";

const readAtMs = 1_764_000_000_000;
const noDetails = { topic: null, partitions: [] };

type Known = {
  readonly lagMessages?: number;
  readonly ageMs?: number;
  readonly findings?: readonly GroupFinding[];
  readonly watchedForMs?: number;
};

function valueOf(condition: AlertCondition, known: Known): number | null | undefined {
  const { lagMessages = 5, ageMs, findings = [], watchedForMs = 0 } = known;
  const group = {
    ...{ groupId: "billing", coordinator: 1, state: "Stable", type: "classic", protocolType: "consumer", epoch: null },
    ...{ assignor: "range", members: [], offsets: [], lagOf: new Map(), lagMessages, readAtMs },
  };
  const none = { topics: [], brokers: [], controllerId: null, disks: null, answers: null, offsets: null, problems: [] };
  const groups = { value: new Map([["billing", group]]), readAtMs };
  const sweep: Sweep = {
    snapshot: { ...none, readAtMs, minIsr: new Map(), groups },
    rebalances: new RebalanceCounter(),
    sampler: {
      lagTimes: { ofGroup: () => (ageMs === undefined ? undefined : { ms: ageMs, isAtLeast: false }) },
      findingsOf: () => findings,
      groups: { watchedForMs: () => watchedForMs },
    },
  };
  return readingsOf(condition, sweep)?.[0]?.value;
}

test("lag in time is read in seconds, and not known before a record was looked at", () => {
  expect(valueOf("group-lag-time", { ageMs: 90_500 })).toBe(90.5);
  expect(valueOf("group-lag-time", { ageMs: 0 })).toBe(0);
  expect(valueOf("group-lag-time", {})).toBeNull();
});

test("a group stands still when one of its partitions does, as its page says", () => {
  const stuck = { kind: "stuck-partition", severity: "critical", text: "…", ...noDetails } as const;
  const findings = [
    { ...stuck, sinceMs: readAtMs - 70_000 },
    { ...stuck, sinceMs: readAtMs - 130_000 },
  ];
  expect(valueOf("group-stuck", { findings })).toBe(130);
});

test("whether a group stands still is not known before it was watched for a minute", () => {
  expect(valueOf("group-stuck", { watchedForMs: 30_000 })).toBeNull();
  expect(valueOf("group-stuck", { watchedForMs: 70_000 })).toBe(0);
  expect(valueOf("group-stuck", { watchedForMs: 0, lagMessages: 0 })).toBe(0);
});
