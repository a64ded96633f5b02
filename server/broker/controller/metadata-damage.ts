import type { Disk } from "../../environment/environment.ts";
import { BATCH_HEADER_BYTES, BatchView } from "../../wire/record-batch.ts";
import { LogDirectoryError } from "../log/meta-properties.ts";
import { offsetOfFileName } from "../log/log-files.ts";
import { snapshotFileName, type SnapshotId } from "./snapshot-file.ts";

/** A sync takes no such time: when a batch was written so long after another one, what is in front of that one had been durable. */
const SYNCED_AFTER_MS = 60_000;

/**
 * Throws LogDirectoryError when the metadata log is damaged in front of records that are sound. Recovery cuts a log behind its last good batch, which is right for
 * an end that was torn and never answered; in the middle it would take topics away without a word, and their partitions would be set aside.
 */
export function refuseDamagedLog(disk: Disk, directory: string): void {
  let damage: string | undefined;
  let firstBehindMs: number | undefined;
  for (const { name } of disk.list(directory)) {
    if (offsetOfFileName(name, ".log") === undefined) continue;
    const path = `${directory}/${name}`;
    const bytes = disk.readFile(path) ?? new Uint8Array(0);
    const position = damage === undefined ? soundEnd(bytes) : 0;
    if (damage === undefined && position === bytes.length) continue;
    damage ??= `${path} is damaged at byte ${position}`;
    for (const batch of soundBatchesFrom(bytes, position)) {
      firstBehindMs ??= batch.maxTimestampMs;
      if (batch.maxTimestampMs - firstBehindMs < SYNCED_AFTER_MS) continue;
      throw new LogDirectoryError(
        `${damage}, and there are sound records behind it (offset ${batch.baseOffset}): restore the directory from a copy. To go on without what was changed since then, cut the file there and remove the .log files after it`,
      );
    }
  }
}

/** The whole snapshot. Throws LogDirectoryError where it is damaged or has no end. */
export function wholeSnapshot(
  bytes: Uint8Array,
  directory: string,
  id: SnapshotId,
  logStartOffset: number,
): Uint8Array {
  const position = soundEnd(bytes);
  if (position === bytes.length && endsWithFooter(bytes)) return bytes;
  const path = `${directory}/${snapshotFileName(id)}`;
  const advice =
    logStartOffset === 0
      ? "remove the file: the log beside it still has all records"
      : "restore the file from a copy; the log no longer has what it says";
  throw new LogDirectoryError(`the metadata snapshot ${path} is damaged at byte ${position}: ${advice}`);
}

/** Where the sound batches at the front end. */
function soundEnd(bytes: Uint8Array): number {
  const batch = new BatchView();
  let position = 0;
  while (position < bytes.length && isSound(batch.point(bytes, position))) position += batch.sizeBytes;
  return position;
}

/** Every sound batch from a position on, whatever lies between; in one view. */
function* soundBatchesFrom(bytes: Uint8Array, from: number): Generator<BatchView, void, void> {
  const batch = new BatchView();
  let position = from;
  while (position + BATCH_HEADER_BYTES <= bytes.length) {
    if (!isSound(batch.point(bytes, position))) position++;
    else {
      yield batch;
      position += batch.sizeBytes;
    }
  }
}

function isSound(batch: BatchView): boolean {
  return batch.fault() === null && batch.isCrcValid();
}

/** The last batch of a snapshot is a control batch: its footer. */
function endsWithFooter(bytes: Uint8Array): boolean {
  const batch = new BatchView();
  let isControl = false;
  for (let position = 0; position < bytes.length; position += batch.sizeBytes)
    isControl = batch.point(bytes, position).isControl && position > 0;
  return isControl;
}
