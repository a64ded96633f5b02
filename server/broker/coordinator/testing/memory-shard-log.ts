import { BatchView, batchesIn } from "../../../wire/record-batch.ts";
import type { Refusal } from "../../refusal.ts";
import type { AppendedRange, ShardLog } from "../shard-log.ts";

/** A partition's log in memory, for tests: replication happens when the test says so, and appends fail when it wants. */
export class MemoryShardLog implements ShardLog {
  readonly logStartOffset = 0;
  logEndOffset = 0;
  highWatermark = 0;
  /** Whether an append is replicated at once, as on a single broker. */
  replicatesAtOnce = true;
  /** What the next appends are refused with. */
  refusal: Refusal | undefined = undefined;
  readonly batches: Uint8Array[] = [];
  private waiting: { readonly offset: number; readonly done: (errorCode: number) => void }[] = [];

  get sizeBytes(): number {
    return this.batches.reduce((sum, batch) => sum + batch.byteLength, 0);
  }

  read(fromOffset: number, maxBytes: number): Uint8Array {
    const wanted: Uint8Array[] = [];
    let size = 0;
    for (const bytes of this.batches) {
      if (new BatchView().point(bytes).nextOffset <= fromOffset) continue;
      if (size > 0 && size + bytes.byteLength > maxBytes) break;
      wanted.push(bytes);
      size += bytes.byteLength;
    }
    return Buffer.concat(wanted);
  }

  append(batch: Uint8Array): AppendedRange | Refusal {
    if (this.refusal !== undefined) return this.refusal;
    const baseOffset = this.logEndOffset;
    for (const view of batchesIn(batch)) {
      view.baseOffset = this.logEndOffset;
      this.logEndOffset = view.nextOffset;
    }
    this.batches.push(batch);
    if (this.replicatesAtOnce) this.replicate();
    return { baseOffset, lastOffset: this.logEndOffset - 1 };
  }

  awaitCommitted(offset: number, _timeoutMs: number, done: (errorCode: number) => void): void {
    if (this.highWatermark >= offset) done(0);
    else this.waiting.push({ offset, done });
  }

  /** All that is in the log becomes replicated. */
  replicate(): void {
    this.highWatermark = this.logEndOffset;
    this.settle(0);
  }

  /** All that wait are told this error instead. */
  failReplication(errorCode: number): void {
    this.settle(errorCode);
  }

  private settle(errorCode: number): void {
    const settled = this.waiting;
    this.waiting = [];
    for (const { done } of settled) done(errorCode);
  }
}
