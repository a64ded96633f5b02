import type { Disk } from "../../environment/environment.ts";
import { isUuidText } from "../../wire/uuid.ts";
import { CheckpointError } from "./checkpoint-file.ts";

const FILE_NAME = "partition.metadata";
const VERSION = 0;

/** The topic id of a partition's directory (KIP-516); undefined when the file is missing. Throws CheckpointError when it is damaged. */
export function readPartitionMetadata(disk: Disk, directory: string): string | undefined {
  const path = `${directory}/${FILE_NAME}`;
  const bytes = disk.readFile(path);
  if (bytes === undefined) return undefined;
  const [version, id] = Buffer.from(bytes).toString("utf8").split("\n");
  const topicId = id?.startsWith("topic_id: ") === true ? id.slice("topic_id: ".length) : "";
  if (version !== `version: ${VERSION}` || !isUuidText(topicId))
    throw new CheckpointError(`${path} is damaged or of a later version`);
  return topicId;
}

/** Writes the topic id; durable on return. Throws DiskError. */
export function writePartitionMetadata(disk: Disk, directory: string, topicId: string): void {
  disk.writeFileAtomic(`${directory}/${FILE_NAME}`, Buffer.from(`version: ${VERSION}\ntopic_id: ${topicId}`));
}
