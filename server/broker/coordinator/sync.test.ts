import { expect, test } from "vitest";
import { GroupScript } from "./testing/group-script.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

/** Two members of a generation whose assignments are awaited. */
function awaitingAssignments() {
  const script = new GroupScript();
  const joins = [script.join(), script.join()];
  script.pass(400);
  const [leader = "", follower = ""] = joins.map((join) => join.value.memberId);
  return { script, leader, follower };
}

test.each([
  {
    why: "a group that does not exist",
    member: "leader",
    generation: 1,
    groupExists: false,
    expected: "UNKNOWN_MEMBER_ID",
  },
  { why: "an unknown member", member: "ghost", generation: 1, expected: "UNKNOWN_MEMBER_ID" },
  { why: "an old generation", member: "leader", generation: 0, expected: "ILLEGAL_GENERATION" },
  { why: "a generation to come", member: "leader", generation: 2, expected: "ILLEGAL_GENERATION" },
  {
    why: "another protocol type",
    member: "leader",
    generation: 1,
    rest: { protocolType: "connect", protocolName: "range" },
    expected: "INCONSISTENT_GROUP_PROTOCOL",
  },
  {
    why: "another protocol",
    member: "leader",
    generation: 1,
    rest: { protocolType: "consumer", protocolName: "sticky" },
    expected: "INCONSISTENT_GROUP_PROTOCOL",
  },
  {
    why: "an unknown instance id",
    member: "leader",
    generation: 1,
    rest: { groupInstanceId: "i" },
    expected: "UNKNOWN_MEMBER_ID",
  },
  {
    why: "the right protocol",
    member: "leader",
    generation: 1,
    rest: { protocolType: "consumer", protocolName: "range" },
    expected: "synced",
  },
])("SyncGroup with $why: $expected", ({ member, generation, rest = {}, groupExists = true, expected }) => {
  const { script, leader } = groupExists ? awaitingAssignments() : { script: new GroupScript(), leader: "x" };
  expect(script.sync(member === "leader" ? leader : member, generation, {}, rest).outcome).toBe(expected);
});

test("a follower waits for the leader's assignments; whom the leader forgot gets nothing", () => {
  const { script, leader, follower } = awaitingAssignments();
  const waiting = script.sync(follower, 1);
  expect(waiting.outcome).toBe("waits");
  const leading = script.sync(leader, 1, { [leader]: "all" });
  expect(text(leading.value.assignment)).toBe("all");
  expect(waiting.value).toMatchObject({ protocolType: "consumer", protocolName: "range" });
  expect(waiting.value.assignment).toHaveLength(0);
  expect(script.describe()).toBe(`Stable [${leader}, ${follower}]`);
});

test("assignments of a follower do not count", () => {
  const { script, follower } = awaitingAssignments();
  expect(script.sync(follower, 1, { [follower]: "mine" }).outcome).toBe("waits");
});

test("a member of a stable group gets its share again", () => {
  const script = new GroupScript();
  const [, follower = ""] = script.stableGroup(2);
  expect(text(script.sync(follower, 1).value.assignment)).toBe(`share of ${follower}`);
});

test("while a rebalance is prepared members are told to join", () => {
  const script = new GroupScript();
  const [leader = "", follower = ""] = script.stableGroup(2);
  script.join({ memberId: leader });
  expect(script.sync(follower, 1).outcome).toBe("REBALANCE_IN_PROGRESS");
});

test("members that never sync within the rebalance timeout are removed, and the others share anew", () => {
  const script = new GroupScript();
  const options = { rebalanceTimeoutMs: 20_000, sessionTimeoutMs: 100_000 };
  const joins = [script.join(options), script.join(options)];
  script.pass(400);
  const [leader = "", follower = ""] = joins.map((join) => join.value.memberId);
  const waiting = script.sync(follower, 1);
  script.pass(20_000);
  expect(waiting.outcome).toBe("REBALANCE_IN_PROGRESS");
  expect(script.heartbeat(leader, 1).outcome).toBe("UNKNOWN_MEMBER_ID");
  expect(script.join({ memberId: follower, ...options }).value).toMatchObject({ leaderId: follower, generationId: 2 });
});

test("a member that did not sync is removed from a stable group too", () => {
  const script = new GroupScript();
  const options = { rebalanceTimeoutMs: 20_000, sessionTimeoutMs: 100_000 };
  const joins = [script.join(options), script.join(options)];
  script.pass(400);
  const [leader = "", follower = ""] = joins.map((join) => join.value.memberId);
  script.sync(leader, 1);
  expect(script.describe()).toMatch(/^Stable/);
  script.pass(20_000);
  expect(script.describe()).toBe(`PreparingRebalance [${leader}]`);
  expect(follower).not.toBe(leader);
});

test("a second request of a member answers the first", () => {
  const { script, follower } = awaitingAssignments();
  const [first, second] = [script.sync(follower, 1), script.sync(follower, 1)];
  expect([first.outcome, second.outcome]).toEqual(["REBALANCE_IN_PROGRESS", "waits"]);
});

test("assignments that cannot be recorded change nothing; the leader may try again", () => {
  const { script, leader, follower } = awaitingAssignments();
  const waiting = script.sync(follower, 1);
  script.log.refusal = { errorCode: 19 };
  expect(script.sync(leader, 1, { [follower]: "f" }).outcome).toBe("COORDINATOR_NOT_AVAILABLE");
  expect(waiting.outcome).toBe("waits");
  script.log.refusal = undefined;
  script.sync(leader, 1, { [follower]: "f" });
  expect(text(waiting.value.assignment)).toBe("f");
});
