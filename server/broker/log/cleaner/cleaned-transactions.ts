import { controlRecordType } from "../../../wire/control-record.ts";
import type { BatchView } from "../../../wire/record-batch.ts";
import { RecordCursor } from "../../../wire/record-cursor.ts";
import type { AbortedTransactionEntry } from "../transaction-index.ts";

/** An aborted transaction that is being passed. */
type Passed = { readonly entry: AbortedTransactionEntry; hasBatches: boolean };

/**
 * Which transactional data and which markers compaction may drop (Kafka's CleanedTransactionMetadata): the data of aborted transactions at once,
 * a marker only when nothing of its transaction is left. Show it every batch, in order.
 */
export class CleanedTransactions {
  /** Where the aborted transactions whose markers stay are noted: the transaction index of the segment that is written. */
  keep: (entry: AbortedTransactionEntry) => void = () => {};
  /** Not yet begun, by first offset. */
  #coming: AbortedTransactionEntry[] = [];
  readonly #aborted = new Map<number, Passed>();
  /** Producers with data of a transaction that was not aborted, whose marker was not passed yet. */
  readonly #committed = new Set<number>();

  /** Adds aborted transactions that overlap what comes next. */
  add(entries: readonly AbortedTransactionEntry[]): void {
    this.#coming = [...this.#coming, ...entries].sort((a, b) => a.firstOffset - b.firstOffset);
  }

  /** Takes a batch in; true when it may go: data of an aborted transaction, or a marker without any data left. */
  pass(batch: BatchView): boolean {
    this.#begin(batch.lastOffset);
    if (batch.isControl) return this.#passMarker(batch);
    if (!batch.isTransactional) return false;
    const aborted = this.#aborted.get(batch.producerId);
    if (aborted === undefined) {
      this.#committed.add(batch.producerId);
      return false;
    }
    aborted.hasBatches = true;
    return true;
  }

  #begin(offset: number): void {
    let first = this.#coming[0];
    while (first !== undefined && first.firstOffset <= offset) {
      this.#coming.shift();
      if (!this.#aborted.has(first.producerId))
        this.#aborted.set(first.producerId, { entry: first, hasBatches: false });
      first = this.#coming[0];
    }
  }

  #passMarker(batch: BatchView): boolean {
    // An empty control batch is what an earlier pass has left.
    if (batch.count === 0) return true;
    const cursor = new RecordCursor().open(batch);
    cursor.next();
    const { producerId } = batch;
    switch (controlRecordType(cursor.key())) {
      case "abort": {
        const aborted = this.#aborted.get(producerId);
        this.#aborted.delete(producerId);
        if (aborted?.hasBatches !== true) return true;
        this.keep(aborted.entry);
        return false;
      }
      case "commit":
        return !this.#committed.delete(producerId);
      default:
        return false;
    }
  }
}
