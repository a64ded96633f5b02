import type { Refusal } from "../refusal.ts";

/**
 * What a coordinator needs of the partition that holds its records: a log that it alone appends to while it leads it.
 * The product's is a partition of the replica manager (`replica-shard-log.ts`).
 */
export type ShardLog = {
  readonly logStartOffset: number;
  /** Exclusive. */
  readonly logEndOffset: number;
  /** Exclusive end of what is replicated. */
  readonly highWatermark: number;
  /** Bytes between start and end, about. */
  readonly sizeBytes: number;
  /** Whole batches from `fromOffset` on, up to the end of the log; the first may begin before it. */
  read(fromOffset: number, maxBytes: number): Uint8Array | Refusal;
  /** Appends one batch; its offsets are given here. Nothing is appended when refused. */
  append(batch: Uint8Array): AppendedRange | Refusal;
  /** Calls once: with NONE when the high watermark has reached the offset, else with why it will not, or has not by the deadline. */
  awaitCommitted(offset: number, timeoutMs: number, done: (errorCode: number) => void): void;
};

/** Both offsets are included. */
export type AppendedRange = { readonly baseOffset: number; readonly lastOffset: number };
