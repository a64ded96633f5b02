import { describe, expect, test } from "vitest";
import { errorName } from "../../wire/errors.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import { GroupScript } from "./testing/group-script.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RETENTION_MS = 7 * DAY_MS;

describe("DeleteGroups", () => {
  test("of a group that does not exist: GROUP_ID_NOT_FOUND", () => {
    expect(new GroupScript().deleteGroup().outcome).toBe("GROUP_ID_NOT_FOUND");
  });

  test("of a group with members, in every phase: NON_EMPTY_GROUP", () => {
    const script = new GroupScript();
    const join = script.join();
    expect(script.deleteGroup().outcome).toBe("NON_EMPTY_GROUP");
    script.pass(200);
    expect(script.deleteGroup().outcome).toBe("NON_EMPTY_GROUP");
    script.sync(join.memberId, 1);
    expect(script.deleteGroup().outcome).toBe("NON_EMPTY_GROUP");
  });

  test("of an empty group takes its offsets along, for every coordinator", () => {
    const script = new GroupScript();
    const [only = ""] = script.stableGroup(1);
    script.commit({ "t-0": 1 }, { memberId: only, generationId: 1 });
    script.leave(only);
    expect(script.deleteGroup().outcome).toBe("done");
    for (const _ of ["live", "loaded"]) {
      expect(script.describe()).toBe("GROUP_ID_NOT_FOUND");
      expect(script.committed()).toEqual({});
      script.failOver();
    }
  });
});

describe("OffsetDelete", () => {
  const codes = (script: GroupScript, topics: Record<string, number[]>) =>
    script
      .deleteOffsets(topics)
      .value.topics.map(({ topic, partitions }) => [topic, ...partitions.map((each) => errorName(each.errorCode))]);

  test.each([
    { groupId: "", expected: "INVALID_GROUP_ID" },
    { groupId: "unknown", expected: "GROUP_ID_NOT_FOUND" },
  ])("of group '$groupId': $expected", ({ groupId, expected }) => {
    expect(new GroupScript().deleteOffsets({ t: [0] }, groupId).outcome).toBe(expected);
  });

  test("of an empty group, offsets that are not there included", () => {
    const script = new GroupScript();
    script.commit({ "t-0": 1, "t-1": 2 });
    expect(codes(script, { t: [0, 7] })).toEqual([["t", "NONE", "NONE"]]);
    script.failOver();
    expect(script.committed()).toEqual({ "t-1": 2 });
  });

  test("of consumers: not of topics that they read", () => {
    const script = new GroupScript();
    const [memberId = ""] = script.stableGroup([{ subscription: "t" }]);
    script.commit({ "t-0": 1, "u-0": 2 }, { memberId, generationId: 1 });
    expect(codes(script, { t: [0], u: [0] })).toEqual([
      ["t", "GROUP_SUBSCRIBED_TO_TOPIC"],
      ["u", "NONE"],
    ]);
    expect(script.committed()).toEqual({ "t-0": 1 });
  });

  test("of a living group that is none of consumers: NON_EMPTY_GROUP", () => {
    const script = new GroupScript();
    script.stableGroup([{ protocolType: "connect" }]);
    expect(script.deleteOffsets({ t: [0] }).outcome).toBe("NON_EMPTY_GROUP");
  });
});

describe("topics that are deleted", () => {
  test("take the offsets along that are theirs, or name no topic id", () => {
    const script = new GroupScript();
    const ids = ["AAAAAAAAAAAAAAAAAAAAAQ", "AAAAAAAAAAAAAAAAAAAAAg", ZERO_UUID];
    const offsets = ids.map((topicId, partition) => ({
      topic: "t",
      topicId,
      partition,
      offset: 1,
      leaderEpoch: -1,
      metadata: "",
    }));
    script.commit({ "u-0": 2 });
    script.commit({}, { offsets });
    script.coordinator.onTopicsDeleted([{ name: "t", id: "AAAAAAAAAAAAAAAAAAAAAQ" }]);
    expect(script.committed()).toEqual({ "u-0": 2, "t-1": 1 });
    script.failOver();
    expect(script.committed()).toEqual({ "u-0": 2, "t-1": 1 });
  });
});

describe("offsets.retention.minutes", () => {
  function scriptWithSweep() {
    const script = new GroupScript({ retentionCheckIntervalMs: HOUR_MS });
    script.coordinator.start();
    return script;
  }
  /** Keeps a member alive for so long. */
  function live(script: GroupScript, memberId: string, ms: number) {
    for (let passedMs = 0; passedMs < ms; passedMs += HOUR_MS) {
      expect(script.heartbeat(memberId, 1).outcome).toBe("done");
      script.pass(HOUR_MS);
    }
  }
  const LONG_SESSION = { sessionTimeoutMs: 2 * HOUR_MS };
  const config = { maxSessionTimeoutMs: 2 * HOUR_MS };

  test("of a group that only commits counts from each commit, and the group goes with its last offset", () => {
    const script = scriptWithSweep();
    script.commit({ "t-0": 1 });
    script.pass(DAY_MS);
    script.commit({ "t-1": 1 });
    script.pass(RETENTION_MS - DAY_MS - 1);
    expect(script.committed()).toEqual({ "t-0": 1, "t-1": 1 });
    script.pass(1);
    expect(script.committed()).toEqual({ "t-1": 1 });
    script.pass(DAY_MS);
    expect(script.describe()).toBe("GROUP_ID_NOT_FOUND");
  });

  test("of a group counts from the moment it became empty, however old the commit is", () => {
    const script = scriptWithSweep();
    script.config = { ...script.config, ...config };
    const [memberId = ""] = script.stableGroup([{ ...LONG_SESSION, subscription: "t" }]);
    script.commit({ "t-0": 1 }, { memberId, generationId: 1 });
    live(script, memberId, RETENTION_MS + DAY_MS);
    script.leave(memberId);
    script.pass(RETENTION_MS - HOUR_MS);
    expect(script.committed()).toEqual({ "t-0": 1 });
    script.pass(2 * HOUR_MS);
    expect(script.committed()).toEqual({});
    expect(script.describe()).toBe("GROUP_ID_NOT_FOUND");
  });

  test("of a stable group of consumers reaches the topics that it no longer reads", () => {
    const script = scriptWithSweep();
    script.config = { ...script.config, ...config };
    const [memberId = ""] = script.stableGroup([{ ...LONG_SESSION, subscription: "t" }]);
    script.commit({ "t-0": 1, "u-0": 1 }, { memberId, generationId: 1 });
    live(script, memberId, RETENTION_MS + HOUR_MS);
    expect(script.committed()).toEqual({ "t-0": 1 });
  });

  test("does not reach the offsets of a living group that is none of consumers", () => {
    const script = scriptWithSweep();
    script.config = { ...script.config, ...config };
    const [memberId = ""] = script.stableGroup([{ ...LONG_SESSION, protocolType: "connect" }]);
    script.commit({ "t-0": 1 }, { memberId, generationId: 1 });
    live(script, memberId, RETENTION_MS + HOUR_MS);
    expect(script.committed()).toEqual({ "t-0": 1 });
  });

  test("gives way to the retention that an old client sends with its commit", () => {
    const script = scriptWithSweep();
    script.commit({ "t-0": 1 }, { retentionTimeMs: DAY_MS });
    script.pass(DAY_MS - 1);
    expect(script.committed()).toEqual({ "t-0": 1 });
    script.pass(1);
    expect(script.committed()).toEqual({});
  });

  test("removes a group that was joined once and never used, but not under the feet of a member that has just got its id", () => {
    const script = scriptWithSweep();
    const [only = ""] = script.stableGroup(1);
    script.leave(only);
    script.pass(HOUR_MS - 5_000);
    const { memberId } = script.join({ requiresKnownMemberId: true });
    script.pass(5_000);
    expect(script.join({ memberId }).outcome).toBe("waits");
    const unused = scriptWithSweep();
    unused.join({ requiresKnownMemberId: true });
    unused.pass(HOUR_MS);
    expect(unused.describe()).toBe("GROUP_ID_NOT_FOUND");
  });
});
