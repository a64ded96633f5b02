import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildEndTransactionMarker } from "../../wire/control-record.ts";
import {
  INVALID_PRODUCER_EPOCH,
  INVALID_TXN_STATE,
  OUT_OF_ORDER_SEQUENCE_NUMBER,
  TRANSACTION_COORDINATOR_FENCED,
} from "../../wire/errors.ts";
import { isRefusal } from "../refusal.ts";
import type { PartitionLog } from "./partition-log.ts";
import { decodeProducerSnapshot, encodeProducerSnapshot } from "./producer-snapshot.ts";
import { ProducerStates } from "./producer-state.ts";
import { batchOf, NOW_MS, openTestLog, produce, tryProduce } from "./testing/test-log.ts";

/** Sends `count` records from `sequence` on; answers "offset", "offset again" for a duplicate, or the error code. */
function send(
  log: PartitionLog,
  {
    sequence,
    count = 1,
    epoch = 0,
    id = 1,
    transactional = false,
  }: { sequence: number; count?: number; epoch?: number; id?: number; transactional?: boolean },
): string | number {
  const values = Array.from({ length: count }, (_, index) => `v${index}`);
  const options = { producerId: id, producerEpoch: epoch, baseSequence: sequence, isTransactional: transactional };
  const answer = tryProduce(log, batchOf(values, options));
  return isRefusal(answer) ? answer.errorCode : `${answer.baseOffset}${answer.duplicate ? " again" : ""}`;
}

function mark(
  log: PartitionLog,
  type: "abort" | "commit",
  { epoch = 0, id = 1, coordinatorEpoch = 0 } = {},
): string | number {
  const marker = buildEndTransactionMarker({
    type,
    producerId: id,
    producerEpoch: epoch,
    coordinatorEpoch,
    timestampMs: NOW_MS,
  });
  const answer = log.appendAsLeader(marker, { origin: "coordinator", leaderEpoch: 0, nowMs: NOW_MS });
  return isRefusal(answer) ? answer.errorCode : String(answer.baseOffset);
}

describe("duplicates of an idempotent producer", () => {
  test("each of the last five batches is answered with its own offsets and not written again", () => {
    const log = openTestLog();
    for (let index = 0; index < 5; index++) send(log, { sequence: index * 2, count: 2 });
    for (let index = 0; index < 5; index++)
      expect(send(log, { sequence: index * 2, count: 2 })).toBe(`${index * 2} again`);
    expect(log.logEndOffset).toBe(10);
  });

  test("an older one is out of order", () => {
    const log = openTestLog();
    for (let index = 0; index < 6; index++) send(log, { sequence: index });
    expect(send(log, { sequence: 0 })).toBe(OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(send(log, { sequence: 1 })).toBe("1 again");
  });

  test("a batch that only begins like an earlier one is out of order", () => {
    const log = openTestLog();
    send(log, { sequence: 0, count: 2 });
    expect(send(log, { sequence: 0, count: 3 })).toBe(OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(send(log, { sequence: 1, count: 1 })).toBe(OUT_OF_ORDER_SEQUENCE_NUMBER);
  });

  test("the original time is answered", () => {
    const log = openTestLog();
    const options = { producerId: 1, producerEpoch: 0, baseSequence: 0, timestampMs: NOW_MS - 50 };
    produce(log, batchOf(["a"], options));
    expect(produce(log, batchOf(["a"], options))).toEqual({
      baseOffset: 0,
      lastOffset: 0,
      logAppendTimeMs: NOW_MS - 50,
      duplicate: true,
    });
  });
});

describe("sequences and epochs", () => {
  test("a gap is refused", () => {
    const log = openTestLog();
    send(log, { sequence: 0 });
    expect(send(log, { sequence: 2 })).toBe(OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(send(log, { sequence: 1 })).toBe("1");
  });

  test("a producer that is not known may begin anywhere", () => {
    expect(send(openTestLog(), { sequence: 77 })).toBe("0");
  });

  test("sequences go on with 0 after 2147483647", () => {
    const log = openTestLog();
    send(log, { sequence: 2147483646, count: 2 });
    expect(send(log, { sequence: 0 })).toBe("2");
    expect(send(log, { sequence: 2147483646, count: 2 })).toBe("0 again");
  });

  test("a batch may itself cross the end of the sequences", () => {
    const log = openTestLog();
    send(log, { sequence: 2147483646, count: 4 });
    expect(send(log, { sequence: 2 })).toBe("4");
  });

  test("an older epoch is fenced, a newer one has to begin with 0 and forgets the batches", () => {
    const log = openTestLog();
    send(log, { sequence: 0, epoch: 3 });
    expect(send(log, { sequence: 1, epoch: 2 })).toBe(INVALID_PRODUCER_EPOCH);
    expect(send(log, { sequence: 1, epoch: 4 })).toBe(OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(send(log, { sequence: 0, epoch: 4 })).toBe("1");
    expect(send(log, { sequence: 0, epoch: 3 })).toBe(INVALID_PRODUCER_EPOCH);
  });

  test("an idle producer is forgotten after producer.id.expiration.ms", () => {
    const log = openTestLog({ producerIdExpirationMs: 1000 });
    send(log, { sequence: 0 });
    log.deleteOldSegments(NOW_MS + 999);
    expect(send(log, { sequence: 5 })).toBe(OUT_OF_ORDER_SEQUENCE_NUMBER);
    log.expireProducers(NOW_MS + 1000);
    expect(send(log, { sequence: 5 })).toBe("1");
  });
});

describe("transactions", () => {
  test("hold the last stable offset until the marker", () => {
    const log = openTestLog();
    send(log, { sequence: 0, id: 9 });
    send(log, { sequence: 0, transactional: true });
    send(log, { sequence: 1, id: 9 });
    expect([log.highWatermark, log.lastStableOffset]).toEqual([3, 1]);
    expect(mark(log, "commit")).toBe("3");
    expect([log.highWatermark, log.lastStableOffset]).toEqual([3, 1]);
    log.updateHighWatermark(4);
    expect(log.lastStableOffset).toBe(4);
  });

  test("that were aborted are told to those who read over them", () => {
    const log = openTestLog();
    send(log, { sequence: 0, transactional: true, id: 1 });
    send(log, { sequence: 0, transactional: true, id: 2 });
    mark(log, "abort", { id: 1 });
    mark(log, "commit", { id: 2 });
    send(log, { sequence: 1, transactional: true, id: 1 });
    mark(log, "abort", { id: 1 });
    log.updateHighWatermark(log.logEndOffset);
    expect(log.abortedTransactions(0, 6)).toMatchObject([
      { producerId: 1, firstOffset: 0 },
      { producerId: 1, firstOffset: 4 },
    ]);
    expect(log.abortedTransactions(3, 4)).toEqual([]);
    expect(log.abortedTransactions(2, 5)).toMatchObject([
      { producerId: 1, firstOffset: 0 },
      { producerId: 1, firstOffset: 4 },
    ]);
  });

  test("refuse plain batches of their producer while they are open", () => {
    const log = openTestLog();
    send(log, { sequence: 0, transactional: true });
    expect(send(log, { sequence: 1 })).toBe(INVALID_TXN_STATE);
    mark(log, "abort");
    expect(send(log, { sequence: 1 })).toBe("2");
  });

  test("take markers only of the current epochs", () => {
    const log = openTestLog();
    send(log, { sequence: 0, epoch: 2, transactional: true });
    expect(mark(log, "abort", { epoch: 1 })).toBe(INVALID_PRODUCER_EPOCH);
    expect(mark(log, "abort", { epoch: 2, coordinatorEpoch: 7 })).toBe("1");
    expect(mark(log, "abort", { epoch: 2, coordinatorEpoch: 6 })).toBe(TRANSACTION_COORDINATOR_FENCED);
  });

  test("after a marker with a new epoch the producer begins with 0", () => {
    const log = openTestLog();
    send(log, { sequence: 0, transactional: true });
    mark(log, "abort", { epoch: 1 });
    expect(send(log, { sequence: 1, epoch: 1 })).toBe(OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(send(log, { sequence: 0, epoch: 1 })).toBe("2");
  });
});

describe("snapshots", () => {
  const entry = fc.record({
    producerId: fc.nat(),
    producerEpoch: fc.nat(32767),
    lastSequence: fc.nat(2147483647),
    lastOffset: fc.nat(),
    offsetDelta: fc.nat(1000),
    timestampMs: fc.nat(Number.MAX_SAFE_INTEGER),
    coordinatorEpoch: fc.integer({ min: -1, max: 100 }),
    currentTransactionFirstOffset: fc.integer({ min: -1, max: 1000 }),
  });

  test("come back as they were written", () => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ({ producerId }) => producerId }), (entries) => {
        expect(decodeProducerSnapshot(encodeProducerSnapshot(entries))).toEqual(entries);
      }),
    );
  });

  test("are not used when a byte is wrong or missing", () => {
    const bytes = encodeProducerSnapshot([
      {
        producerId: 1,
        producerEpoch: 0,
        lastSequence: 3,
        lastOffset: 9,
        offsetDelta: 0,
        timestampMs: 5,
        coordinatorEpoch: -1,
        currentTransactionFirstOffset: -1,
      },
    ]);
    for (let at = 0; at < bytes.length; at++) {
      expect(decodeProducerSnapshot(bytes.subarray(0, at))).toBeUndefined();
      const damaged = Uint8Array.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      expect(decodeProducerSnapshot(damaged)).toBeUndefined();
    }
  });

  test("give the same producers as the log did, open transactions included", () => {
    const log = openTestLog();
    send(log, { sequence: 0, id: 5 });
    send(log, { sequence: 0, id: 6, transactional: true });
    const saved = log.producerStates.toSnapshot();
    const states = new ProducerStates();
    states.load(saved);
    expect(states.toSnapshot()).toEqual(saved);
    expect(states.firstUnstableOffset).toBe(1);
  });
});
