import type { Log } from "../../environment/environment.ts";
import { CheckpointError } from "./checkpoint-file.ts";
import { finishSwaps } from "./cleaner/finish-swaps.ts";
import { LeaderEpochs } from "./leader-epochs.ts";
import type { LogConfig, Offset } from "./log-config.ts";
import { offsetOfFileName, SEGMENT_SUFFIXES } from "./log-files.ts";
import type { OpenFiles } from "./open-files.ts";
import { ProducerSnapshots } from "./producer-snapshots.ts";
import { ProducerStates } from "./producer-state.ts";
import { noteEpoch, recoverSegments, replayProducers, type DerivedState } from "./recovery.ts";
import { Segment } from "./segment.ts";

/** What `loadLog` needs. */
export type LoadOptions = {
  readonly files: OpenFiles;
  readonly log: Log;
  readonly directory: string;
  readonly config: LogConfig;
  /** From the checkpoints; 0 when they name none. */
  readonly logStartOffset: Offset;
  readonly recoveryPoint: Offset;
  /** Compaction has looked at all below: there the segments may have gaps between them. */
  readonly cleanedOffset: Offset;
  /** The files were closed in order: nothing has to be scanned. */
  readonly cleanShutdown: boolean;
  readonly nowMs: number;
};

/** A partition's log as found on disk, made whole. */
export type LoadedLog = {
  /** At least one, in order. */
  readonly segments: Segment[];
  readonly logStartOffset: Offset;
  readonly logEndOffset: Offset;
  /** All below is durable. */
  readonly recoveryPoint: Offset;
  readonly epochs: LeaderEpochs;
  readonly producers: ProducerStates;
  readonly snapshots: ProducerSnapshots;
};

/** Reads a partition's directory (Kafka's LogLoader): leftovers removed, torn tail cut, all derived state as at the last append. Throws DiskError. */
export function loadLog(options: LoadOptions): LoadedLog {
  const { files, directory, config, nowMs, log } = options;
  const names = removeLeftovers(options);
  const segments = openSegments(options, names);
  const epochs = readEpochs(options, segments);
  const producers = new ProducerStates();
  const snapshots = new ProducerSnapshots(files.disk, log, directory, names);
  const state = { epochs, producers, snapshots };

  const firstUnclean = options.cleanShutdown ? tornSegment(segments) : indexHolding(segments, options.recoveryPoint);
  let logEndOffset: Offset;
  if (firstUnclean !== undefined) {
    const from = segments[firstUnclean]?.baseOffset ?? 0;
    // A tail that an earlier recovery cut may have come back with the power: the cut itself was not durable yet.
    segments[firstUnclean - 1]?.endAt(from);
    restoreProducers(segments, producers, snapshots, from);
    const recovered = recoverSegments(segments, firstUnclean, state, options);
    if (recovered.firstLost !== undefined) dropFrom(segments, recovered.firstLost, files);
    logEndOffset = recovered.nextOffset;
    replaceSnapshots(segments, state, { from, logEndOffset });
    epochs.writeIfChanged();
  } else {
    logEndOffset = segments.at(-1)?.readNextOffset() ?? options.logStartOffset;
    snapshots.remove((offset) => offset > logEndOffset);
    restoreProducers(segments, producers, snapshots, logEndOffset);
  }
  if (logEndOffset < options.logStartOffset) {
    // The checkpoint survived and the records did not: nothing below the log start may come back.
    dropFrom(segments, 0, files);
    logEndOffset = options.logStartOffset;
    snapshots.remove(() => true);
    producers.clear();
  }
  if (segments.length === 0) segments.push(Segment.create(files, directory, logEndOffset, nowMs));
  const logStartOffset = Math.max(options.logStartOffset, segments[0]?.baseOffset ?? 0);
  epochs.truncateFromEnd(logEndOffset);
  epochs.truncateFromStart(logStartOffset);
  snapshots.removeStray(new Set(segments.map((segment) => segment.baseOffset)));
  producers.expire(nowMs, config.producerIdExpirationMs);
  const recoveryPoint = options.cleanShutdown ? logEndOffset : Math.min(options.recoveryPoint, logEndOffset);
  return { segments, logStartOffset, logEndOffset, recoveryPoint, epochs, producers, snapshots };
}

/** Sets the producers to what they were at `offset`: the newest snapshot below, and the batches behind it. */
export function restoreProducers(
  segments: readonly Segment[],
  producers: ProducerStates,
  snapshots: ProducerSnapshots,
  offset: Offset,
): void {
  const snapshot = snapshots.latestAtOrBelow(offset);
  producers.load(snapshot?.entries ?? []);
  replayProducers(segments, producers, snapshot?.offset ?? 0, offset);
}

/** Of the snapshots above `from`, recovery has written those at the begin of a segment anew; the one at the end is made true, others may be of other records. */
function replaceSnapshots(
  segments: readonly Segment[],
  { producers, snapshots }: DerivedState,
  { from, logEndOffset }: { readonly from: Offset; readonly logEndOffset: Offset },
): void {
  const rewritten = new Set(segments.map((segment) => segment.baseOffset));
  snapshots.remove((offset) => offset > from && offset !== logEndOffset && !rewritten.has(offset));
  if (snapshots.latestOffset === logEndOffset) snapshots.write(logEndOffset, producers.toSnapshot());
}

/** Ends interrupted deletions and compactions, and removes index files without their log; answers the names that stay. */
function removeLeftovers({ files, directory, nowMs }: LoadOptions): string[] {
  const found = files.disk
    .list(directory)
    .filter((entry) => !entry.isDirectory)
    .map((entry) => entry.name);
  const names = finishSwaps(files, directory, found, nowMs);
  const has = new Set(names);
  const isLeftover = (name: string): boolean => {
    const suffix = SEGMENT_SUFFIXES.find((known) => offsetOfFileName(name, known) !== undefined);
    return suffix !== undefined && !has.has(`${name.slice(0, -suffix.length)}.log`);
  };
  for (const name of names.filter(isLeftover)) files.disk.remove(`${directory}/${name}`);
  return names.filter((name) => !isLeftover(name));
}

function openSegments({ files, directory, nowMs }: LoadOptions, names: readonly string[]): Segment[] {
  return names
    .map((name) => offsetOfFileName(name, ".log"))
    .filter((offset) => offset !== undefined)
    .sort((a, b) => a - b)
    .map((baseOffset) => Segment.open(files, directory, baseOffset, nowMs));
}

/** The epochs from their file; from the headers of all batches when it is damaged, because a follower would truncate by what they say. */
function readEpochs({ files, directory, log }: LoadOptions, segments: readonly Segment[]): LeaderEpochs {
  try {
    return LeaderEpochs.read(files.disk, directory);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    log.warn({ reason: error.message }, "leader epochs are damaged and are read from the batches");
    const epochs = LeaderEpochs.empty(files.disk, directory);
    for (const segment of segments) segment.scan(0, (batch) => noteEpoch(epochs, batch));
    epochs.writeIfChanged();
    return epochs;
  }
}

/** After a clean stop all segments are whole; the last one is looked at, because a copy of a directory may have been cut. */
function tornSegment(segments: readonly Segment[]): number | undefined {
  const last = segments.at(-1);
  return last === undefined || last.isWhole() ? undefined : segments.length - 1;
}

function indexHolding(segments: readonly Segment[], offset: Offset): number | undefined {
  if (segments.length === 0) return undefined;
  return Math.max(
    0,
    segments.findLastIndex((segment) => segment.baseOffset <= offset),
  );
}

function dropFrom(segments: Segment[], first: number, files: OpenFiles): void {
  for (const segment of segments.splice(first)) for (const path of segment.retire()) files.disk.remove(path);
}
