import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { realDisk } from "../../environment/real/disk.ts";
import { buildEndTransactionMarker } from "../../wire/control-record.ts";
import { INVALID_RECORD } from "../../wire/errors.ts";
import { batchesIn } from "../../wire/record-batch.ts";
import { isRefusal } from "../refusal.ts";
import type { AppendOptions } from "./append.ts";
import { LEADER_EPOCH_FILE } from "./leader-epochs.ts";
import type { PartitionLog } from "./partition-log.ts";
import { batchOf, contentOf, NOW_MS, openTestLog, produce } from "./testing/test-log.ts";

const OWN: AppendOptions = { origin: "raft", leaderEpoch: 4, nowMs: NOW_MS };

function placesOf(log: PartitionLog): string[] {
  const read = log.read(0, { maxBytes: 10_000, maxOffset: log.logEndOffset, atLeastOneBatch: true });
  const places: string[] = [];
  for (const batch of batchesIn(isRefusal(read) ? new Uint8Array(0) : read.bytes)) {
    places.push(`${batch.baseOffset}-${batch.lastOffset} epoch ${batch.partitionLeaderEpoch}`);
  }
  return places;
}

describe("appending as leader", () => {
  test("offsets and epoch are written into the batch and the end moves", () => {
    const log = openTestLog();
    const first = produce(log, batchOf(["a", "b"]), { leaderEpoch: 3 });
    expect(first).toEqual({ baseOffset: 0, lastOffset: 1, logAppendTimeMs: -1, duplicate: false });
    expect(produce(log, batchOf(["c"]), { leaderEpoch: 3 }).baseOffset).toBe(2);
    expect(contentOf(log)).toEqual(["0:a", "1:b", "2:c"]);
    expect(log.leaderEpochs.entries).toEqual([{ epoch: 3, startOffset: 0 }]);
    expect(log.logEndOffset).toBe(3);
  });

  test("an epoch comes to the disk with its first record, and one without records is gone with the process", () => {
    const log = openTestLog();
    const fileOf = () => realDisk.readFile(join(log.directory, LEADER_EPOCH_FILE))?.toString();
    log.startEpoch(5);
    expect(log.endOffsetForEpoch(5)).toEqual({ epoch: 5, endOffset: 0 });
    expect(fileOf()).toBeUndefined();
    produce(log, batchOf(["a"]), { leaderEpoch: 5 });
    expect(fileOf()).toBe("0\n1\n5 0\n");
    log.startEpoch(7);
    expect(log.latestEpoch).toBe(7);
    expect(fileOf()).toBe("0\n1\n5 0\n");
    log.closeFiles();
    const again = openTestLog({}, { directory: log.directory });
    expect(again.leaderEpochs.entries).toEqual([{ epoch: 5, startOffset: 0 }]);
  });

  test("the broker's own records may be several batches, control batches among them, in one append", () => {
    const log = openTestLog();
    const marker = buildEndTransactionMarker({
      type: "commit",
      producerId: 1,
      producerEpoch: 0,
      coordinatorEpoch: 0,
      timestampMs: NOW_MS,
    });
    const several = Buffer.concat([batchOf(["a", "b"]), marker, batchOf(["c"])]);
    expect(log.appendAsLeader(several, OWN)).toMatchObject({ baseOffset: 0, lastOffset: 3 });
    expect(placesOf(log)).toEqual(["0-1 epoch 4", "2-2 epoch 4", "3-3 epoch 4"]);
  });

  test("a damaged batch among the broker's own refuses all of them", () => {
    const log = openTestLog();
    const cut = Buffer.concat([batchOf(["a"]), batchOf(["b"]).subarray(0, 50)]);
    expect(log.appendAsLeader(cut, OWN)).toMatchObject({ errorCode: INVALID_RECORD });
    expect(log.appendAsLeader(new Uint8Array(0), OWN)).toMatchObject({ errorCode: INVALID_RECORD });
    expect(log.logEndOffset).toBe(0);
  });

  test("keeps nothing of the received memory", () => {
    const log = openTestLog();
    const batch = batchOf(["a", "b"], { producerId: 1, producerEpoch: 0, baseSequence: 0 });
    produce(log, batch);
    batch.fill(0xee);
    expect(contentOf(log)).toEqual(["0:a", "1:b"]);
    expect(log.producerStates.get(1)?.batches.at(-1)).toMatchObject({ lastSequence: 1, lastOffset: 1 });
  });
});

describe("appending as follower", () => {
  test("offsets and epochs stay as the leader set them, gaps of compaction too", () => {
    const log = openTestLog();
    const first = batchOf(["a"], { baseOffset: 5, partitionLeaderEpoch: 2 });
    const second = batchOf(["b", "c"], { baseOffset: 9, lastOffset: 12, partitionLeaderEpoch: 3 });
    log.appendAsFollower(Buffer.concat([first, second]), NOW_MS);
    expect(placesOf(log)).toEqual(["5-5 epoch 2", "9-12 epoch 3"]);
    expect([log.logStartOffset, log.logEndOffset]).toEqual([0, 13]);
    expect(log.leaderEpochs.entries).toEqual([
      { epoch: 2, startOffset: 5 },
      { epoch: 3, startOffset: 9 },
    ]);
  });
});

describe("the high watermark", () => {
  test("stays between log start and log end", () => {
    const log = openTestLog();
    produce(log, batchOf(["a", "b", "c"]));
    log.updateHighWatermark(99);
    expect(log.highWatermark).toBe(3);
    log.deleteRecordsBefore(2, NOW_MS);
    log.updateHighWatermark(0);
    expect(log.highWatermark).toBe(2);
  });
});

describe("flushing", () => {
  test("moves the recovery point to where the log ended at the call", async () => {
    const log = openTestLog();
    produce(log, batchOf(["a", "b"]));
    const flushed = log.flush();
    produce(log, batchOf(["c"]));
    await flushed;
    expect(log.recoveryPoint).toBe(2);
    await log.flush();
    expect(log.recoveryPoint).toBe(3);
  });

  test("does not count what was cut and written again meanwhile", async () => {
    const log = openTestLog();
    for (let index = 0; index < 4; index++) produce(log, batchOf(["a"]));
    const flushed = log.flush();
    log.truncateTo(2, NOW_MS);
    for (let index = 0; index < 4; index++) produce(log, batchOf(["b"]));
    await flushed;
    expect(log.recoveryPoint).toBeLessThanOrEqual(2);
    await log.flush();
    expect(log.recoveryPoint).toBe(6);
  });

  test("is due after flush.messages at once and after flush.ms by the clock", async () => {
    const log = openTestLog({ flushMessages: 3, flushMs: 1000 });
    produce(log, batchOf(["a", "b"]));
    expect([log.isFlushDue(NOW_MS + 999), log.isFlushDue(NOW_MS + 1000)]).toEqual([false, true]);
    produce(log, batchOf(["c"]));
    await log.flush();
    expect([log.recoveryPoint, log.isFlushDue(NOW_MS + 5000)]).toEqual([3, false]);
  });
});

describe("closing", () => {
  test("leaves a directory that opens with the same content and producers", async () => {
    const log = openTestLog({ segmentBytes: 300 });
    for (let index = 0; index < 20; index++) {
      produce(log, batchOf([`v${index}`], { producerId: 7, producerEpoch: 0, baseSequence: index }));
    }
    const content = contentOf(log);
    await log.close();
    const again = openTestLog({}, { directory: log.directory, recoveryPoint: 20, cleanShutdown: true });
    expect(contentOf(again)).toEqual(content);
    expect(again.segmentCount).toBe(log.segmentCount);
    expect(again.producerStates.toSnapshot()).toEqual(log.producerStates.toSnapshot());
  });

  test("ends appending: to write to a closed log is a bug", async () => {
    const log = openTestLog();
    await log.close();
    expect(log.isClosed).toBe(true);
    expect(() => produce(log, batchOf(["a"]))).toThrow("a closed log is not written to");
  });
});
