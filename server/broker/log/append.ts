import type { Refusal } from "../refusal.ts";
import type { Offset } from "./log-config.ts";

/**
 * Who hands a batch to the leader. "client": one batch of a Produce request, all of Kafka's checks. "coordinator": the broker's own records
 * (offsets, transaction state, transaction markers). "raft": records of `__cluster_metadata`.
 */
export type AppendOrigin = "client" | "coordinator" | "raft";

/** How `appendAsLeader` treats a batch. */
export type AppendOptions = {
  readonly origin: AppendOrigin;
  /** Written into each batch. */
  readonly leaderEpoch: number;
  /** Wall clock: LogAppendTime, timestamp bounds, roll by time. */
  readonly nowMs: number;
  /** Version of the Produce request; below 7 zstd is refused (76). */
  readonly apiVersion?: number;
};

/** What an append did. End offset is `lastOffset + 1`. */
export type AppendedBatch = {
  readonly baseOffset: Offset;
  readonly lastOffset: Offset;
  /** The broker's time where message.timestamp.type is LogAppendTime (for a duplicate the time of the original), else -1. */
  readonly logAppendTimeMs: number;
  /** An idempotent producer sent it before: nothing was written, the offsets are the original's. */
  readonly duplicate: boolean;
};

/** One record that made its batch be refused (KIP-467: Produce v8+ `record_errors`). `batchIndex` counts records in the batch. */
export type RecordError = { readonly batchIndex: number; readonly message: string };

/** Why nothing was appended. */
export type AppendRefusal = Refusal & { readonly recordErrors?: readonly RecordError[] };
