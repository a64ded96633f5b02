import type { Disk } from "../../environment/environment.ts";
import { overwriteFile } from "./open-files.ts";

/**
 * Replaces a small file as one step for those who read it, without waiting for the disk: when the machine dies before `syncFiles`, the old file, the
 * new one or an empty one is there. A sync takes milliseconds, and a first consumer group makes fifty partitions in one step. Throws DiskError.
 */
export function replaceFile(disk: Disk, path: string, bytes: Uint8Array): void {
  const temporary = `${path}.tmp`;
  overwriteFile(disk, temporary, bytes);
  disk.rename(temporary, path);
}

/**
 * Replaces a small file so that the old or the new one is there whenever the machine dies, and settles when that is the new one; or leaves it as it is when
 * `isWanted` says no once the bytes are durable. Rejects with DiskError.
 */
export async function replaceFileDurably(
  disk: Disk,
  path: string,
  bytes: Uint8Array,
  isWanted: () => boolean = () => true,
): Promise<void> {
  const temporary = `${path}.tmp`;
  overwriteFile(disk, temporary, bytes);
  await syncFile(disk, temporary);
  if (!isWanted()) return;
  disk.rename(temporary, path);
  await disk.syncDirectory(path.slice(0, path.lastIndexOf("/")));
}

/** Settles when these files of a directory, and their names in it, are durable. Rejects with DiskError. */
export async function syncFiles(disk: Disk, directory: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await Promise.all(names.map((name) => syncFile(disk, `${directory}/${name}`)));
  await disk.syncDirectory(directory);
}

/** Settles when a file is durable. Rejects with DiskError. */
export async function syncFile(disk: Disk, path: string): Promise<void> {
  const file = disk.open(path);
  try {
    await disk.sync(file);
  } finally {
    disk.close(file);
  }
}
