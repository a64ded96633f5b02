import type { Disk } from "../../environment/environment.ts";
import { isUuidText } from "../../wire/uuid.ts";
import { CheckpointError } from "./checkpoint-file.ts";
import { replaceFile } from "./replace-file.ts";

/** The file in a partition's directory. */
export const PARTITION_METADATA_FILE = "partition.metadata";
const VERSION = 0;
const UUID_TEXT_LENGTH = 22;

/**
 * The topic id of a partition's directory (KIP-516); undefined when the file is missing, or when the machine died before all of it was on disk: the
 * cluster's metadata know the id. Throws CheckpointError when it is damaged.
 */
export function readPartitionMetadata(disk: Disk, directory: string): string | undefined {
  const path = `${directory}/${PARTITION_METADATA_FILE}`;
  const bytes = disk.readFile(path);
  if (bytes === undefined || isTorn(bytes)) return undefined;
  const [version, id] = Buffer.from(bytes).toString("utf8").split("\n");
  const topicId = id?.startsWith("topic_id: ") === true ? id.slice("topic_id: ".length) : "";
  if (version !== `version: ${VERSION}` || !isUuidText(topicId))
    throw new CheckpointError(`${path} is damaged or of a later version`);
  return topicId;
}

/** Whether only the beginning of what `writePartitionMetadata` writes is there; what a file system had not written yet reads as zeros. */
function isTorn(bytes: Uint8Array): boolean {
  const end = bytes.indexOf(0);
  const written = Buffer.from(end === -1 ? bytes : bytes.subarray(0, end)).toString("utf8");
  const head = `version: ${VERSION}\ntopic_id: `;
  return written.length < head.length + UUID_TEXT_LENGTH && (written.startsWith(head) || head.startsWith(written));
}

/** Writes the topic id; durable with the next flush of the log. Throws DiskError. */
export function writePartitionMetadata(disk: Disk, directory: string, topicId: string): void {
  replaceFile(
    disk,
    `${directory}/${PARTITION_METADATA_FILE}`,
    Buffer.from(`version: ${VERSION}\ntopic_id: ${topicId}`),
  );
}
