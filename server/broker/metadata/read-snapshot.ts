import { ClientError } from "../../client/client-error.ts";
import type { Connection } from "../../client/connection.ts";
import { FetchSnapshot } from "../../wire/apis/fetch-snapshot.ts";
import { errorName, NONE } from "../../wire/errors.ts";
import { applyBatches } from "../controller/apply-batches.ts";
import { noChanges } from "../controller/changes.ts";
import { METADATA_TOPIC } from "../controller/directory-id.ts";
import { emptyImage, type MutableImage } from "../controller/image.ts";

/** Names a snapshot: all records before `endOffset`, the last of which had this epoch. */
export type SnapshotId = { readonly endOffset: number; readonly epoch: number };

/** What is asked of the controller. */
export type AskedSnapshot = {
  readonly clusterId: string;
  readonly replicaId: number;
  readonly leaderEpoch: number;
  readonly snapshotId: SnapshotId;
};

/** The largest snapshot that is taken: far above any cluster, far below the memory of a broker. */
const SNAPSHOT_BYTES_MAX = 1 << 29;
const PART_BYTES = 1 << 20;

/** Copies a snapshot of the metadata part by part (KIP-630) and builds its image. Rejects with ClientError or WireError. */
export async function readSnapshot(
  connection: Connection,
  asked: AskedSnapshot,
  deadlineMs: () => number,
): Promise<MutableImage> {
  const parts: Uint8Array[] = [];
  let position = 0;
  for (let size = 1; position < size;) {
    const { leaderEpoch: currentLeaderEpoch, snapshotId, clusterId, replicaId } = asked;
    const response = await connection.send(
      FetchSnapshot,
      {
        clusterId,
        replicaId,
        maxBytes: PART_BYTES,
        topics: [{ name: METADATA_TOPIC, partitions: [{ partition: 0, currentLeaderEpoch, snapshotId, position }] }],
      },
      { deadlineMs: deadlineMs() },
    );
    const partition = response.topics[0]?.partitions[0];
    const errorCode = response.errorCode === NONE ? partition?.errorCode : response.errorCode;
    const part = partition?.unalignedRecords ?? null;
    if (
      partition === undefined ||
      errorCode !== NONE ||
      part === null ||
      part.byteLength === 0 ||
      partition.size > SNAPSHOT_BYTES_MAX
    )
      throw new ClientError(
        "unavailable",
        `The controller did not send a snapshot: ${errorName(errorCode ?? -1)}.`,
        errorCode,
      );
    parts.push(Uint8Array.from(part));
    position += part.byteLength;
    size = partition.size;
  }
  return imageOfSnapshot(Buffer.concat(parts), asked.snapshotId);
}

/** The image of a snapshot's bytes. Offsets inside a snapshot mean nothing: where it ends is in its id. */
export function imageOfSnapshot(bytes: Uint8Array, { endOffset, epoch }: SnapshotId): MutableImage {
  const image = emptyImage();
  applyBatches(image, bytes, noChanges());
  image.provenance = { ...image.provenance, offset: endOffset - 1, epoch };
  return image;
}
