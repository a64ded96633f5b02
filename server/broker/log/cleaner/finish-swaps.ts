import type { Offset } from "../log-config.ts";
import {
  CLEANED_SUFFIX,
  DELETED_SUFFIX,
  offsetOfFileName,
  SEGMENT_SUFFIXES,
  SNAPSHOT_SUFFIX,
  SWAP_SUFFIX,
} from "../log-files.ts";
import type { OpenFiles } from "../open-files.ts";
import { Segment } from "../segment.ts";

const FILE_SUFFIXES = [...SEGMENT_SUFFIXES, SNAPSHOT_SUFFIX];

/**
 * Ends what a crash interrupted in a partition's directory (Kafka's LogLoader): `.deleted` and `.cleaned` files go; a `.swap` segment is complete,
 * so the segments that it was made from go and it takes its own names. Answers the names that are there then. Throws DiskError.
 */
export function finishSwaps(files: OpenFiles, directory: string, names: readonly string[], nowMs: number): string[] {
  const { disk } = files;
  const present = new Set(names);
  const remove = (name: string): void => {
    disk.remove(`${directory}/${name}`);
    present.delete(name);
  };
  // A `.cleaned` file tells that the `.swap` ones of its offset are not all there; above it they are of a segment that Apache Kafka split.
  const unfinished = Math.min(...names.map((name) => offsetAt(name, CLEANED_SUFFIX) ?? Infinity));
  for (const name of names) {
    const swapped = offsetAt(name, SWAP_SUFFIX);
    const isHalf = swapped !== undefined && swapped >= unfinished;
    if (name.endsWith(DELETED_SUFFIX) || name.endsWith(CLEANED_SUFFIX) || isHalf) remove(name);
  }
  for (const name of names) {
    const baseOffset =
      name.endsWith(`.log${SWAP_SUFFIX}`) && present.has(name) ? offsetAt(name, SWAP_SUFFIX) : undefined;
    if (baseOffset === undefined) continue;
    const segment = Segment.open(files, directory, baseOffset, nowMs, SWAP_SUFFIX);
    const endOffset = segment.readNextOffset();
    segment.close();
    for (const other of present) if (isReplaced(other, baseOffset, endOffset)) remove(other);
  }
  for (const name of [...present].filter((each) => each.endsWith(SWAP_SUFFIX))) {
    const final = name.slice(0, -SWAP_SUFFIX.length);
    disk.rename(`${directory}/${name}`, `${directory}/${final}`);
    present.delete(name);
    present.add(final);
  }
  return [...present];
}

/** The offset in the name of a segment's file at a stage. */
function offsetAt(name: string, stage: string): Offset | undefined {
  if (!name.endsWith(stage)) return undefined;
  return offsetOf(name.slice(0, -stage.length), FILE_SUFFIXES);
}

function offsetOf(name: string, suffixes: readonly string[]): Offset | undefined {
  for (const suffix of suffixes) {
    const offset = offsetOfFileName(name, suffix);
    if (offset !== undefined) return offset;
  }
  return undefined;
}

/** Whether a file is of a segment that lies in [baseOffset, endOffset). A snapshot at its very begin is still true. */
function isReplaced(name: string, baseOffset: Offset, endOffset: Offset): boolean {
  const offset = offsetOf(name, FILE_SUFFIXES);
  if (offset === undefined || offset < baseOffset || offset >= endOffset) return false;
  return !(offset === baseOffset && name.endsWith(SNAPSHOT_SUFFIX));
}
