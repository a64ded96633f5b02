import { expect, test } from "vitest";
import { brokerHealth, brokerNotices, diskShare, leaderSkew, skewText } from "@/components/brokers/broker-words";
import type { BrokerSummary } from "@/lib/contracts/broker-summary";

function broker(part: Partial<BrokerSummary>): BrokerSummary {
  return {
    id: 1,
    host: "127.0.0.1",
    port: 9092,
    rack: null,
    isController: false,
    state: "running",
    supervised: null,
    leaders: 0,
    replicas: 0,
    outOfSync: 0,
    sizeBytes: null,
    diskTotalBytes: null,
    diskUsableBytes: null,
    version: null,
    latencyMs: null,
    sizes: [],
    problem: null,
    readAtMs: 0,
    ...part,
  };
}

test("a broker that a person stopped rests; one that went by itself is trouble", () => {
  expect(brokerHealth(broker({ state: "gone", supervised: "stopped" }))).toMatchObject({
    kind: "paused",
    word: "Stopped",
  });
  expect(brokerHealth(broker({ state: "gone" }))).toMatchObject({ kind: "bad", word: "Gone" });
  expect(brokerHealth(broker({ state: "silent", supervised: "running" })).kind).toBe("bad");
  expect(brokerHealth(broker({ state: "catching-up", outOfSync: 3 })).note).toBe("is not in sync in 3 partitions");
});

test("the skew of leaders is told against an equal share of those that serve", () => {
  const brokers = [broker({ id: 1, leaders: 44 }), broker({ id: 2, leaders: 31 }), broker({ id: 3, leaders: 53 })];
  expect(brokers.map((one) => skewText(leaderSkew(one, brokers)))).toEqual(["+3%", "−27%", "+24%"]);
  const [alone] = brokers;
  expect(alone && leaderSkew(alone, [alone])).toBeUndefined();
  expect(skewText(0)).toBe("");
});

test("the share of a disk is told only where the brokers tell it", () => {
  expect(diskShare({ diskTotalBytes: 100, diskUsableBytes: 59 })).toBeCloseTo(0.41);
  expect(diskShare({ diskTotalBytes: null, diskUsableBytes: null })).toBeUndefined();
});

test("what to know first is who is away, then what becomes of partitions", () => {
  const brokers = [broker({}), broker({ id: 2, state: "gone", supervised: "stopped" })];
  expect(brokerNotices({ brokers, underReplicated: 4, belowMinIsr: 0, offline: 0 })).toEqual([
    { kind: "warn", text: "Broker 2 was stopped, and can be started." },
    { kind: "warn", text: "4 partitions are under-replicated; none is below min ISR." },
  ]);
  expect(brokerNotices({ brokers: [broker({})], underReplicated: 4, belowMinIsr: 1, offline: 2 })).toEqual([
    { kind: "bad", text: "2 partitions have no leader: nothing can be read or written there." },
    { kind: "bad", text: "1 partition is below min ISR: producers with acks=all are refused." },
  ]);
  expect(brokerNotices({ brokers: [broker({})], underReplicated: 0, belowMinIsr: 0, offline: 0 })).toEqual([]);
});
