import { describe, expect, test } from "vitest";
import { RealClock } from "../../environment/real/clock.ts";
import { realRandom } from "../../environment/real/random.ts";
import { ZERO_UUID } from "../../wire/uuid.ts";
import { isRefusal } from "../refusal.ts";
import {
  type FetchPlan,
  type FetchPosition,
  FetchSessions,
  type FetchSessionRequest,
  type FetchedState,
} from "./fetch-session.ts";

function at(topic: string, partition: number, fetchOffset = 0): FetchPosition {
  return {
    topic,
    topicId: ZERO_UUID,
    partition,
    currentLeaderEpoch: -1,
    fetchOffset,
    lastFetchedEpoch: -1,
    logStartOffset: -1,
    maxBytes: 100,
  };
}

function asking(
  sessionId: number,
  sessionEpoch: number,
  positions: readonly FetchPosition[] = [],
): FetchSessionRequest {
  return { sessionId, sessionEpoch, usesTopicIds: false, isFollower: false, positions, forgotten: [] };
}

const quiet: FetchedState = {
  errorCode: 0,
  highWatermark: 5,
  logStartOffset: 0,
  recordBytes: 0,
  hasDivergingEpoch: false,
  isRedirected: false,
};

/** Names of the partitions that a response has, in order, when each is found in the state that `stateOf` gives. */
function named(plan: FetchPlan, stateOf: (position: FetchPosition) => FetchedState): string[] {
  return plan.positions
    .filter((position) => plan.mustName(position, stateOf(position)))
    .map(({ topic, partition }) => `${topic}-${partition}`);
}

function opened(sessions: FetchSessions, request: FetchSessionRequest): FetchPlan {
  const plan = sessions.plan(request);
  if (isRefusal(plan)) throw new Error(`refused with ${plan.errorCode}`);
  return plan;
}

function cache(slots?: number): FetchSessions {
  return new FetchSessions(new RealClock(), realRandom, slots);
}

describe("FetchSessions", () => {
  test("epoch -1 is a fetch without a session", () => {
    const sessions = cache();
    const plan = opened(sessions, asking(0, -1, [at("a", 0)]));
    expect(plan.sessionId).toBe(0);
    expect(named(plan, () => quiet)).toEqual(["a-0"]);
    expect(sessions.size).toBe(0);
  });

  test("epoch 0 makes a session whose first response names every partition, and later ones only what changed", () => {
    const sessions = cache();
    const first = opened(sessions, asking(0, 0, [at("a", 0), at("a", 1), at("b", 0)]));
    expect(first.sessionId).toBeGreaterThan(0);
    expect(named(first, () => quiet)).toEqual(["a-0", "a-1", "b-0"]);

    const second = opened(sessions, asking(first.sessionId, 1));
    expect(named(second, () => quiet)).toEqual([]);

    const third = opened(sessions, asking(first.sessionId, 2, [at("a", 1, 3)]));
    expect(third.positions.find(({ partition }) => partition === 1)?.fetchOffset).toBe(3);
    expect(named(third, ({ topic }) => (topic === "b" ? { ...quiet, highWatermark: 6 } : quiet))).toEqual(["b-0"]);
    expect(
      named(opened(sessions, asking(first.sessionId, 3)), ({ topic }) => ({
        ...quiet,
        highWatermark: topic === "b" ? 6 : 5,
      })),
    ).toEqual([]);
    expect(named(opened(sessions, asking(first.sessionId, 4)), () => ({ ...quiet, logStartOffset: 2 }))).toEqual([
      "a-0",
      "a-1",
      "b-0",
    ]);
  });

  test("names a partition again after its error went away", () => {
    const sessions = cache();
    const { sessionId } = opened(sessions, asking(0, 0, [at("a", 0)]));
    expect(named(opened(sessions, asking(sessionId, 1)), () => ({ ...quiet, errorCode: 6 }))).toEqual(["a-0"]);
    expect(named(opened(sessions, asking(sessionId, 2)), () => quiet)).toEqual(["a-0"]);
    expect(named(opened(sessions, asking(sessionId, 3)), () => quiet)).toEqual([]);
  });

  test("reads a partition that gave records after the others next time", () => {
    const sessions = cache();
    const first = opened(sessions, asking(0, 0, [at("a", 0), at("a", 1), at("a", 2)]));
    named(first, ({ partition }) => ({ ...quiet, recordBytes: partition === 0 ? 10 : 0 }));
    const order = opened(sessions, asking(first.sessionId, 1)).positions.map(({ partition }) => partition);
    expect(order).toEqual([1, 2, 0]);
  });

  test("forgets partitions, and ends when none is left", () => {
    const sessions = cache();
    const { sessionId } = opened(sessions, asking(0, 0, [at("a", 0), at("a", 1)]));
    const request = { ...asking(sessionId, 1), forgotten: [{ topic: "a", topicId: ZERO_UUID, partition: 0 }] };
    expect(opened(sessions, request).positions.map(({ partition }) => partition)).toEqual([1]);
    const last = { ...asking(sessionId, 2), forgotten: [{ topic: "a", topicId: ZERO_UUID, partition: 1 }] };
    expect(opened(sessions, last)).toMatchObject({ sessionId: 0, positions: [] });
    expect(sessions.size).toBe(0);
  });

  test("refuses an unknown session, a wrong epoch, and a change between names and ids", () => {
    const sessions = cache();
    const { sessionId } = opened(sessions, asking(0, 0, [at("a", 0)]));
    expect(sessions.plan(asking(sessionId === 1 ? 2 : 1, 1))).toEqual({ errorCode: 70 });
    expect(sessions.plan(asking(sessionId, 2))).toEqual({ errorCode: 71 });
    expect(sessions.plan({ ...asking(sessionId, 1), usesTopicIds: true })).toEqual({ errorCode: 106 });
  });

  test("a new session replaces the one it names, and epoch -1 closes it", () => {
    const sessions = cache();
    const first = opened(sessions, asking(0, 0, [at("a", 0)]));
    const second = opened(sessions, asking(first.sessionId, 0, [at("a", 0)]));
    expect(sessions.size).toBe(1);
    expect(sessions.plan(asking(first.sessionId, 1))).toEqual({ errorCode: 70 });
    opened(sessions, asking(second.sessionId, -1));
    expect(sessions.size).toBe(0);
  });

  test("gives no session when all slots are in use", () => {
    const sessions = cache(1);
    opened(sessions, asking(0, 0, [at("a", 0)]));
    const plan = opened(sessions, asking(0, 0, [at("b", 0)]));
    expect(plan.sessionId).toBe(0);
    expect(named(plan, () => quiet)).toEqual(["b-0"]);
  });
});
