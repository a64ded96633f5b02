import { describe, expect, test } from "vitest";
import { batchOf, NOW_MS, openTestLog } from "../log/testing/test-log.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { isRefusal } from "../refusal.ts";
import { fitToLeader, takeFetched, type Fetched } from "./follower-log.ts";

const NO_RECORDS = new Uint8Array(0);

/** A leader's log: so many records under each epoch. */
function leaderOf(epochs: Readonly<Record<number, number>>): PartitionLog {
  const log = openTestLog();
  for (const [epoch, count] of Object.entries(epochs)) {
    log.startEpoch(Number(epoch));
    for (let record = 0; record < count; record++)
      log.appendAsLeader(batchOf([`${epoch}-${record}`]), {
        origin: "client",
        leaderEpoch: Number(epoch),
        nowMs: NOW_MS,
      });
  }
  log.updateHighWatermark(log.logEndOffset);
  return log;
}

/** What a leader answers a follower that fetches from its end (broker.md 2.6). */
function answer(leader: PartitionLog, follower: PartitionLog): Fetched {
  const { highWatermark, logStartOffset } = leader;
  const epoch = follower.latestEpoch ?? -1;
  const known = epoch < 0 ? undefined : leader.endOffsetForEpoch(epoch);
  const isDiverging = known !== undefined && (known.epoch < epoch || known.endOffset < follower.logEndOffset);
  if (isDiverging) return { records: NO_RECORDS, highWatermark, logStartOffset, diverging: known };
  const limits = { maxBytes: 1_000_000, maxOffset: leader.logEndOffset, atLeastOneBatch: true };
  const read = leader.read(follower.logEndOffset, limits);
  if (isRefusal(read)) throw new Error(`the leader refuses with ${read.errorCode}`);
  return { records: read.bytes, highWatermark, logStartOffset, diverging: undefined };
}

/** Follows until nothing changes, as a fetcher does; gives the number of answers that were taken. */
function follow(leader: PartitionLog, follower: PartitionLog): number {
  for (let rounds = 1; rounds < 20; rounds++) {
    const before = `${follower.logEndOffset} ${follower.latestEpoch}`;
    const fetched = answer(leader, follower);
    takeFetched(follower, fetched, NOW_MS);
    if (fetched.diverging === undefined && `${follower.logEndOffset} ${follower.latestEpoch}` === before) return rounds;
  }
  throw new Error("it goes round in circles");
}

function bytesOf(log: PartitionLog): string {
  const limits = { maxBytes: 1_000_000, maxOffset: log.logEndOffset, atLeastOneBatch: true };
  const read = log.read(log.logStartOffset, limits);
  return isRefusal(read) ? "" : Buffer.from(read.bytes).toString("base64");
}

describe("what a follower takes over", () => {
  test("records with their epochs, high watermark and log start", () => {
    const leader = leaderOf({ 0: 3, 2: 4 });
    leader.updateHighWatermark(5);
    leader.deleteRecordsBefore(2, NOW_MS);
    const follower = openTestLog();
    fitToLeader(follower, { startOffset: leader.logStartOffset, endOffset: leader.logEndOffset }, NOW_MS);
    follow(leader, follower);
    expect(bytesOf(follower)).toBe(bytesOf(leader));
    expect(follower.highWatermark).toBe(5);
    expect(follower.logStartOffset).toBe(2);
    expect(follower.leaderEpochs.entries.at(-1)).toEqual({ epoch: 2, startOffset: 3 });
  });

  test("a high watermark only up to what it has", () => {
    const leader = leaderOf({ 0: 5 });
    const follower = openTestLog();
    takeFetched(follower, { records: NO_RECORDS, highWatermark: 5, logStartOffset: 0, diverging: undefined }, NOW_MS);
    expect(follower.highWatermark).toBe(0);
    follow(leader, follower);
    expect(follower.highWatermark).toBe(5);
  });
});

describe("where histories part", () => {
  test.each([
    { what: "the follower wrote on as leader", leader: { 0: 3, 2: 2 }, follower: { 0: 5 } },
    { what: "the leader has epochs in between", leader: { 0: 3, 2: 2, 3: 2 }, follower: { 0: 3, 1: 4 } },
    {
      what: "each has epochs that the other lacks",
      leader: { 0: 2, 3: 2, 6: 1 },
      follower: { 0: 4, 4: 2, 5: 2 },
    },
    { what: "the follower led and wrote nothing", leader: { 0: 3, 3: 2 }, follower: { 0: 3, 2: 0 } },
    { what: "the leader has written nothing yet", leader: { 0: 3, 3: 0 }, follower: { 0: 3, 1: 2 } },
    { what: "nothing is common", leader: { 5: 3 }, follower: { 1: 2, 2: 2 } },
  ])("$what", ({ leader: leads, follower: follows }) => {
    const leader = leaderOf(leads);
    const follower = leaderOf(follows);
    expect(follow(leader, follower)).toBeLessThan(8);
    expect(bytesOf(follower)).toBe(bytesOf(leader));
    expect(follower.logEndOffset).toBe(leader.logEndOffset);
  });
});

describe("a follower outside of its leader's range", () => {
  test("begins where the leader does, when it ends before", () => {
    const follower = leaderOf({ 0: 3 });
    fitToLeader(follower, { startOffset: 10, endOffset: 20 }, NOW_MS);
    expect([follower.logStartOffset, follower.logEndOffset]).toEqual([10, 10]);
  });

  test("ends where the leader does, when it is longer", () => {
    const follower = leaderOf({ 0: 30 });
    fitToLeader(follower, { startOffset: 10, endOffset: 20 }, NOW_MS);
    expect([follower.logStartOffset, follower.logEndOffset]).toEqual([0, 20]);
  });

  test("is left as it is inside of it", () => {
    const follower = leaderOf({ 0: 15 });
    fitToLeader(follower, { startOffset: 10, endOffset: 20 }, NOW_MS);
    expect([follower.logStartOffset, follower.logEndOffset]).toEqual([0, 15]);
  });
});
