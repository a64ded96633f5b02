import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { CLEANED_SUFFIX, DELETED_SUFFIX, offsetOfFileName } from "../../broker/log/log-files.ts";
import type { MetadataImage } from "../../broker/controller/image.ts";
import { isNamed, isWanted } from "./agreement.ts";
import type { StoppedDirectory } from "./stopped-directory.ts";

/** One file to bring over. `link`: both sides have the same file, because neither writes to it any more. */
export type Transfer = {
  readonly from: string;
  readonly to: string;
  readonly kind: "link" | "copy";
  readonly sizeBytes: number;
};

/** Files of a log directory beside its partitions. */
const DIRECTORY_FILES: readonly string[] = [
  "meta.properties",
  ".kafka_cleanshutdown",
  "recovery-point-offset-checkpoint",
  "log-start-offset-checkpoint",
  "replication-offset-checkpoint",
  "cleaner-offset-checkpoint",
];
const NOT_TAKEN = [DELETED_SUFFIX, CLEANED_SUFFIX, ".tmp"];

/** What a log directory's new place needs: its own files and those of the partitions that the metadata name. `sharesSegments` allows hard links. */
export function planLogDirectory(
  directory: StoppedDirectory,
  image: MetadataImage,
  to: string,
  sharesSegments: boolean,
): Transfer[] {
  const own = readdirSync(directory.path)
    .filter((name) => DIRECTORY_FILES.includes(name))
    .map((name) => copyOf(join(directory.path, name), join(to, name)));
  const shares = sharesSegments && isSameFileSystem(directory.path, to);
  const partitions = [...directory.partitions.keys()].filter((key) => isNamed(image, directory, key));
  const futures = [...directory.futures.keys()].filter((name) => isWanted(image, directory, name));
  return [
    ...own,
    ...futures.flatMap((name) => planFolder(join(directory.path, name), join(to, name))),
    ...partitions.flatMap((key) => {
      const linked = shares ? closedSegments(directory, key) : new Set<string>();
      return planFolder(join(directory.path, key), join(to, key), (name) => linked.has(name));
    }),
  ];
}

/** All files of a folder without those that wait for their removal. */
export function planFolder(from: string, to: string, isLinked: (name: string) => boolean = () => false): Transfer[] {
  return readdirSync(from, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_TAKEN.some((suffix) => entry.name.endsWith(suffix)))
    .map(({ name }) => {
      const transfer = copyOf(join(from, name), join(to, name));
      return isLinked(name) ? { ...transfer, kind: "link" } : transfer;
    });
}

function copyOf(from: string, to: string): Transfer {
  return { from, to, kind: "copy", sizeBytes: statSync(from).size };
}

/** The .log files that are closed and whole below the high watermark: what is above it may be cut off again by a follower, in place. */
function closedSegments({ path, highWatermarks }: StoppedDirectory, key: string): ReadonlySet<string> {
  const highWatermark = highWatermarks.get(key) ?? 0;
  const logs = readdirSync(join(path, key))
    .filter((name) => offsetOfFileName(name, ".log") !== undefined)
    .sort();
  const closed = logs.filter((_, index) => {
    const next = logs[index + 1];
    return next !== undefined && (offsetOfFileName(next, ".log") ?? Infinity) <= highWatermark;
  });
  return new Set(closed);
}

/** Hard links do not cross file systems. */
function isSameFileSystem(from: string, to: string): boolean {
  return statSync(from).dev === statSync(nearestExisting(to)).dev;
}

/** `path`, or the nearest directory above it that exists. */
export function nearestExisting(path: string): string {
  let current = path;
  while (statSync(current, { throwIfNoEntry: false }) === undefined) current = dirname(current);
  return current;
}
