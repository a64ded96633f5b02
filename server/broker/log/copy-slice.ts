import { isRefusal } from "../refusal.ts";
import type { PartitionLog } from "./partition-log.ts";

/** Copies batches from the end of the copy on; the bytes copied. Throws DiskError. */
export function copySlice(log: PartitionLog, future: PartitionLog, maxBytes: number, nowMs: number): number {
  const limits = { maxBytes, maxOffset: log.logEndOffset, atLeastOneBatch: true };
  const read = log.read(future.logEndOffset, limits);
  if (isRefusal(read) || read.bytes.byteLength === 0) return 0;
  future.appendAsFollower(read.bytes, nowMs);
  return read.bytes.byteLength;
}
