import type { Log } from "../../environment/environment.ts";
import type { BatchView } from "../../wire/record-batch.ts";
import type { LeaderEpochs } from "./leader-epochs.ts";
import type { LogConfig, Offset } from "./log-config.ts";
import type { ProducerSnapshots } from "./producer-snapshots.ts";
import type { ProducerStates } from "./producer-state.ts";
import type { Segment } from "./segment.ts";

/** What recovery rebuilds beside the segments themselves. */
export type DerivedState = {
  readonly epochs: LeaderEpochs;
  readonly producers: ProducerStates;
  readonly snapshots: ProducerSnapshots;
};

/** What recovery has to know of a log. */
export type RecoveryOptions = {
  readonly config: LogConfig;
  readonly log: Log;
  /** Compaction has looked at all below. */
  readonly cleanedOffset: Offset;
};

/** What recovery found. */
export type Recovered = {
  /** Behind the last good batch. */
  readonly nextOffset: Offset;
  /** Bytes cut from the first damaged segment. */
  readonly truncatedBytes: number;
  /** Index of the first segment behind the damage, which has to go with all later ones; undefined when there was none. */
  readonly firstLost: number | undefined;
};

/**
 * Reads the segments from index `first` on as a crash may have left them, batch by batch: header sane, CRC right, offsets growing. Cuts the file
 * behind the last good batch, and rebuilds indexes, transaction index, leader epochs and producers in the same pass (Kafka's LogSegment.recover).
 * `producers` holds the state before the first of them. Throws DiskError.
 */
export function recoverSegments(
  segments: readonly Segment[],
  first: number,
  state: DerivedState,
  { config, log, cleanedOffset }: RecoveryOptions,
): Recovered {
  let nextOffset = segments[first]?.baseOffset ?? 0;
  for (let index = first; index < segments.length; index++) {
    const segment = segments[index];
    if (segment === undefined) break;
    // A segment begins where the one before ended: where it does not, the end of that one was in no page that reached the disk. Our compaction keeps
    // that end, Apache Kafka's leaves gaps.
    const mayHaveGap = segment.baseOffset >= nextOffset && segment.baseOffset <= cleanedOffset;
    if (index > first && segment.baseOffset !== nextOffset && !mayHaveGap) {
      log.warn(
        { file: segment.path(".log"), nextOffset },
        "records in front of a segment are lost; the log ends there",
      );
      return { nextOffset, truncatedBytes: 0, firstLost: index };
    }
    if (index > first) state.snapshots.write(segment.baseOffset, state.producers.toSnapshot());
    const fileBytes = segment.beginRecovery();
    nextOffset = recoverSegment(segment, fileBytes, state, config);
    const truncatedBytes = fileBytes - segment.sizeBytes;
    // The last segment's are written when it is rolled or closed.
    if (index < segments.length - 1) segment.writeIndexes();
    if (truncatedBytes > 0) {
      segment.cutFile();
      log.warn({ file: segment.path(".log"), truncatedBytes, nextOffset }, "cut a damaged or torn tail from a segment");
      return { nextOffset, truncatedBytes, firstLost: index + 1 < segments.length ? index + 1 : undefined };
    }
  }
  return { nextOffset, truncatedBytes: 0, firstLost: undefined };
}

/** Applies the batches in [fromOffset, toOffset) to the producers, as they were applied when they were appended. Headers only, but for markers. */
export function replayProducers(
  segments: readonly Segment[],
  producers: ProducerStates,
  fromOffset: Offset,
  toOffset: Offset,
): void {
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    if (segment.baseOffset >= toOffset || (next !== undefined && next.baseOffset <= fromOffset)) continue;
    segment.scan(segment.positionOf(fromOffset), (batch) => {
      if (batch.baseOffset >= toOffset) return "stop";
      const completed = producers.apply(batch);
      if (completed !== undefined) producers.complete(completed);
      return undefined;
    });
  }
}

function recoverSegment(segment: Segment, fileBytes: number, state: DerivedState, config: LogConfig): Offset {
  let nextOffset = segment.baseOffset;
  segment.scanFile(fileBytes, (batch) => {
    if (batch.baseOffset < nextOffset || !batch.isCrcValid()) return "damaged";
    segment.noteBatch(batch, config.indexIntervalBytes);
    nextOffset = batch.nextOffset;
    noteEpoch(state.epochs, batch);
    const completed = state.producers.apply(batch);
    if (completed === undefined) return undefined;
    if (completed.isAborted) {
      segment.addAbortedTransaction({ ...completed, lastStableOffset: state.producers.stableOffsetAfter(completed) });
    }
    state.producers.complete(completed);
    return undefined;
  });
  return nextOffset;
}

/** Notes the epoch of a batch that is newer than all known. */
export function noteEpoch(epochs: LeaderEpochs, batch: BatchView): void {
  const epoch = batch.partitionLeaderEpoch;
  if (epoch > (epochs.latest?.epoch ?? -1)) epochs.add(epoch, batch.baseOffset);
}
