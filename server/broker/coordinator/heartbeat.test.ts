import { expect, test } from "vitest";
import { GroupScript } from "./testing/group-script.ts";

test.each([
  { why: "an empty group id", groupId: "", expected: "INVALID_GROUP_ID" },
  { why: "a group that does not exist", groupId: "other", expected: "UNKNOWN_MEMBER_ID" },
])("a heartbeat for $why: $expected", ({ groupId, expected }) => {
  const script = new GroupScript();
  const answers: string[] = [];
  script.coordinator.heartbeat({ groupId, memberId: "m", generationId: 1, groupInstanceId: null }, (answer) => {
    answers.push(answer.type === "refused" ? String(answer.errorCode) : answer.type);
  });
  expect(answers).toEqual([expected === "INVALID_GROUP_ID" ? "24" : "25"]);
});

test("by the phase of the group", () => {
  const script = new GroupScript();
  const [leader, follower] = [script.join(), script.join()];
  script.pass(400);
  expect(script.heartbeat(leader.memberId, 1).outcome).toBe("done");
  script.sync(follower.memberId, 1);
  script.sync(leader.memberId, 1);
  expect(script.heartbeat(leader.memberId, 1).outcome).toBe("done");
  expect(script.heartbeat(leader.memberId, 0).outcome).toBe("ILLEGAL_GENERATION");
  expect(script.heartbeat("ghost", 1).outcome).toBe("UNKNOWN_MEMBER_ID");
  script.join();
  expect(script.heartbeat(leader.memberId, 1).outcome).toBe("REBALANCE_IN_PROGRESS");
});

test("of a member of a group that became empty is unknown", () => {
  const script = new GroupScript();
  const [only = ""] = script.stableGroup(1);
  script.leave(only);
  expect(script.heartbeat(only, 1).outcome).toBe("UNKNOWN_MEMBER_ID");
});

test("keeps the session, and its end makes the others share anew", () => {
  const script = new GroupScript();
  const [kept = "", lost = ""] = script.stableGroup(2);
  for (let passedMs = 0; passedMs < 12_000; passedMs += 4_000) {
    script.pass(4_000);
    script.heartbeat(kept, 1);
  }
  expect(script.describe()).toBe(`PreparingRebalance [${kept}]`);
  expect(script.heartbeat(lost, 1).outcome).toBe("UNKNOWN_MEMBER_ID");
});

test("is not needed while a member waits for the others to join or for its share", () => {
  const script = new GroupScript();
  const [leader = ""] = script.stableGroup([{ sessionTimeoutMs: 6_000 }, { sessionTimeoutMs: 40_000 }]);
  const rejoin = script.join({ memberId: leader, sessionTimeoutMs: 6_000 });
  script.pass(20_000);
  expect(rejoin.outcome).toBe("waits");
  expect(script.describe()).toContain(leader);
});

test("the session goes on for members that a new coordinator has loaded", () => {
  const script = new GroupScript();
  const [a = "", b = ""] = script.stableGroup(2);
  script.failOver();
  script.pass(9_000);
  expect(script.heartbeat(a, 1).outcome).toBe("done");
  script.pass(2_000);
  expect(script.heartbeat(b, 1).outcome).toBe("UNKNOWN_MEMBER_ID");
});

test("a new member that waits for its first generation is given up after five minutes", () => {
  const script = new GroupScript();
  const [leader = ""] = script.stableGroup([{ rebalanceTimeoutMs: 1_000_000, sessionTimeoutMs: 1_000_000 }]);
  const newcomer = script.join();
  script.pass(299_999);
  expect(newcomer.outcome).toBe("waits");
  script.pass(1);
  expect(newcomer.outcome).toBe("UNKNOWN_MEMBER_ID");
  expect(script.describe()).toBe(`PreparingRebalance [${leader}]`);
});
