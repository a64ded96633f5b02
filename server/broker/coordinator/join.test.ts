import { describe, expect, test } from "vitest";
import { consumerSubscription, GroupScript } from "./testing/group-script.ts";

const protocol = (...names: string[]) => names.map((name) => ({ name, metadata: consumerSubscription([name]) }));

describe("who may join", () => {
  test.each([
    { why: "an empty group id", options: { groupId: "" }, expected: "INVALID_GROUP_ID" },
    {
      why: "a session below group.min.session.timeout.ms",
      options: { sessionTimeoutMs: 5_999 },
      expected: "INVALID_SESSION_TIMEOUT",
    },
    { why: "a session at the lower bound", options: { sessionTimeoutMs: 6_000 }, expected: "waits" },
    { why: "a session at the upper bound", options: { sessionTimeoutMs: 1_800_000 }, expected: "waits" },
    {
      why: "a session above group.max.session.timeout.ms",
      options: { sessionTimeoutMs: 1_800_001 },
      expected: "INVALID_SESSION_TIMEOUT",
    },
    { why: "no protocol type", options: { protocolType: "" }, expected: "INCONSISTENT_GROUP_PROTOCOL" },
    { why: "no protocols", options: { protocols: [] }, expected: "INCONSISTENT_GROUP_PROTOCOL" },
    { why: "an id in a group that does not exist", options: { memberId: "ghost" }, expected: "UNKNOWN_MEMBER_ID" },
    {
      why: "no id, in a version that wants one",
      options: { requiresKnownMemberId: true },
      expected: "MEMBER_ID_REQUIRED",
    },
    { why: "no id, in a version before 4", options: {}, expected: "waits" },
    {
      why: "no id, but an instance id",
      options: { requiresKnownMemberId: true, groupInstanceId: "i" },
      expected: "waits",
    },
  ])("a first join with $why: $expected", ({ options, expected }) => {
    expect(new GroupScript().join(options).outcome).toBe(expected);
  });

  test("a group that exists refuses an id that it does not know", () => {
    const script = new GroupScript();
    script.stableGroup(1);
    const join = script.join({ memberId: "ghost" });
    expect(join.outcome).toBe("UNKNOWN_MEMBER_ID");
    expect(join.memberId).toBe("ghost");
  });

  test("an instance id that nobody has is unknown with an id, and fenced when another holds it", () => {
    const script = new GroupScript();
    const [, holder = ""] = script.stableGroup([{}, { groupInstanceId: "i" }]);
    expect(script.join({ memberId: holder, groupInstanceId: "j" }).outcome).toBe("UNKNOWN_MEMBER_ID");
    expect(script.join({ memberId: "old", groupInstanceId: "i" }).outcome).toBe("FENCED_INSTANCE_ID");
  });

  test("members must share a protocol type and one protocol", () => {
    const script = new GroupScript();
    script.stableGroup([{ protocols: protocol("range", "sticky") }]);
    expect(script.join({ protocolType: "connect" }).outcome).toBe("INCONSISTENT_GROUP_PROTOCOL");
    expect(script.join({ protocols: protocol("roundrobin") }).outcome).toBe("INCONSISTENT_GROUP_PROTOCOL");
    expect(script.join({ protocols: protocol("roundrobin", "sticky") }).outcome).toBe("waits");
  });

  test("an empty group takes another protocol type than it had", () => {
    const script = new GroupScript();
    const [only = ""] = script.stableGroup(1);
    script.leave(only);
    expect(script.join({ protocolType: "connect", protocols: protocol("default") }).outcome).toBe("waits");
  });
});

describe("the id of a dynamic member (KIP-394)", () => {
  test("is made of the client id and a UUID, and lets the client in when it comes back with it", () => {
    const script = new GroupScript();
    const first = script.join({ requiresKnownMemberId: true, clientId: "app" });
    expect(first.memberId).toMatch(/^app-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const second = script.join({ requiresKnownMemberId: true, memberId: first.memberId });
    script.pass(200);
    expect(second.value).toMatchObject({ memberId: first.memberId, leaderId: first.memberId, generationId: 1 });
  });

  test("is forgotten when the client does not come back within its session", () => {
    const script = new GroupScript();
    const { memberId } = script.join({ requiresKnownMemberId: true });
    script.pass(10_001);
    expect(script.join({ memberId }).outcome).toBe("UNKNOWN_MEMBER_ID");
  });

  test("is waited for before a generation begins", () => {
    const script = new GroupScript();
    const [leader = ""] = script.stableGroup(1);
    const { memberId } = script.join({ requiresKnownMemberId: true });
    const rejoin = script.join({ memberId: leader });
    expect(rejoin.outcome).toBe("waits");
    const late = script.join({ memberId });
    expect([rejoin.outcome, late.outcome]).toEqual(["joined", "joined"]);
  });

  test("of a static member begins with its instance id", () => {
    const script = new GroupScript();
    const join = script.join({ groupInstanceId: "pod-1" });
    script.pass(200);
    expect(join.value.memberId).toMatch(/^pod-1-/);
  });
});

describe("the first rebalance of an empty group", () => {
  test("waits group.initial.rebalance.delay.ms, and only the leader gets the members", () => {
    const script = new GroupScript();
    const first = script.join();
    const second = script.join();
    script.pass(199);
    expect(first.outcome).toBe("waits");
    script.pass(201);
    expect(first.value.members.map((member) => member.memberId)).toEqual([first.memberId, second.memberId]);
    expect(second.value).toMatchObject({
      leaderId: first.memberId,
      members: [],
      generationId: 1,
      protocolName: "range",
      protocolType: "consumer",
    });
  });

  test("waits once more for each window in which a member came", () => {
    const script = new GroupScript();
    const first = script.join();
    script.pass(150);
    script.join();
    script.pass(150);
    expect(first.outcome).toBe("waits");
    script.pass(100);
    expect(first.outcome).toBe("joined");
  });

  test("never waits longer than the rebalance timeout", () => {
    const script = new GroupScript();
    const first = script.join({ rebalanceTimeoutMs: 500 });
    for (let waitedMs = 0; waitedMs < 700 && first.outcome === "waits"; waitedMs += 50) {
      script.join({ rebalanceTimeoutMs: 500 });
      script.pass(50);
    }
    expect(first.outcome).toBe("joined");
  });

  test("is not cut short by everybody being there", () => {
    const script = new GroupScript();
    const { memberId } = script.join({ requiresKnownMemberId: true });
    const join = script.join({ memberId });
    expect(join.outcome).toBe("waits");
  });
});

describe("joining again", () => {
  test("by the leader of a stable group always begins a rebalance", () => {
    const script = new GroupScript();
    const [leader = "", follower = ""] = script.stableGroup(2);
    expect(script.join({ memberId: leader }).outcome).toBe("waits");
    expect(script.heartbeat(follower, 1).outcome).toBe("REBALANCE_IN_PROGRESS");
  });

  test("by a follower with the same metadata answers the present generation", () => {
    const script = new GroupScript();
    const [, follower = ""] = script.stableGroup(2);
    expect(script.join({ memberId: follower }).value).toMatchObject({ generationId: 1, members: [] });
    expect(script.describe()).toMatch(/^Stable/);
  });

  test("by a follower with other metadata begins a rebalance", () => {
    const script = new GroupScript();
    const [, follower = ""] = script.stableGroup(2);
    expect(script.join({ memberId: follower, subscription: "y" }).outcome).toBe("waits");
    expect(script.describe()).toMatch(/^PreparingRebalance/);
  });

  test("while assignments are awaited answers the same generation again, the members included for the leader", () => {
    const script = new GroupScript();
    const first = script.join();
    script.pass(200);
    const again = script.join({ memberId: first.memberId });
    expect(again.value).toEqual(first.value);
  });

  test("while assignments are awaited with other metadata begins a rebalance, and who waits for its share is told", () => {
    const script = new GroupScript();
    const [first, second] = [script.join(), script.join()];
    script.pass(400);
    const sync = script.sync(first.memberId, 1);
    script.sync(second.memberId, 1);
    expect(sync.outcome).toBe("synced");
    const third = new GroupScript();
    const [a, b] = [third.join(), third.join()];
    third.pass(400);
    const waiting = third.sync(b.memberId, 1);
    third.join({ memberId: a.memberId, subscription: "y" });
    expect(waiting.outcome).toBe("REBALANCE_IN_PROGRESS");
  });

  test("a second time while the first still waits answers the first, so that nothing hangs", () => {
    const script = new GroupScript();
    const [leader = ""] = script.stableGroup(2);
    const first = script.join({ memberId: leader });
    const second = script.join({ memberId: leader });
    expect([first.outcome, second.outcome]).toEqual(["REBALANCE_IN_PROGRESS", "waits"]);
  });
});

describe("a rebalance", () => {
  test("ends when all members have joined again, in the next generation, with the earliest member as leader", () => {
    const script = new GroupScript();
    const [leader = "", follower = ""] = script.stableGroup(2);
    const newcomer = script.join();
    const rejoined = [script.join({ memberId: follower }), script.join({ memberId: leader })];
    expect(rejoined.map((each) => each.value.generationId)).toEqual([2, 2]);
    expect(newcomer.value.leaderId).toBe(leader);
  });

  test("ends after the longest rebalance timeout without the dynamic members that did not come; a new leader is one that came", () => {
    const script = new GroupScript();
    const [leader = "", follower = ""] = script.stableGroup([
      { rebalanceTimeoutMs: 20_000, sessionTimeoutMs: 100_000 },
      { rebalanceTimeoutMs: 30_000, sessionTimeoutMs: 100_000 },
    ]);
    const rejoin = script.join({ memberId: follower, subscription: "y", rebalanceTimeoutMs: 30_000 });
    script.pass(29_999);
    expect(rejoin.outcome).toBe("waits");
    script.pass(1);
    expect(rejoin.value).toMatchObject({ leaderId: follower, generationId: 2 });
    expect(script.heartbeat(leader, 1).outcome).toBe("UNKNOWN_MEMBER_ID");
  });

  test("keeps static members that did not come", () => {
    const script = new GroupScript();
    const [absent = "", present = ""] = script.stableGroup([
      { groupInstanceId: "i", sessionTimeoutMs: 100_000 },
      { sessionTimeoutMs: 100_000 },
    ]);
    const rejoin = script.join({ memberId: present, subscription: "y" });
    script.pass(60_000);
    expect(rejoin.value.members.map((member) => member.memberId)).toEqual([absent, present]);
    expect(rejoin.value.leaderId).toBe(present);
  });

  test("with nobody but silent static members waits on until their sessions end", () => {
    const script = new GroupScript();
    const [leader = "", other = ""] = script.stableGroup([
      { groupInstanceId: "i", sessionTimeoutMs: 100_000 },
      { groupInstanceId: "j", sessionTimeoutMs: 70_000 },
    ]);
    script.leave({ groupInstanceId: "j" });
    script.pass(60_000);
    expect(script.describe()).toBe(`PreparingRebalance [${leader}]`);
    expect(other).not.toBe(leader);
    script.pass(41_000);
    expect(script.describe()).toBe("Empty []");
  });

  test("chooses the protocol with most votes among those that all speak", () => {
    const script = new GroupScript();
    const joins = [protocol("a", "b", "c"), protocol("b", "a"), protocol("b", "a")].map((protocols) =>
      script.join({ protocols }),
    );
    script.pass(400);
    expect(joins.map((each) => each.value.protocolName)).toEqual(["b", "b", "b"]);
  });
});

describe("group.max.size", () => {
  test("refuses newcomers in a group that is full, and not members", () => {
    const script = new GroupScript({ maxSize: 2 });
    const [leader = ""] = script.stableGroup(2);
    expect(script.join().outcome).toBe("GROUP_MAX_SIZE_REACHED");
    expect(script.join({ memberId: leader }).outcome).toBe("waits");
  });

  test("lets the first that come back in after it was lowered", () => {
    const script = new GroupScript();
    const [a = "", b = "", c = ""] = script.stableGroup(3);
    script.config = { ...script.config, maxSize: 2 };
    const outcomes = [script.join({ memberId: a }), script.join({ memberId: b }), script.join({ memberId: c })];
    expect(outcomes.map((each) => each.outcome)).toEqual(["waits", "waits", "GROUP_MAX_SIZE_REACHED"]);
    script.pass(60_000);
    expect(outcomes.map((each) => each.outcome)).toEqual(["joined", "joined", "GROUP_MAX_SIZE_REACHED"]);
  });
});

describe("a static member that is back without its id (KIP-345)", () => {
  test("takes its place in a stable group without a rebalance and keeps its share; the old id is fenced", () => {
    const script = new GroupScript();
    const [leader = "", old = ""] = script.stableGroup([{}, { groupInstanceId: "i" }]);
    const back = script.join({ groupInstanceId: "i" });
    expect(back.value).toMatchObject({ generationId: 1, leaderId: leader, members: [], skipAssignment: false });
    expect(back.memberId).not.toBe(old);
    expect(script.heartbeat(old, 1, "i").outcome).toBe("FENCED_INSTANCE_ID");
    expect(script.heartbeat(back.memberId, 1, "i").outcome).toBe("done");
    expect(Buffer.from(script.sync(back.memberId, 1, {}, { groupInstanceId: "i" }).value.assignment).toString()).toBe(
      `share of ${old}`,
    );
  });

  test("and leads, in v9 gets the members and is told to skip the assignment", () => {
    const script = new GroupScript();
    script.stableGroup([{ groupInstanceId: "i" }, {}]);
    const back = script.join({ groupInstanceId: "i", supportsSkippingAssignment: true });
    expect(back.value).toMatchObject({ leaderId: back.memberId, skipAssignment: true });
    expect(back.value.members).toHaveLength(2);
  });

  test("and leads, before v9 is told its old id as the leader's, so that it does not assign anew", () => {
    const script = new GroupScript();
    const [old] = script.stableGroup([{ groupInstanceId: "i" }, {}]);
    expect(script.join({ groupInstanceId: "i" }).value).toMatchObject({
      leaderId: old,
      members: [],
      skipAssignment: false,
    });
  });

  test("keeps its new id when another broker takes the group over", () => {
    const script = new GroupScript();
    script.stableGroup([{ groupInstanceId: "i" }]);
    const back = script.join({ groupInstanceId: "i" });
    script.failOver();
    expect(script.heartbeat(back.memberId, 1, "i").outcome).toBe("done");
  });

  test("begins a rebalance when the protocol that the group would choose changes", () => {
    const script = new GroupScript();
    script.stableGroup([{ groupInstanceId: "i", protocols: protocol("a", "b") }]);
    expect(script.join({ groupInstanceId: "i", protocols: protocol("b", "a") }).value).toMatchObject({
      generationId: 2,
      protocolName: "b",
    });
  });

  test("begins a rebalance while assignments are awaited", () => {
    const script = new GroupScript();
    const [leader, member] = [script.join(), script.join({ groupInstanceId: "i" })];
    script.pass(400);
    expect(member.outcome).toBe("joined");
    expect(script.join({ groupInstanceId: "i" }).outcome).toBe("waits");
    expect(script.sync(leader.memberId, 1).outcome).toBe("REBALANCE_IN_PROGRESS");
  });

  test("fences the request of its old id that waits", () => {
    const script = new GroupScript();
    const old = script.join({ groupInstanceId: "i" });
    const back = script.join({ groupInstanceId: "i" });
    expect(old.outcome).toBe("FENCED_INSTANCE_ID");
    script.pass(400);
    expect(back.value.members).toHaveLength(1);
  });
});
