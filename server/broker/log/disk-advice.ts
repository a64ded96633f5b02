import type { DiskError } from "../../environment/environment.ts";

const ADVICE: Readonly<Record<string, string>> = {
  EACCES: "it may not be written to: give it to the user that runs this (chown -R), or give another directory",
  EPERM: "it may not be written to: give it to the user that runs this (chown -R), or give another directory",
  EROFS: "the file system is read-only: mount it for writing, or give another directory",
  ENOSPC: "the disk is full: free some space",
  EDQUOT: "the disk quota is used up: free some space",
  EIO: "the disk reports errors: look at the system's log, and repair or replace it",
  ENOTDIR: "a part of the path is a file: give another directory",
  EMFILE: "no more files may be open: raise the limit (ulimit -n)",
};

/** What failed on a disk, and what to do about it, for people. */
export function explainDiskError({ operation, path, errno }: DiskError): string {
  return `${path}: ${ADVICE[errno] ?? "the disk cannot be used"} (${operation}: ${errno})`;
}
