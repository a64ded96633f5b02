import type { Disk } from "../../environment/environment.ts";
import { batchesIn } from "../../wire/record-batch.ts";
import { offsetOfFileName } from "../log/log-files.ts";
import { LogDirectoryError } from "../log/meta-properties.ts";
import { applyBatches } from "./apply-batches.ts";
import { noChanges } from "./changes.ts";
import { emptyImage, type MutableImage } from "./image.ts";
import { listSnapshots, readSnapshotFile } from "./snapshot-file.ts";

/**
 * The image that the metadata log of a stopped node builds: its newest snapshot, and the records after it up to the torn end that a kill may leave.
 * Nothing is written. Throws LogDirectoryError for a gap or a damaged batch, WireError for records of a later version, DiskError.
 */
export function readStoppedMetadata(disk: Disk, directory: string): MutableImage {
  const image = emptyImage();
  let nextOffset = 0;
  const snapshot = listSnapshots(disk, directory).at(-1);
  if (snapshot !== undefined) {
    applyBatches(image, readSnapshotFile(disk, directory, snapshot) ?? new Uint8Array(0), noChanges());
    nextOffset = snapshot.endOffset;
    image.provenance = { ...image.provenance, offset: nextOffset - 1, epoch: snapshot.epoch };
  }
  const segments = disk.list(directory).filter(({ name }) => offsetOfFileName(name, ".log") !== undefined);
  for (const { name } of segments) {
    const path = `${directory}/${name}`;
    for (const batch of batchesIn(disk.readFile(path) ?? new Uint8Array(0))) {
      if (batch.lastOffset < nextOffset) continue;
      if (batch.baseOffset > nextOffset)
        throw new LogDirectoryError(
          `${path}: offset ${nextOffset} is missing, and no snapshot (.checkpoint) covers it`,
        );
      if (!batch.isCrcValid()) throw new LogDirectoryError(`${path} is damaged at byte ${batch.position}`);
      applyBatches(image, batch.wholeBytes(), noChanges());
      nextOffset = image.provenance.offset + 1;
    }
  }
  return image;
}
