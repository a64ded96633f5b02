import type { Disk, OpenFile } from "../../environment/environment.ts";
import { BATCH_HEADER_BYTES, BatchView } from "../../wire/record-batch.ts";

/** Read at once while scanning: large enough that the calls cost little, small enough to stay in the processor's cache. */
const CHUNK_BYTES = 256 * 1024;
/** No batch is larger than this in a sane file; a length above it is taken for damage instead of being allocated. */
const BATCH_BYTES_MAX = 1024 * 1024 * 1024;

/** Where and why a scan ended: at the end of the range, because the visitor had enough, or at bytes that are no whole, sound batch. */
export type ScanEnd = { readonly position: number; readonly reason: "end" | "stopped" | "damaged" };

/**
 * Shows each whole batch in [from, to) of a segment's file to `visit`, in one reused view with all its bytes. `visit` answers "stop" to end the
 * scan in front of that batch, "damaged" to end it there as damaged. CRCs are the visitor's affair. Throws DiskError.
 */
export function scanBatches(
  disk: Disk,
  file: OpenFile,
  range: { readonly from: number; readonly to: number },
  visit: (batch: BatchView, position: number) => "stop" | "damaged" | void,
): ScanEnd {
  const batch = new BatchView();
  let chunk = new Uint8Array(Math.min(CHUNK_BYTES, Math.max(0, range.to - range.from)));
  let start = range.from;
  while (start < range.to) {
    const wanted = Math.min(chunk.length, range.to - start);
    const filled = disk.read(file, start, chunk.subarray(0, wanted));
    const bytes = chunk.subarray(0, filled);
    let at = 0;
    while (at < filled) {
      const fault = batch.point(bytes, at).fault();
      if (fault === "incomplete") break;
      if (fault !== null) return { position: start + at, reason: "damaged" };
      const sizeBytes = batch.sizeBytes;
      const answer = visit(batch, start + at);
      if (answer !== undefined) return { position: start + at, reason: answer === "stop" ? "stopped" : "damaged" };
      at += sizeBytes;
    }
    start += at;
    if (at > 0) continue;
    // Not one whole batch: a longer chunk, or the torn end of the file.
    const needed = filled >= BATCH_HEADER_BYTES ? batch.sizeBytes : Infinity;
    const isAskedInVain = chunk.length >= needed || needed > range.to - start;
    if (isAskedInVain || needed > BATCH_BYTES_MAX) return { position: start, reason: "damaged" };
    chunk = new Uint8Array(needed);
  }
  return { position: start, reason: "end" };
}
