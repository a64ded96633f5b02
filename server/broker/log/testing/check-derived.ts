import { expect } from "vitest";
import { batchesIn } from "../../../wire/record-batch.ts";
import { isRefusal } from "../../refusal.ts";
import type { PartitionLog } from "../partition-log.ts";
import { ProducerStates } from "../producer-state.ts";

/** Everything derived from a log, its producer states and what its indexes find, must be what its records say. Fails the test otherwise. */
export function checkDerived(log: PartitionLog): void {
  const states = new ProducerStates();
  let scanned = log.logStartOffset;
  for (let offset = log.logStartOffset; offset < log.logEndOffset;) {
    const read = log.read(offset, { maxBytes: 1_000_000, maxOffset: log.logEndOffset, atLeastOneBatch: true });
    if (isRefusal(read)) throw new Error(`refused with ${read.errorCode}`);
    for (const batch of batchesIn(read.bytes)) {
      expect(batch.isCrcValid()).toBe(true);
      expect(batch.baseOffset).toBe(scanned);
      states.apply(batch);
      scanned = batch.nextOffset;
    }
    expect(read.nextOffset).toBeGreaterThan(offset);
    offset = read.nextOffset;
  }
  expect(scanned).toBe(log.logEndOffset);
  // A snapshot holds the last batch of each producer only, as Kafka's does, and of producers whose batches were deleted as well.
  const remembered = log.producerStates.toSnapshot().filter(({ lastOffset }) => lastOffset >= log.logStartOffset);
  expect(remembered).toEqual(states.toSnapshot());
  for (let offset = log.logStartOffset; offset < log.logEndOffset; offset++) {
    const read = log.read(offset, { maxBytes: 1, maxOffset: log.logEndOffset, atLeastOneBatch: true });
    const [batch] = isRefusal(read) ? [] : batchesIn(read.bytes);
    expect(batch !== undefined && batch.baseOffset <= offset && offset <= batch.lastOffset).toBe(true);
  }
}
