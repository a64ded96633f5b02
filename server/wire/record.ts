/** One header of a record. Order and doubles mean something to applications, so headers are always a list (KIP-82). */
export type RecordHeader = { readonly key: string; readonly value: Uint8Array | null };

/** A record as read from a batch; the arrays are views that live as long as the memory they were read from. */
export type LogRecord = {
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Uint8Array | null;
  /** null is a tombstone on a compacted topic. */
  readonly value: Uint8Array | null;
  readonly headers: readonly RecordHeader[];
};

/** A record to write. */
export type NewRecord = {
  readonly timestampMs: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers?: readonly RecordHeader[];
  /** For compaction, which leaves gaps; otherwise a record follows the one before. */
  readonly offset?: number;
};
