import { decodeMetadataRecord } from "../../wire/records/metadata/table.ts";
import { batchesIn } from "../../wire/record-batch.ts";
import { RecordCursor } from "../../wire/record-cursor.ts";
import { apply } from "./apply.ts";
import type { MutableChanges } from "./changes.ts";
import type { MutableImage } from "./image.ts";

/** Where a run of batches ended: the next offset, and the epoch of its last batch. */
export type Applied = { readonly nextOffset: number; readonly epoch: number };

/** Applies the whole batches in `bytes` to an image; control batches only move on. Throws WireError at bytes that are none, undefined without a batch. */
export function applyBatches(image: MutableImage, bytes: Uint8Array, changes: MutableChanges): Applied | undefined {
  const cursor = new RecordCursor();
  let applied: Applied | undefined;
  for (const batch of batchesIn(bytes)) {
    const { lastOffset, partitionLeaderEpoch: epoch, maxTimestampMs: timestampMs } = batch;
    applied = { nextOffset: lastOffset + 1, epoch };
    if (!batch.isControl) {
      cursor.open(batch);
      while (cursor.next()) {
        const value = cursor.value();
        if (value !== null) apply(image, decodeMetadataRecord(value), changes);
      }
    }
    image.provenance = { offset: lastOffset, epoch, timestampMs };
  }
  return applied;
}
