import { controlRecordType } from "../../wire/control-record.ts";
import { batchesIn, type BatchView } from "../../wire/record-batch.ts";
import { recordsOf } from "../../wire/record-cursor.ts";
import { isRefusal } from "../refusal.ts";
import type { Machine } from "./machine.ts";
import type { ShardLog } from "./shard-log.ts";

/** The part of a machine that replay needs. */
type Replayed<Image, Entry> = Pick<
  Machine<Image, unknown, Entry, unknown, unknown>,
  "apply" | "endTransaction" | "decode"
>;

/**
 * Replays a piece of a coordinator's log and answers where the next one begins. Throws WireError for records that cannot be read, and
 * Error when the log cannot be.
 */
export function loadSlice<Image, Entry>(
  machine: Replayed<Image, Entry>,
  image: Image,
  log: ShardLog,
  slice: { readonly fromOffset: number; readonly maxBytes: number },
): number {
  const bytes = log.read(slice.fromOffset, slice.maxBytes);
  if (isRefusal(bytes))
    throw new Error(`the log cannot be read at offset ${slice.fromOffset}: error code ${bytes.errorCode}`);
  let nextOffset = slice.fromOffset;
  for (const batch of batchesIn(bytes)) {
    replay(machine, image, batch);
    nextOffset = batch.nextOffset;
  }
  // A read that brings nothing though the log goes on: an empty tail left by compaction.
  return nextOffset === slice.fromOffset ? log.logEndOffset : nextOffset;
}

function replay<Image, Entry>(machine: Replayed<Image, Entry>, image: Image, batch: BatchView): void {
  if (batch.isControl) {
    for (const { key } of recordsOf(batch)) {
      const type = controlRecordType(key);
      if (type === "commit" || type === "abort") machine.endTransaction(image, batch.producerId, type === "commit");
    }
    return;
  }
  const producerId = batch.isTransactional ? batch.producerId : -1;
  for (const { offset, key, value } of recordsOf(batch)) {
    const entry = key === null ? undefined : machine.decode(key, value);
    if (entry !== undefined) machine.apply(image, entry, { offset, producerId });
  }
}
