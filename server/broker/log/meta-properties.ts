import type { Disk, Random } from "../../environment/environment.ts";
import { isUuidText } from "../../wire/uuid.ts";
import { parseProperties } from "../config/properties.ts";

const FILE_NAME = "meta.properties";
const VERSION = "1";

/** Whose a log directory is (Kafka's meta.properties, version 1). */
export type MetaProperties = {
  readonly clusterId: string;
  readonly nodeId: number;
  /** Undefined in a directory that was never used with KIP-858. */
  readonly directoryId: string | undefined;
};

/** A directory that this node must not use. The message says which, why and what to do. */
export class LogDirectoryError extends Error {
  override readonly name = "LogDirectoryError";
}

/** Reads meta.properties; undefined when there is none. Throws LogDirectoryError when it is damaged or of another version. */
export function readMetaProperties(disk: Disk, directory: string): MetaProperties | undefined {
  const path = `${directory}/${FILE_NAME}`;
  const bytes = disk.readFile(path);
  if (bytes === undefined) return undefined;
  const values = new Map(parseProperties(Buffer.from(bytes).toString("utf8")).map(({ name, value }) => [name, value]));
  const version = values.get("version");
  if (version !== VERSION) {
    throw new LogDirectoryError(
      `${path} has version ${version ?? "none"}, and only ${VERSION} is known: it was written by another release of Kafka, or is damaged`,
    );
  }
  const clusterId = values.get("cluster.id");
  const nodeId = Number(values.get("node.id"));
  const directoryId = values.get("directory.id");
  const isWhole = clusterId !== undefined && clusterId !== "" && Number.isSafeInteger(nodeId) && nodeId >= 0;
  if (!isWhole || (directoryId !== undefined && !isUuidText(directoryId))) {
    throw new LogDirectoryError(
      `${path} is damaged: it names no cluster.id, node.id or directory.id that can be read; restore it from a copy`,
    );
  }
  return { clusterId, nodeId, directoryId };
}

/** Writes meta.properties; durable on return. Throws DiskError. */
export function writeMetaProperties(disk: Disk, directory: string, meta: MetaProperties): void {
  const lines = ["#", `cluster.id=${meta.clusterId}`, `node.id=${meta.nodeId}`, `version=${VERSION}`];
  if (meta.directoryId !== undefined) lines.splice(2, 0, `directory.id=${meta.directoryId}`);
  disk.writeFileAtomic(`${directory}/${FILE_NAME}`, Buffer.from(`${lines.join("\n")}\n`));
}

/**
 * Makes sure that `directory` is this node's: makes it and its meta.properties when new. Answers its directory id. Throws LogDirectoryError when it is
 * another cluster's or node's, or holds files that nobody claims; DiskError.
 */
export function claimDirectory(
  disk: Disk,
  random: Random,
  directory: string,
  owner: { readonly clusterId: string; readonly nodeId: number },
): string {
  disk.makeDirectory(directory);
  const meta = readMetaProperties(disk, directory);
  if (meta === undefined) {
    const found = disk.list(directory).filter(({ isDirectory }) => isDirectory);
    if (found.length > 0) {
      const names = found.slice(0, 3).map(({ name }) => name);
      throw new LogDirectoryError(
        `${directory} has no ${FILE_NAME} but is not empty (${names.join(", ")}); give an empty directory, or restore the file`,
      );
    }
  } else if (meta.clusterId !== owner.clusterId) {
    throw new LogDirectoryError(
      `${directory} belongs to the cluster ${meta.clusterId}, and this is ${owner.clusterId}; give another directory, or start the cluster that it belongs to`,
    );
  } else if (meta.nodeId !== owner.nodeId) {
    throw new LogDirectoryError(
      `${directory} belongs to node ${meta.nodeId}, and this is node ${owner.nodeId}; give each node a directory of its own`,
    );
  }
  if (meta?.directoryId !== undefined) return meta.directoryId;
  const directoryId = random.uuid();
  writeMetaProperties(disk, directory, { ...owner, directoryId });
  return directoryId;
}
