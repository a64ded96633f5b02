import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildEndTransactionMarker } from "../../wire/control-record.ts";
import { BATCH_HEADER_BYTES, FIELD } from "../../wire/record-batch.ts";
import type { PartitionLog } from "./partition-log.ts";
import { batchOf, contentOf, NOW_MS, openTestLog, produce } from "./testing/test-log.ts";

/** Five batches of two records of an idempotent producer, over epochs 1 to 5. */
function fiveBatches(segmentBytes = 10_000): PartitionLog {
  const log = openTestLog({ segmentBytes, indexIntervalBytes: 0 });
  for (let index = 0; index < 5; index++) {
    produce(log, batchOf([`a${index}`, `b${index}`], { producerId: 4, producerEpoch: 0, baseSequence: index * 2 }), {
      leaderEpoch: index + 1,
    });
  }
  return log;
}

/** The directory as a kill leaves it: nothing of what memory holds is written. */
function killed(log: PartitionLog): string {
  log.closeFiles();
  return log.directory;
}

function logFiles(directory: string): string[] {
  return readdirSync(directory).filter((name) => name.endsWith(".log"));
}

describe("after a kill", () => {
  test("nothing that was appended is lost, and derived state is as it was", () => {
    const log = fiveBatches(180);
    const [content, producers, epochs] = [contentOf(log), log.producerStates.entries(), log.leaderEpochs.entries];
    const again = openTestLog({ segmentBytes: 180 }, { directory: killed(log) });
    expect(contentOf(again)).toEqual(content);
    expect(again.producerStates.entries()).toEqual(producers);
    expect(again.leaderEpochs.entries).toEqual(epochs);
    expect(again.segmentCount).toBe(log.segmentCount);
  });

  test("an open transaction is open again and an aborted one is told again", () => {
    const log = openTestLog();
    const transactional = { producerEpoch: 0, isTransactional: true };
    produce(log, batchOf(["x"], { ...transactional, producerId: 1, baseSequence: 0 }));
    produce(log, batchOf(["y"], { ...transactional, producerId: 2, baseSequence: 0 }));
    const marker = buildEndTransactionMarker({
      type: "abort",
      producerId: 2,
      producerEpoch: 0,
      coordinatorEpoch: 3,
      timestampMs: NOW_MS,
    });
    log.appendAsLeader(marker, { origin: "coordinator", leaderEpoch: 0, nowMs: NOW_MS });
    const again = openTestLog({}, { directory: killed(log) });
    again.updateHighWatermark(3);
    expect([again.logEndOffset, again.lastStableOffset]).toEqual([3, 0]);
    expect(again.abortedTransactions(0, 3)).toMatchObject([{ producerId: 2, firstOffset: 1 }]);
  });
});

describe("a torn tail", () => {
  const batchBytes = batchOf(["a0", "b0"]).length;
  const classes: readonly [string, number][] = [
    ["no byte", 0],
    ["one byte", 1],
    ["a part of the length", FIELD.batchLength + 2],
    ["the length and no more", FIELD.batchLength + 4],
    ["a part of the header", FIELD.attributes],
    ["a bare header", BATCH_HEADER_BYTES],
    ["half of the records", Math.floor((BATCH_HEADER_BYTES + batchBytes) / 2)],
    ["all but the last byte", batchBytes - 1],
  ];

  for (const [name, keptBytes] of classes) {
    test(`with ${name} of the last batch is cut, and the log goes on there`, () => {
      const log = fiveBatches();
      const directory = killed(log);
      const path = join(directory, logFiles(directory)[0] ?? "");
      truncateSync(path, batchBytes * 4 + keptBytes);
      const again = openTestLog({}, { directory });
      expect(contentOf(again)).toEqual(["0:a0", "1:b0", "2:a1", "3:b1", "4:a2", "5:b2", "6:a3", "7:b3"]);
      expect(again.leaderEpochs.latest).toEqual({ epoch: 4, startOffset: 6 });
      expect(again.producerStates.get(4)?.batches.at(-1)?.lastSequence).toBe(7);
      expect(readFileSync(path)).toHaveLength(batchBytes * 4);
      expect(
        produce(again, batchOf(["a4", "b4"], { producerId: 4, producerEpoch: 0, baseSequence: 8 })).baseOffset,
      ).toBe(8);
      expect(contentOf(again)).toHaveLength(10);
    });
  }

  test("full of zeros is cut", () => {
    const log = fiveBatches();
    const directory = killed(log);
    const path = join(directory, logFiles(directory)[0] ?? "");
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(5000)]));
    expect(openTestLog({}, { directory }).logEndOffset).toBe(10);
  });

  test("is found after a clean stop too", async () => {
    const log = fiveBatches();
    await log.close();
    const path = join(log.directory, logFiles(log.directory)[0] ?? "");
    truncateSync(path, batchBytes * 5 - 3);
    expect(openTestLog({}, { directory: log.directory, recoveryPoint: 10, cleanShutdown: true }).logEndOffset).toBe(8);
  });
});

describe("a damaged batch", () => {
  function damage(directory: string, name: string, position: number): void {
    const path = join(directory, name);
    const bytes = readFileSync(path);
    bytes[position] = (bytes[position] ?? 0) ^ 0xff;
    writeFileSync(path, bytes);
  }

  test("ends the log in front of it, later segments go", () => {
    const log = fiveBatches(180);
    const directory = killed(log);
    const names = logFiles(directory);
    expect(names.length).toBeGreaterThan(2);
    damage(directory, names[1] ?? "", 70);
    const again = openTestLog({}, { directory });
    expect(again.logEndOffset).toBe(Number.parseInt(names[1] ?? "", 10));
    expect(logFiles(directory)).toEqual(names.slice(0, 2));
    expect(again.producerStates.get(4)?.batches.at(-1)?.lastOffset).toBe(again.logEndOffset - 1);
  });

  test("below the recovery point is not looked for", () => {
    const log = fiveBatches(180);
    const directory = killed(log);
    damage(directory, logFiles(directory)[0] ?? "", 70);
    const again = openTestLog({}, { directory, recoveryPoint: 6 });
    expect(again.logEndOffset).toBe(10);
  });
});

describe("files that are not there", () => {
  test("indexes are built again", async () => {
    const log = fiveBatches(180);
    const content = contentOf(log);
    await log.close();
    for (const name of readdirSync(log.directory)) if (name.endsWith("index")) rmSync(join(log.directory, name));
    const again = openTestLog(
      { indexIntervalBytes: 0 },
      { directory: log.directory, recoveryPoint: 10, cleanShutdown: true },
    );
    expect(contentOf(again)).toEqual(content);
    for (let offset = 0; offset < 10; offset++)
      expect(contentOf(again, offset)).toEqual(content.slice(offset - (offset % 2)));
    await again.close();
    expect(readdirSync(log.directory).filter((name) => name.endsWith(".index"))).toHaveLength(log.segmentCount);
  });

  test("a damaged producer snapshot is replaced by an older one and the log", async () => {
    const log = fiveBatches(180);
    const producers = log.producerStates.toSnapshot();
    await log.close();
    for (const name of readdirSync(log.directory))
      if (name.endsWith(".snapshot")) writeFileSync(join(log.directory, name), "damaged");
    const again = openTestLog({}, { directory: log.directory, recoveryPoint: 10, cleanShutdown: true });
    expect(again.producerStates.toSnapshot()).toEqual(producers);
  });

  test.each([
    { name: "cut", damage: (bytes: Buffer) => bytes.subarray(0, bytes.length - 3) },
    { name: "overwritten", damage: (bytes: Buffer) => Buffer.alloc(bytes.length, 0xff) },
    { name: "of offsets that go back", damage: (bytes: Buffer) => Buffer.concat([bytes, bytes]) },
  ])("a transaction index that is $name is written anew, also below the recovery point", async ({ damage }) => {
    const log = openTestLog({ segmentBytes: 400 });
    for (let index = 0; index < 6; index++) {
      const producer = { producerId: 1, producerEpoch: 0, baseSequence: index, isTransactional: true };
      produce(log, batchOf(["x".repeat(100)], producer));
      const type = index % 2 === 0 ? "abort" : "commit";
      const end = { type, producerId: 1, producerEpoch: 0, coordinatorEpoch: 0, timestampMs: NOW_MS } as const;
      log.appendAsLeader(buildEndTransactionMarker(end), { origin: "coordinator", leaderEpoch: 0, nowMs: NOW_MS });
    }
    const aborted = log.abortedTransactions(0, 12);
    expect(aborted).toHaveLength(3);
    await log.close();
    const indexes = readdirSync(log.directory).filter((name) => name.endsWith(".txnindex"));
    expect(indexes.length).toBeGreaterThan(1);
    const before = indexes.map((name) => readFileSync(join(log.directory, name)));
    for (const name of indexes) {
      const path = join(log.directory, name);
      writeFileSync(path, damage(readFileSync(path)));
    }
    const again = openTestLog({}, { directory: log.directory, recoveryPoint: 12, cleanShutdown: true });
    expect(again.abortedTransactions(0, 12)).toEqual(aborted);
    expect(indexes.map((name) => readFileSync(join(log.directory, name)))).toEqual(before);
  });

  test("damaged leader epochs are read from the batches", async () => {
    const log = fiveBatches(180);
    const epochs = log.leaderEpochs.entries;
    await log.close();
    writeFileSync(join(log.directory, "leader-epoch-checkpoint"), "0\n9\n1 ");
    const again = openTestLog({}, { directory: log.directory, recoveryPoint: 10, cleanShutdown: true });
    expect(again.leaderEpochs.entries).toEqual(epochs);
  });

  test("a log whose records are gone goes on at its log start", () => {
    const log = fiveBatches();
    const directory = killed(log);
    truncateSync(join(directory, logFiles(directory)[0] ?? ""), 0);
    const again = openTestLog({}, { directory, logStartOffset: 6, recoveryPoint: 10 });
    expect([again.logStartOffset, again.logEndOffset]).toEqual([6, 6]);
    expect(produce(again, batchOf(["next"])).baseOffset).toBe(6);
  });

  test("leftovers of an interrupted deletion are removed", () => {
    const log = fiveBatches();
    const directory = killed(log);
    for (const name of [
      "00000000000000000099.log.deleted",
      "00000000000000000099.index",
      "00000000000000000099.log.cleaned",
    ])
      writeFileSync(join(directory, name), "x");
    openTestLog({}, { directory });
    expect(readdirSync(directory).filter((name) => name.startsWith("00000000000000000099"))).toEqual([]);
  });
});

describe("a follower", () => {
  test("truncates to an offset, and its producers and epochs go back with it", () => {
    const log = fiveBatches(180);
    log.truncateTo(6, NOW_MS);
    expect(contentOf(log)).toEqual(["0:a0", "1:b0", "2:a1", "3:b1", "4:a2", "5:b2"]);
    expect([log.logEndOffset, log.highWatermark, log.leaderEpochs.latest?.epoch]).toEqual([6, 6, 3]);
    expect(log.producerStates.get(4)?.batches.at(-1)?.lastSequence).toBe(5);
    log.appendAsFollower(batchOf(["z"], { baseOffset: 6, partitionLeaderEpoch: 8 }), NOW_MS);
    expect(log.leaderEpochs.latest).toEqual({ epoch: 8, startOffset: 6 });
    expect(contentOf(openTestLog({}, { directory: killed(log) }))).toEqual([
      ...["0:a0", "1:b0", "2:a1", "3:b1", "4:a2", "5:b2"],
      "6:z",
    ]);
  });

  test("loses the whole batch when the offset is inside", () => {
    const log = fiveBatches();
    log.truncateTo(5, NOW_MS);
    expect(log.logEndOffset).toBe(4);
  });

  test("begins anew where the leader's log begins", () => {
    const log = fiveBatches(180);
    log.truncateFullyAndStartAt(100, NOW_MS);
    expect([log.logStartOffset, log.logEndOffset, log.highWatermark, log.sizeBytes]).toEqual([100, 100, 100, 0]);
    expect(logFiles(log.directory)).toEqual(["00000000000000000100.log"]);
    log.appendAsFollower(batchOf(["z"], { baseOffset: 100, partitionLeaderEpoch: 8 }), NOW_MS);
    expect(contentOf(log)).toEqual(["100:z"]);
    expect(existsSync(join(log.directory, "00000000000000000000.log"))).toBe(false);
  });

  test("takes no damaged batch, and none whose offsets go back", () => {
    const log = fiveBatches();
    const good = batchOf(["z"], { baseOffset: 10, partitionLeaderEpoch: 6 });
    const damaged = Uint8Array.from(good);
    damaged[good.length - 1] = (damaged[good.length - 1] ?? 0) ^ 1;
    expect(() => log.appendAsFollower(damaged, NOW_MS)).toThrow("CRC");
    expect(() => log.appendAsFollower(batchOf(["z"], { baseOffset: 9 }), NOW_MS)).toThrow("below 10");
    expect(() => log.appendAsFollower(good.subarray(0, good.length - 1), NOW_MS)).toThrow("incomplete");
    expect(log.logEndOffset).toBe(10);
  });
});
