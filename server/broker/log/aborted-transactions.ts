import type { Log } from "../../environment/environment.ts";
import type { Offset } from "./log-config.ts";
import { restoreProducers } from "./log-loader.ts";
import type { ProducerSnapshots } from "./producer-snapshots.ts";
import { ProducerStates } from "./producer-state.ts";
import type { Segment } from "./segment.ts";
import type { AbortedTransactionEntry } from "./transaction-index.ts";

/** A log's segments, and what it takes to write a damaged transaction index anew. */
export type TransactionSource = {
  readonly segments: readonly Segment[];
  readonly snapshots: ProducerSnapshots;
  readonly log: Log;
};

/** Aborted transactions that overlap [fromOffset, toOffset), in the order of their markers. Mends a `.txnindex` that is damaged. Throws DiskError. */
export function abortedTransactionsIn(
  source: TransactionSource,
  fromOffset: Offset,
  toOffset: Offset,
): AbortedTransactionEntry[] {
  const { segments } = source;
  const found: AbortedTransactionEntry[] = [];
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    if (next !== undefined && next.baseOffset <= fromOffset) continue;
    if (!segment.hasSoundTransactions) rebuildTransactions(segment, source);
    if (segment.collectAborted(fromOffset, toOffset, found)) break;
  }
  return found;
}

/** Reads the markers of the segment again, with the producers as they were at its begin. */
function rebuildTransactions(segment: Segment, { segments, snapshots, log }: TransactionSource): void {
  log.warn({ file: segment.path(".txnindex") }, "a transaction index is damaged and is written anew from the batches");
  const producers = new ProducerStates();
  restoreProducers(segments, producers, snapshots, segment.baseOffset);
  segment.clearTransactions();
  segment.scan(0, (batch) => {
    const completed = producers.apply(batch);
    if (completed === undefined) return;
    if (completed.isAborted)
      segment.addAbortedTransaction({ ...completed, lastStableOffset: producers.stableOffsetAfter(completed) });
    producers.complete(completed);
  });
}
