import { expect, test } from "vitest";
import { isRefusal } from "../refusal.ts";
import { buildBatch } from "../../wire/record-batch-builder.ts";
import { GroupScript } from "./testing/group-script.ts";

test("a broker that does not lead the group's partition is not its coordinator", () => {
  const script = new GroupScript();
  script.coordinator.onLeaderChange(0, "follower", 1);
  expect(script.commit({ "t-0": 1 }).outcome).toBe("NOT_COORDINATOR");
  expect(script.describe()).toBe("NOT_COORDINATOR");
  expect(script.coordinator.list()).toEqual([]);
});

test("giving the partition up sends all that wait away", () => {
  const script = new GroupScript();
  const join = script.join();
  script.log.replicatesAtOnce = false;
  const commit = script.commit({ "t-0": 1 }, { groupId: "h" });
  script.coordinator.onLeaderChange(0, "none", 1);
  expect([join.outcome, commit.outcome]).toEqual(["NOT_COORDINATOR", "NOT_COORDINATOR"]);
  script.log.replicate();
  script.pass(1_000_000);
  expect(join.outcome).toBe("NOT_COORDINATOR");
});

test("the same leader epoch again changes nothing; a later one loads anew", () => {
  const script = new GroupScript();
  const join = script.join();
  script.coordinator.onLeaderChange(0, "leader", 0);
  expect(join.outcome).toBe("waits");
  script.coordinator.onLeaderChange(0, "leader", 1);
  expect(join.outcome).toBe("NOT_COORDINATOR");
});

test("a log over a megabyte is loaded in slices: until then calls are told so, and heartbeats succeed", () => {
  const script = new GroupScript();
  for (let group = 0; group < 300; group++)
    script.commit({ "t-0": group }, { groupId: `g${group}`, metadata: "x".repeat(4_000) });
  const [memberId = ""] = script.stableGroup(1);
  script.coordinator.onLeaderChange(0, "leader", 1);
  expect(script.fetch(undefined).outcome).toBe("COORDINATOR_LOAD_IN_PROGRESS");
  expect(script.heartbeat(memberId, 1).outcome).toBe("done");
  expect(isRefusal(script.coordinator.list())).toBe(true);
  script.pass(0);
  expect(script.committed("g299")).toEqual({ "t-0": 299 });
  expect(script.heartbeat(memberId, 1).outcome).toBe("done");
  expect(script.coordinator.list()).toHaveLength(301);
});

test("giving the partition up ends a load that goes on", () => {
  const script = new GroupScript();
  for (let group = 0; group < 300; group++)
    script.commit({ "t-0": group }, { groupId: `g${group}`, metadata: "x".repeat(4_000) });
  script.coordinator.onLeaderChange(0, "leader", 1);
  script.coordinator.onLeaderChange(0, "follower", 2);
  script.pass(0);
  expect(script.fetch(undefined).outcome).toBe("NOT_COORDINATOR");
});

test("a log that cannot be read is not served, rather than served in part", () => {
  const script = new GroupScript();
  script.commit({ "t-0": 1 });
  script.log.append(buildBatch([{ timestampMs: 0, key: Buffer.from([0, 1, 0]), value: null }]));
  script.failOver();
  expect(script.fetch(undefined).outcome).toBe("NOT_COORDINATOR");
});

test("a timer whose records cannot be appended comes back", () => {
  const script = new GroupScript();
  script.stableGroup(1);
  script.log.refusal = { errorCode: 19 };
  script.pass(10_400);
  expect(script.describe()).toMatch(/^Stable/);
  script.log.refusal = undefined;
  script.pass(500);
  expect(script.describe()).toBe("Empty []");
});

test("a group over group.max.size shrinks when another broker has loaded it", () => {
  const script = new GroupScript();
  const [a = "", b = ""] = script.stableGroup(3);
  script.config = { ...script.config, maxSize: 2 };
  script.failOver();
  expect(script.heartbeat(a, 1).outcome).toBe("REBALANCE_IN_PROGRESS");
  script.join({ memberId: a });
  const second = script.join({ memberId: b });
  script.pass(60_000);
  expect(second.value.generationId).toBe(2);
});

test("groups are listed by name with their state and type", () => {
  const script = new GroupScript();
  script.stableGroup(1);
  script.commit({ "t-0": 1 }, { groupId: "a" });
  expect(script.coordinator.list()).toEqual([
    { groupId: "a", protocolType: "", state: "Empty", type: "classic" },
    { groupId: "g", protocolType: "consumer", state: "Stable", type: "classic" },
  ]);
});

test("DescribeGroups tells metadata and assignments of a stable group only", () => {
  const script = new GroupScript();
  const [memberId = ""] = script.stableGroup(1);
  const stable = script.coordinator.describe("g");
  expect(stable).toMatchObject({
    protocolName: "range",
    members: [{ memberId, clientId: "c", clientHost: "/127.0.0.1" }],
  });
  expect(isRefusal(stable) ? "" : Buffer.from(stable.members[0]?.assignment ?? []).toString()).toBe(
    `share of ${memberId}`,
  );
  script.join({ memberId });
  expect(script.coordinator.describe("g")).toMatchObject({
    state: "CompletingRebalance",
    protocolName: "",
    members: [{ assignment: new Uint8Array() }],
  });
});
