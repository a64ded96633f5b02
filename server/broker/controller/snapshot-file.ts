import type { Disk } from "../../environment/environment.ts";
import { controlRecordKey } from "../../wire/control-record.ts";
import { buildBatch, buildBatches } from "../../wire/record-batch-builder.ts";
import type { NewRecord } from "../../wire/record.ts";
import { SnapshotFooterRecord } from "../../wire/records/raft/snapshot-footer-record.ts";
import { SnapshotHeaderRecord } from "../../wire/records/raft/snapshot-header-record.ts";
import { imageRecords } from "./image-records.ts";
import type { MetadataImage } from "./image.ts";

/** Names a snapshot: all records before `endOffset`, the last of which had this epoch. */
export type SnapshotId = { readonly endOffset: number; readonly epoch: number };

const SUFFIX = ".checkpoint";
/** KafkaRaftClient's largest batch. */
const BATCH_BYTES_MAX = 8_388_608;
const OFFSET_DIGITS = 20;
const EPOCH_DIGITS = 10;

/** The file name that Kafka gives a snapshot: `00000000000000012345-0000000003.checkpoint`. */
export function snapshotFileName({ endOffset, epoch }: SnapshotId): string {
  return `${String(endOffset).padStart(OFFSET_DIGITS, "0")}-${String(epoch).padStart(EPOCH_DIGITS, "0")}${SUFFIX}`;
}

/** The snapshots in a directory, oldest first; unfinished ones have another ending and are not among them. */
export function listSnapshots(disk: Disk, directory: string): readonly SnapshotId[] {
  const ids: SnapshotId[] = [];
  for (const { name, isDirectory } of disk.list(directory)) {
    const match = /^(\d{20})-(\d{10})\.checkpoint$/.exec(name);
    if (match !== null && !isDirectory) ids.push({ endOffset: Number(match[1]), epoch: Number(match[2]) });
  }
  return ids;
}

/** Writes an image as a snapshot; it is whole or not there. */
export function writeSnapshot(disk: Disk, directory: string, image: MetadataImage, nowMs: number): SnapshotId {
  const { offset, epoch, timestampMs } = image.provenance;
  const id = { endOffset: offset + 1, epoch };
  disk.writeFileAtomic(
    `${directory}/${snapshotFileName(id)}`,
    snapshotBytes(image, { epoch, lastTimestampMs: timestampMs, nowMs }),
  );
  return id;
}

/** Reads a snapshot file; undefined when there is none. */
export function readSnapshotFile(disk: Disk, directory: string, id: SnapshotId): Uint8Array | undefined {
  return disk.readFile(`${directory}/${snapshotFileName(id)}`);
}

/** Header, records, footer (KIP-630); offsets count from 0, because those inside a snapshot mean nothing. */
export function snapshotBytes(
  image: MetadataImage,
  options: { readonly epoch: number; readonly lastTimestampMs: number; readonly nowMs: number },
): Uint8Array {
  const { epoch: partitionLeaderEpoch, nowMs: timestampMs } = options;
  const header = SnapshotHeaderRecord.encodeToBuffer(
    { version: 0, lastContainedLogTimestamp: Math.max(0, options.lastTimestampMs) },
    0,
  );
  const records: NewRecord[] = [];
  for (const value of imageRecords(image)) records.push({ timestampMs, key: null, value });
  const batches = [
    buildBatch([{ timestampMs, key: controlRecordKey("snapshotHeader"), value: header }], {
      partitionLeaderEpoch,
      isControl: true,
    }),
    ...buildBatches(records, { baseOffset: 1, partitionLeaderEpoch, batchBytesMax: BATCH_BYTES_MAX }),
    buildBatch(
      [
        {
          timestampMs,
          key: controlRecordKey("snapshotFooter"),
          value: SnapshotFooterRecord.encodeToBuffer({ version: 0 }, 0),
        },
      ],
      {
        baseOffset: records.length + 1,
        partitionLeaderEpoch,
        isControl: true,
      },
    ),
  ];
  return Buffer.concat(batches);
}
