import { describe, expect, test } from "vitest";
import {
  afterFetch,
  laggingReplicas,
  mayJoinIsr,
  nextHighWatermark,
  unheardFollower,
  type FollowerState,
  type LeaderFacts,
} from "./isr.ts";

const LAG_MS_MAX = 30_000;

function follower(logEndOffset: number | undefined, lastCaughtUpMs = 0): FollowerState {
  return { ...unheardFollower(0, true), logEndOffset, lastCaughtUpMs };
}

/** Leader 1 with log end 100 and high watermark 50; 2 and 3 follow. */
function facts(followers: Readonly<Record<number, FollowerState>>, changes: Partial<LeaderFacts> = {}): LeaderFacts {
  const isr = changes.isr ?? [1, 2, 3];
  return {
    leaderId: 1,
    leaderEndOffset: 100,
    highWatermark: 50,
    epochStartOffset: 40,
    maximalIsr: isr,
    followers: new Map(Object.entries(followers).map(([id, state]) => [Number(id), state])),
    nowMs: 1000,
    lagMsMax: LAG_MS_MAX,
    minInsyncReplicas: 1,
    isEligible: () => true,
    ...changes,
    isr,
  };
}

describe("what a fetch says of a follower", () => {
  const start = unheardFollower(0, false);
  const fetch = (fetchOffset: number, leaderEndOffset: number, nowMs: number) => {
    return { fetchOffset, leaderEndOffset, nowMs, logStartOffset: 0, brokerEpoch: -1 };
  };

  test("from the leader's end: it is caught up now", () => {
    expect(afterFetch(start, fetch(10, 10, 500)).lastCaughtUpMs).toBe(500);
  });

  test("from where the leader ended at its last fetch: it was caught up then", () => {
    const first = afterFetch(start, fetch(5, 10, 500));
    expect(first.lastCaughtUpMs).toBe(-Infinity);
    expect(afterFetch(first, fetch(10, 20, 800)).lastCaughtUpMs).toBe(500);
  });

  test("from before that: nothing, and its caught-up time stays", () => {
    const caughtUp = afterFetch(start, fetch(10, 10, 500));
    const behind = afterFetch(caughtUp, fetch(10, 30, 600));
    expect(behind.lastCaughtUpMs).toBe(500);
    expect(afterFetch(behind, fetch(20, 40, 700)).lastCaughtUpMs).toBe(500);
  });

  test("a follower that writes as fast as the leader stays caught up for ever", () => {
    let state = start;
    for (let round = 1; round <= 20; round++)
      state = afterFetch(state, fetch(round * 10 - 10, round * 10, round * 1000));
    expect(state.lastCaughtUpMs).toBe(19_000);
  });
});

describe("the high watermark", () => {
  test.each([
    { name: "is what all in sync have", followers: { 2: follower(90), 3: follower(70) }, answer: 70 },
    { name: "never goes back", followers: { 2: follower(90), 3: follower(10) }, answer: 50 },
    {
      name: "waits for a member that was not heard of",
      followers: { 2: follower(90), 3: follower(undefined) },
      answer: 50,
    },
    { name: "is the log end when all have all", followers: { 2: follower(100), 3: follower(100) }, answer: 100 },
  ])("$name", ({ followers, answer }) => {
    expect(nextHighWatermark(facts(followers))).toBe(answer);
  });

  test("leaves out those that are out of sync, unless they are about to be in", () => {
    const outside = { isr: [1, 2] };
    const late = { 2: follower(90), 3: follower(60, -100_000) };
    expect(nextHighWatermark(facts(late, outside))).toBe(90);
    const nearly = { 2: follower(90), 3: follower(60, 900) };
    expect(nextHighWatermark(facts(nearly, outside))).toBe(60);
    expect(nextHighWatermark(facts(nearly, { ...outside, isEligible: () => false }))).toBe(90);
    expect(nextHighWatermark(facts(late, { ...outside, maximalIsr: [1, 2, 3] }))).toBe(60);
  });

  test("stands still below min.insync.replicas", () => {
    expect(nextHighWatermark(facts({ 2: follower(90, -100_000) }, { isr: [1], minInsyncReplicas: 2 }))).toBe(50);
  });
});

describe("leaving the ISR", () => {
  test("comes after replica.lag.time.max.ms without having had everything", () => {
    const followers = { 2: follower(90, 1000), 3: follower(90, 1001) };
    const at = (nowMs: number): number[] => laggingReplicas(facts(followers, { nowMs }));
    expect([at(31_000), at(31_001), at(31_002)]).toEqual([[], [2], [2, 3]]);
  });

  test("does not happen to one that has everything, however long nothing came", () => {
    expect(laggingReplicas(facts({ 2: follower(100, -1e9), 3: follower(99, -1e9) }))).toEqual([3]);
  });
});

describe("joining the ISR", () => {
  test.each([
    { name: "needs all that is committed", end: 49, changes: {}, answer: false },
    { name: "is open to one that has it", end: 50, changes: {}, answer: true },
    { name: "needs the begin of the leader's epoch", end: 59, changes: { epochStartOffset: 60 }, answer: false },
    { name: "is not for one that is in", end: 60, changes: { isr: [1, 3], maximalIsr: [1, 3] }, answer: false },
    { name: "is not for one that was proposed", end: 60, changes: { maximalIsr: [1, 2, 3] }, answer: false },
    {
      name: "is not for one that the controller would refuse",
      end: 60,
      changes: { isEligible: () => false },
      answer: false,
    },
    { name: "is not for one that was not heard of", end: undefined, changes: {}, answer: false },
  ])("$name", ({ end, changes, answer }) => {
    expect(mayJoinIsr(3, facts({ 3: follower(end) }, { isr: [1, 2], ...changes }))).toBe(answer);
  });
});
