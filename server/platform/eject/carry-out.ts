import { execFile } from "node:child_process";
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  statfsSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { formatBytes } from "../../../lib/format.ts";
import { nearestExisting, type Transfer } from "./transfer-plan.ts";
import { Refused } from "./refused.ts";

/** What a file system refuses a hard link with where a copy will do: other volume, no links there, not the owner, too many. */
const COPY_INSTEAD: ReadonlySet<unknown> = new Set(["EXDEV", "EPERM", "ENOTSUP", "EOPNOTSUPP", "EMLINK"]);

/** Bytes that were shared and copied. */
export type Carried = { readonly sharedBytes: number; readonly copiedBytes: number };

/** Refuses a target that is not new, or too small for what will be copied. */
export function checkTarget(to: string, transfers: readonly Transfer[]): void {
  if (!isEmptyOrMissing(to))
    throw new Refused(`${to} is not empty`, ["A new directory is made there."], "Name one that does not exist yet.");
  const neededBytes = transfers.reduce((sum, { kind, sizeBytes }) => sum + (kind === "copy" ? sizeBytes : 0), 0);
  const { bavail, bsize } = statfsSync(nearestExisting(to));
  if (neededBytes > bavail * bsize)
    throw new Refused(
      `There is too little space for ${to}`,
      [`${formatBytes(neededBytes)} have to be copied, and ${formatBytes(bavail * bsize)} are free.`],
      "Free some space, or name a directory on another disk.",
    );
}

/** Brings the files over into new folders of `to`. Throws the system's errors, and leaves what it made so far. */
export function carryOut(transfers: readonly Transfer[]): Carried {
  for (const folder of new Set(transfers.map(({ to }) => dirname(to)))) mkdirSync(folder, { recursive: true });
  let sharedBytes = 0;
  let copiedBytes = 0;
  for (const { from, to, kind, sizeBytes } of transfers) {
    if (kind === "link" && isLinked(from, to)) {
      sharedBytes += sizeBytes;
      continue;
    }
    copyFileSync(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    copiedBytes += sizeBytes;
  }
  return { sharedBytes, copiedBytes };
}

/** Gives a finished directory its name: nobody can take half of one for a whole. Everything in it is durable when this settles. */
export async function publish(unfinished: string, to: string): Promise<void> {
  await syncAll();
  if (existsSync(to)) rmdirSync(to);
  renameSync(unfinished, to);
}

/** Makes all that was written durable in one call: an fsync a file would take a minute for 10,000 partitions. A system without `sync` takes its own time. */
export async function syncAll(): Promise<void> {
  await promisify(execFile)("sync").catch(() => undefined);
}

function isLinked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && COPY_INSTEAD.has(error.code)) return false;
    throw error;
  }
}

function isEmptyOrMissing(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return true;
    throw error;
  }
}
