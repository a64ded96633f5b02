import { describe, expect, test } from "vitest";
import { FollowerSession, positionKey, type FollowerPosition } from "./follower-session.ts";

const ORDERS = "bd5pUXVeTlyHmEmoP2Y_JA";
const CLICKS = "aaaaaaaaQaeaaaaaaaaaaA";

function position(topicId: string, partition: number, fetchOffset: number): FollowerPosition {
  return {
    topicId,
    partition,
    currentLeaderEpoch: 3,
    fetchOffset,
    lastFetchedEpoch: 2,
    logStartOffset: 0,
    partitionMaxBytes: 1000,
  };
}

function positions(...all: FollowerPosition[]): ReadonlyMap<string, FollowerPosition> {
  return new Map(all.map((each) => [positionKey(each.topicId, each.partition), each]));
}

/** What a request names: `topic:partition@offset`. */
function named(request: ReturnType<FollowerSession["next"]>): string[] {
  return (request.topics ?? []).flatMap(({ topicId, partitions }) =>
    (partitions ?? []).map(({ partition, fetchOffset }) => `${topicId}:${partition}@${fetchOffset}`),
  );
}

describe("a follower's fetch session", () => {
  test("names everything at first, then only what changed", () => {
    const session = new FollowerSession();
    const first = session.next(positions(position(ORDERS, 0, 5), position(ORDERS, 1, 7), position(CLICKS, 0, 9)));
    expect(first).toMatchObject({ sessionId: 0, sessionEpoch: 0, forgottenTopicsData: [] });
    expect(named(first)).toEqual([`${ORDERS}:0@5`, `${ORDERS}:1@7`, `${CLICKS}:0@9`]);
    session.opened(77);
    const second = session.next(positions(position(ORDERS, 0, 5), position(ORDERS, 1, 8), position(CLICKS, 0, 9)));
    expect(second).toMatchObject({ sessionId: 77, sessionEpoch: 1, forgottenTopicsData: [] });
    expect(named(second)).toEqual([`${ORDERS}:1@8`]);
    session.opened(77);
    expect(session.next(positions(position(ORDERS, 0, 5), position(ORDERS, 1, 8), position(CLICKS, 0, 9)))).toEqual({
      sessionId: 77,
      sessionEpoch: 2,
      topics: [],
      forgottenTopicsData: [],
    });
  });

  test("forgets what is not followed any more, and names it again when it is", () => {
    const session = new FollowerSession();
    session.next(positions(position(ORDERS, 0, 5), position(CLICKS, 0, 9)));
    session.opened(77);
    const without = session.next(positions(position(ORDERS, 0, 5)));
    expect(without.forgottenTopicsData).toEqual([{ topicId: CLICKS, partitions: [0] }]);
    session.opened(77);
    expect(named(session.next(positions(position(ORDERS, 0, 5), position(CLICKS, 0, 9))))).toEqual([`${CLICKS}:0@9`]);
  });

  test("begins anew under its old id after it was lost, so that the leader drops that one", () => {
    const session = new FollowerSession();
    session.next(positions(position(ORDERS, 0, 5)));
    session.opened(77);
    session.next(positions(position(ORDERS, 0, 6)));
    session.lost();
    const again = session.next(positions(position(ORDERS, 0, 6)));
    expect(again).toMatchObject({ sessionId: 77, sessionEpoch: 0 });
    expect(named(again)).toEqual([`${ORDERS}:0@6`]);
  });

  test("names everything each time while the leader has no room", () => {
    const session = new FollowerSession();
    for (let round = 0; round < 3; round++) {
      const request = session.next(positions(position(ORDERS, 0, 5)));
      expect(request).toMatchObject({ sessionId: 0, sessionEpoch: 0 });
      expect(named(request)).toEqual([`${ORDERS}:0@5`]);
      session.opened(0);
    }
  });
});
