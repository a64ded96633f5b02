import { describe, expect, test } from "vitest";
import { errorName } from "../../wire/errors.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import { GroupScript, SCRIPT_START_MS } from "./testing/group-script.ts";

describe("a commit from outside the membership", () => {
  test("makes a group that only commits offsets", () => {
    const script = new GroupScript();
    expect(script.commit({ "t-0": 5 }).outcome).toBe("committed");
    expect(script.committed()).toEqual({ "t-0": 5 });
    expect(script.describe()).toBe("Empty []");
  });

  test("is taken by an empty group", () => {
    const script = new GroupScript();
    const [only = ""] = script.stableGroup(1);
    script.leave(only);
    expect(script.commit({ "t-0": 5 }).outcome).toBe("committed");
  });

  test("is refused by a group with members", () => {
    const script = new GroupScript();
    script.stableGroup(1);
    expect(script.commit({ "t-0": 5 }).outcome).toBe("UNKNOWN_MEMBER_ID");
  });
});

describe("a member's commit", () => {
  test.each([
    { version: "9+", namesMissingGroup: true, expected: "GROUP_ID_NOT_FOUND" },
    { version: "before 9", namesMissingGroup: false, expected: "ILLEGAL_GENERATION" },
  ])("to a group that does not exist, $version: $expected", ({ namesMissingGroup, expected }) => {
    const script = new GroupScript();
    expect(script.commit({ "t-0": 1 }, { memberId: "m", generationId: 1, namesMissingGroup }).outcome).toBe(expected);
  });

  test.each([
    { why: "the present generation", fields: { generationId: 1 }, expected: "committed" },
    { why: "an old generation", fields: { generationId: 0 }, expected: "ILLEGAL_GENERATION" },
    { why: "a member that is unknown", fields: { memberId: "ghost", generationId: 1 }, expected: "UNKNOWN_MEMBER_ID" },
    {
      why: "an instance id that is unknown",
      fields: { groupInstanceId: "i", generationId: 1 },
      expected: "UNKNOWN_MEMBER_ID",
    },
    { why: "a member id without generation", fields: { generationId: -1 }, expected: "ILLEGAL_GENERATION" },
  ])("with $why: $expected", ({ expected, fields }) => {
    const script = new GroupScript();
    const [memberId = ""] = script.stableGroup(1);
    expect(script.commit({ "t-0": 1 }, { memberId, ...fields }).outcome).toBe(expected);
  });

  test("by an instance id that another has taken is fenced", () => {
    const script = new GroupScript();
    const [old = ""] = script.stableGroup([{ groupInstanceId: "i" }]);
    script.join({ groupInstanceId: "i" });
    expect(script.commit({ "t-0": 1 }, { memberId: old, groupInstanceId: "i", generationId: 1 }).outcome).toBe(
      "FENCED_INSTANCE_ID",
    );
  });

  test("is taken while a rebalance is prepared, so that it can finish its work", () => {
    const script = new GroupScript();
    const [leader = "", follower = ""] = script.stableGroup(2);
    script.join({ memberId: leader });
    expect(script.commit({ "t-0": 7 }, { memberId: follower, generationId: 1 }).outcome).toBe("committed");
  });

  test("is refused between joining and syncing", () => {
    const script = new GroupScript();
    const { memberId } = joined(script);
    expect(script.commit({ "t-0": 7 }, { memberId, generationId: 1 }).outcome).toBe("REBALANCE_IN_PROGRESS");
  });

  test("keeps the session as a heartbeat does", () => {
    const script = new GroupScript();
    const [memberId = ""] = script.stableGroup(1);
    for (let round = 0; round < 3; round++) {
      script.pass(9_000);
      expect(script.commit({ "t-0": round }, { memberId, generationId: 1 }).outcome).toBe("committed");
    }
  });
});

describe("what is committed", () => {
  test("comes back with its metadata and leader epoch, from every coordinator", () => {
    const script = new GroupScript();
    script.commit({ "t-0": 5 }, { metadata: "käse", leaderEpoch: 3 });
    script.failOver();
    const [topic] = script.fetch({ t: [0] }).value.topics;
    expect(topic?.partitions).toEqual([
      {
        partition: 0,
        errorCode: 0,
        committed: {
          offset: 5,
          leaderEpoch: 3,
          metadata: "käse",
          commitTimestampMs: SCRIPT_START_MS,
          expireTimestampMs: undefined,
          topicId: ZERO_UUID,
        },
      },
    ]);
  });

  test("may have metadata of offset.metadata.max.bytes and no more; the other partitions are committed", () => {
    const script = new GroupScript({ offsetMetadataMaxLength: 4 });
    const offset = { topic: "t", topicId: ZERO_UUID, offset: 1, leaderEpoch: -1 };
    const offsets = [
      { ...offset, partition: 0, metadata: "12345" },
      { ...offset, partition: 1, metadata: "1234" },
    ];
    const commit = script.commit({}, { offsets });
    expect(commit.value.errorCodes.map(errorName)).toEqual(["OFFSET_METADATA_TOO_LARGE", "NONE"]);
    expect(script.committed()).toEqual({ "t-1": 1 });
  });

  test("cannot be told before it is replicated, nor can what is read after it", () => {
    const script = new GroupScript();
    script.log.replicatesAtOnce = false;
    const commit = script.commit({ "t-0": 5 });
    const fetch = script.fetch(undefined);
    expect([commit.outcome, fetch.outcome]).toEqual(["waits", "waits"]);
    script.log.replicate();
    expect([commit.outcome, fetch.outcome]).toEqual(["committed", "fetched"]);
  });

  test.each([
    { error: 6, expected: "NOT_COORDINATOR" },
    { error: 56, expected: "NOT_COORDINATOR" },
    { error: 74, expected: "NOT_COORDINATOR" },
    { error: 19, expected: "COORDINATOR_NOT_AVAILABLE" },
    { error: 3, expected: "COORDINATOR_NOT_AVAILABLE" },
    { error: 10, expected: "INVALID_COMMIT_OFFSET_SIZE" },
  ])("is nothing when the log refuses it with $error: $expected", ({ error, expected }) => {
    const script = new GroupScript();
    script.log.refusal = { errorCode: error };
    expect(script.commit({ "t-0": 5 }).outcome).toBe(expected);
    expect(script.committed()).toEqual({});
    expect(script.describe()).toBe("GROUP_ID_NOT_FOUND");
  });

  test.each([
    { error: 7, expected: "COORDINATOR_NOT_AVAILABLE" },
    { error: 6, expected: "NOT_COORDINATOR" },
  ])("is answered $expected when its replication ends with $error", ({ error, expected }) => {
    const script = new GroupScript();
    script.log.replicatesAtOnce = false;
    const commit = script.commit({ "t-0": 5 });
    script.log.failReplication(error);
    expect(commit.outcome).toBe(expected);
  });
});

function joined(script: GroupScript): { memberId: string } {
  const join = script.join();
  script.pass(200);
  return { memberId: join.value.memberId };
}
