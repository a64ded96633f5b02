import { expect, test } from "vitest";
import type { SampledGroup } from "../sampler/snapshot.ts";
import { RebalanceCounter } from "./rebalance-counter.ts";

type Seen = Pick<SampledGroup, "state"> & { readonly members: readonly string[] | null };

function sweepOf(readAtMs: number, { state, members }: Seen) {
  const group: SampledGroup = {
    ...{
      groupId: "billing",
      state,
      type: "classic",
      protocolType: "consumer",
      coordinator: 1,
      assignor: "range",
      epoch: null,
    },
    members:
      members?.map((memberId) => ({ memberId, instanceId: null, clientId: "c", host: "/h", assignment: [] })) ?? null,
    ...{ offsets: [], readAtMs, lagOf: new Map(), lagMessages: 0 },
  };
  return { readAtMs, groups: { readAtMs, value: new Map([["billing", group]]) } };
}

const stable = (...members: string[]): Seen => ({ state: "Stable", members });
const preparing: Seen = { state: "PreparingRebalance", members: ["a"] };

function count(sweeps: readonly Seen[], stepMs = 10_000): number {
  const counter = new RebalanceCounter();
  for (const [index, seen] of sweeps.entries()) counter.tell(sweepOf(1_000_000 + index * stepMs, seen));
  return counter.inLastHour("billing");
}

test("a rebalance is counted once, when it is seen under way or by its members", () => {
  expect(count([stable("a"), stable("a"), stable("a")])).toBe(0);
  expect(count([stable("a"), preparing, preparing, stable("a", "b")])).toBe(1);
  expect(count([stable("a"), stable("a", "b"), stable("b", "a"), stable("b")])).toBe(2);
});

test("what is first seen is no rebalance, nor what could not be read", () => {
  expect(count([preparing, stable("a")])).toBe(0);
  expect(count([stable("a"), { state: "Stable", members: null }, stable("a")])).toBe(0);
});

test("after an hour it is forgotten", () => {
  const sway = Array.from({ length: 5 }, (_, index) => stable(`m${index}`));
  expect(count(sway)).toBe(4);
  expect(count(sway, 1_800_000)).toBe(2);
});
