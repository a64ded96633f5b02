import { expect, test } from "vitest";
import { Simulation } from "../../environment/simulated/simulation.ts";
import { ReplicationQuota } from "./replication-quota.ts";

const LONG_MAX = 2 ** 63;

function quotaOf(options: { readonly rate?: number; readonly replicas?: string }) {
  const simulation = new Simulation("quota");
  const { environment } = simulation.machine("broker").start("broker");
  const { rate = 1000, replicas = "*" } = options;
  const quota = new ReplicationQuota(environment.clock, {
    nodeId: 1,
    bytesPerSecond: () => rate,
    throttledReplicas: () => replicas,
    burstSeconds: () => 1,
  });
  return { quota, pass: (forMs: number) => simulation.run({ forMs }) };
}

test.each([
  ["all of a topic", "*", [true, true]],
  ["a partition of this broker", "0:1,1:2", [true, false]],
  ["nothing of this broker", "0:2,1:2", [false, false]],
  ["no list", "", [false, false]],
])("throttles %s", (_, replicas, expected) => {
  const { quota } = quotaOf({ replicas });
  expect([0, 1].map((partition) => quota.isThrottled({ topic: "t", partition }))).toEqual(expected);
});

test("throttles nothing without a rate, which is Kafka's largest long", () => {
  expect(quotaOf({ rate: LONG_MAX }).quota.isThrottled({ topic: "t", partition: 0 })).toBe(false);
});

test("gives what the rate has earned, and takes back what went beyond", async () => {
  const { quota, pass } = quotaOf({});
  expect(quota.availableBytes()).toBe(0);
  await pass(500);
  expect(quota.availableBytes()).toBe(500);
  quota.record(2500);
  expect(quota.availableBytes()).toBe(0);
  // Two seconds for the debt, and a tenth for what is worth a request.
  expect(quota.waitMs()).toBe(2100);
  await pass(2099);
  expect(quota.availableBytes()).toBe(0);
  await pass(1);
  expect(quota.availableBytes()).toBe(100);
  expect(quota.waitMs()).toBe(0);
});

test("keeps no more than a second's worth for later", async () => {
  const { quota, pass } = quotaOf({});
  quota.availableBytes();
  await pass(60_000);
  expect(quota.availableBytes()).toBe(1000);
});

test("a rate of nothing lets nothing through", async () => {
  const { quota, pass } = quotaOf({ rate: 0 });
  quota.availableBytes();
  await pass(60_000);
  expect(quota.availableBytes()).toBe(0);
  expect(quota.waitMs()).toBe(Infinity);
});
