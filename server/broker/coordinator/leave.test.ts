import { expect, test } from "vitest";
import { errorName } from "../../wire/errors.ts";
import { GroupScript, type Pending } from "./testing/group-script.ts";
import type { LeaveAnswer } from "./group-event.ts";

const codes = (leave: Pending<LeaveAnswer>) => leave.value.members.map((member) => errorName(member.errorCode));

test("a group that does not exist has no member to leave", () => {
  expect(new GroupScript().leave("m").outcome).toBe("UNKNOWN_MEMBER_ID");
});

test("each member has its own error code", () => {
  const script = new GroupScript();
  const [a = "", b = ""] = script.stableGroup([{}, { groupInstanceId: "i" }]);
  expect(codes(script.leave("ghost", { groupInstanceId: "none" }, { memberId: a, groupInstanceId: "i" }, ""))).toEqual([
    "UNKNOWN_MEMBER_ID",
    "UNKNOWN_MEMBER_ID",
    "FENCED_INSTANCE_ID",
    "UNKNOWN_MEMBER_ID",
  ]);
  expect(script.describe()).toBe(`Stable [${a}, ${b}]`);
  expect(codes(script.leave({ memberId: b, groupInstanceId: "i" }, a))).toEqual(["NONE", "NONE"]);
  expect(script.describe()).toBe("Empty []");
});

test("an administrator removes a static member by its instance id alone", () => {
  const script = new GroupScript();
  const [a = ""] = script.stableGroup([{}, { groupInstanceId: "i" }]);
  expect(codes(script.leave({ groupInstanceId: "i" }))).toEqual(["NONE"]);
  expect(script.describe()).toBe(`PreparingRebalance [${a}]`);
});

test("the others share anew, and the next earliest leads when the leader left", () => {
  const script = new GroupScript();
  const [leader = "", follower = ""] = script.stableGroup(2);
  script.leave(leader);
  expect(script.heartbeat(follower, 1).outcome).toBe("REBALANCE_IN_PROGRESS");
  expect(script.join({ memberId: follower }).value).toMatchObject({ generationId: 2, leaderId: follower });
});

test("the last member's leaving is recorded: the group is empty in the next generation, for every coordinator", () => {
  const script = new GroupScript();
  const [only = ""] = script.stableGroup(1);
  script.leave(only);
  script.failOver();
  expect(script.describe()).toBe("Empty []");
  const join = script.join();
  script.pass(200);
  expect(join.value.generationId).toBe(3);
});

test("an id that was given out and not used can be given back, and nobody waits for it any more", () => {
  const script = new GroupScript();
  const [leader = ""] = script.stableGroup(1);
  const { memberId } = script.join({ requiresKnownMemberId: true });
  const rejoin = script.join({ memberId: leader });
  expect(rejoin.outcome).toBe("waits");
  expect(codes(script.leave(memberId))).toEqual(["NONE"]);
  expect(rejoin.outcome).toBe("joined");
});

test("a member that leaves while it waits gets its answer", () => {
  const script = new GroupScript();
  const [leader = ""] = script.stableGroup(2);
  const rejoin = script.join({ memberId: leader });
  script.leave(leader);
  expect(rejoin.outcome).toBe("UNKNOWN_MEMBER_ID");
});

test("leaving while the others are awaited ends the wait", () => {
  const script = new GroupScript();
  const [leader = "", follower = ""] = script.stableGroup(2);
  const rejoin = script.join({ memberId: leader });
  script.leave(follower);
  expect(rejoin.value.members).toHaveLength(1);
});
