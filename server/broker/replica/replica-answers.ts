import type { AppendedBatch, AppendOrigin } from "../log/append.ts";
import type { Offset } from "../log/log-config.ts";

/** Produce to one partition. `acks` decides whether min.insync.replicas is asked for. */
export type ProduceOptions = {
  readonly acks: -1 | 0 | 1;
  readonly origin: AppendOrigin;
  readonly apiVersion?: number;
  /** Checked when given: 74 / 75. */
  readonly currentLeaderEpoch?: number;
};
export type ProducedBatch = AppendedBatch & {
  readonly logStartOffset: Offset;
  /** This broker may answer for it; else `awaitPromise` (log.flush.policy=group). */
  readonly isPromised: boolean;
};

/** OffsetForLeaderEpoch: both are -1 when the asked epoch is above all known. */
export type EpochEnd = { readonly errorCode: number; readonly leaderEpoch: number; readonly endOffset: Offset };
