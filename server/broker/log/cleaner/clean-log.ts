import type { BatchView } from "../../../wire/record-batch.ts";
import { RecordCursor } from "../../../wire/record-cursor.ts";
import type { Disk } from "../../../environment/environment.ts";
import type { Offset } from "../log-config.ts";
import { CLEANED_SUFFIX, SWAP_SUFFIX } from "../log-files.ts";
import type { OpenFiles } from "../open-files.ts";
import type { PartitionLog } from "../partition-log.ts";
import { Segment } from "../segment.ts";
import { RELATIVE_OFFSET_MAX } from "../segment-indexes.ts";
import { cleanBatch, type CleaningRules } from "./clean-batch.ts";
import type { CleanableRange } from "./cleanable.ts";
import { CleanedTransactions } from "./cleaned-transactions.ts";
import { KeyOffsets, type KeyOffsetsLimits } from "./key-offsets.ts";
import type { Pacer } from "./pacer.ts";

/** What a pass works with. */
export type CleaningTools = {
  readonly files: OpenFiles;
  readonly disk: Disk;
  readonly pacer: Pacer;
  readonly limits: KeyOffsetsLimits;
  /** Wall clock. */
  readonly nowMs: number;
  /** Asked after each rest: the broker stops, or the topic is not compacted any more. */
  readonly isOver: () => boolean;
};

/** What a pass did. */
export type Cleaned = {
  /** All below was looked at. */
  readonly cleanedOffset: Offset;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
};

/** The pass was given up in the middle, and left the log whole: it was cut, deleted or closed, or is not compacted any more. */
export class CleaningAborted extends Error {
  override readonly name = "CleaningAborted";
}

/** A log that cannot be compacted as it is; the message says why and what to do. */
export class UncleanableLog extends Error {
  override readonly name = "UncleanableLog";
}

/**
 * One pass over a log (Kafka's Cleaner): notes the newest offset of each key in the dirty part, then writes all segments up to its end anew, several
 * small ones as one, and swaps them in. Rejects with CleaningAborted, UncleanableLog, DiskError, and WireError at records that cannot be read.
 */
export async function cleanLog(log: PartitionLog, range: CleanableRange, tools: CleaningTools): Promise<Cleaned> {
  const { firstDirtyOffset, firstUncleanableOffset } = range;
  const keys = new KeyOffsets(firstUncleanableOffset - firstDirtyOffset, tools.limits);
  await noteKeys(log, range, keys, tools);
  const cleanedOffset = keys.latestOffset + 1;
  if (cleanedOffset <= firstDirtyOffset) {
    throw new UncleanableLog("log.cleaner.dedupe.buffer.size is too small for the keys of one batch; make it larger");
  }
  const { producerStates: producers, config } = log;
  const transactions = new CleanedTransactions();
  const { nowMs } = tools;
  const rules = { keys, transactions, producers, nowMs, deleteRetentionMs: config.deleteRetentionMs };
  let bytesBefore = 0;
  let bytesAfter = 0;
  for (const group of groupsOf(log, cleanedOffset, firstUncleanableOffset)) {
    bytesBefore += sizeOf(group.segments);
    bytesAfter += await cleanGroup(log, group, rules, tools);
  }
  return { cleanedOffset, bytesBefore, bytesAfter };
}

/** Segments that become one. */
type Group = {
  readonly segments: readonly Segment[];
  /** Where the segment behind them begins. */
  readonly endOffset: Offset;
};

/** Neighbours that fit into one segment together (Kafka's Cleaner.groupSegmentsBySize). */
function groupsOf({ segments, config }: PartitionLog, cleanedOffset: Offset, firstUncleanableOffset: Offset): Group[] {
  const groups: { segments: Segment[]; endOffset: Offset }[] = [];
  for (const [index, segment] of segments.entries()) {
    if (segment.baseOffset >= Math.min(cleanedOffset, firstUncleanableOffset)) break;
    const endOffset = segments[index + 1]?.baseOffset ?? firstUncleanableOffset;
    const group = groups.at(-1);
    const baseOffset = group?.segments[0]?.baseOffset ?? 0;
    const fits =
      group !== undefined &&
      sizeOf(group.segments) + segment.sizeBytes <= config.segmentBytes &&
      endOffset - 1 - baseOffset <= RELATIVE_OFFSET_MAX;
    if (!fits) {
      groups.push({ segments: [segment], endOffset });
      continue;
    }
    group.segments.push(segment);
    group.endOffset = endOffset;
  }
  return groups;
}

async function noteKeys(
  log: PartitionLog,
  { firstDirtyOffset, firstUncleanableOffset }: CleanableRange,
  keys: KeyOffsets,
  tools: CleaningTools,
): Promise<void> {
  const transactions = new CleanedTransactions();
  transactions.add(log.abortedTransactions(firstDirtyOffset, firstUncleanableOffset));
  const cursor = new RecordCursor();
  const segments = [...log.segments];
  for (const [index, segment] of segments.entries()) {
    const endOffset = segments[index + 1]?.baseOffset ?? firstUncleanableOffset;
    if (segment.baseOffset >= firstUncleanableOffset || endOffset <= firstDirtyOffset) continue;
    const isFull = await eachBatch(log, segment, segment.approximatePosition(firstDirtyOffset), tools, (batch) => {
      const isAborted = transactions.pass(batch);
      if (batch.isControl || isAborted || noteBatch(batch, cursor, firstDirtyOffset, keys)) {
        if (batch.lastOffset >= firstDirtyOffset) keys.latestOffset = batch.lastOffset;
        return undefined;
      }
      return "stop";
    });
    if (isFull) return;
    keys.latestOffset = endOffset - 1;
  }
}

/** False when the table is full. */
function noteBatch(batch: BatchView, cursor: RecordCursor, firstDirtyOffset: Offset, keys: KeyOffsets): boolean {
  cursor.open(batch);
  while (cursor.next()) {
    const key = cursor.offset < firstDirtyOffset ? null : cursor.key();
    if (key !== null && !keys.put(key, cursor.offset)) return false;
  }
  return true;
}

/** Answers the bytes that are left. */
async function cleanGroup(
  log: PartitionLog,
  group: Group,
  rules: CleaningRules,
  tools: CleaningTools,
): Promise<number> {
  const { files, pacer } = tools;
  const { segments, endOffset } = group;
  const [first] = segments;
  const last = segments.at(-1);
  if (first === undefined || last === undefined) return 0;
  rules.transactions.add(log.abortedTransactions(first.baseOffset, endOffset));
  const cleaned = Segment.create(files, log.directory, first.baseOffset, last.createdMs, CLEANED_SUFFIX);
  try {
    rules.transactions.keep = (entry) => cleaned.addAbortedTransaction(entry);
    for (const segment of segments) {
      await eachBatch(log, segment, 0, tools, (batch, position) => {
        // Its end says where the next segment begins: without it a reader, and recovery, would see a gap.
        const isEnd = segment === last && position + batch.sizeBytes === segment.sizeBytes;
        const kept = cleanBatch(batch, rules, isEnd);
        if (kept === undefined) return;
        cleaned.append(kept, log.config.indexIntervalBytes);
        pacer.spend(kept.length);
      });
    }
    cleaned.writeIndexes();
    await cleaned.sync();
    if (isOver(log, segments, tools)) throw new CleaningAborted("the log has changed");
    cleaned.moveTo(SWAP_SUFFIX);
    await swap(log, cleaned, segments, tools);
    return cleaned.sizeBytes;
  } catch (error) {
    // Of a log that is closed the next start removes them.
    if (log.isClosed) cleaned.close();
    else if (!log.segments.includes(cleaned)) cleaned.remove();
    throw error;
  }
}

/**
 * Each step is durable before the next, so that a crash leaves the old segments, or a `.swap` that says that they are to go, but never both kinds
 * side by side under names of the log.
 */
async function swap(
  log: PartitionLog,
  cleaned: Segment,
  replaced: readonly Segment[],
  { disk, nowMs }: CleaningTools,
): Promise<void> {
  await disk.syncDirectory(log.directory);
  if (!log.swapIn(cleaned, replaced, nowMs)) throw new CleaningAborted("the log has changed");
  await disk.syncDirectory(log.directory);
  log.finishSwap(cleaned);
  if (log.isClosed) return;
  await disk.syncDirectory(log.directory);
  cleaned.dropIndexes();
}

/** Shows each batch from a position on, with rests in between; true when `visit` said "stop". */
async function eachBatch(
  log: PartitionLog,
  segment: Segment,
  from: number,
  tools: CleaningTools,
  visit: (batch: BatchView, position: number) => "stop" | void,
): Promise<boolean> {
  const { pacer } = tools;
  let position = from;
  while (position < segment.sizeBytes) {
    if (isOver(log, [segment], tools)) throw new CleaningAborted("the log has changed");
    let ended: "rest" | "stop" | undefined;
    position = segment.scan(position, (batch, at) => {
      if (pacer.isDue) ended = "rest";
      else if (!batch.isCrcValid()) return "stop";
      else {
        pacer.spend(batch.sizeBytes);
        if (visit(batch, at) === "stop") ended = "stop";
      }
      return ended === undefined ? undefined : "stop";
    });
    if (ended === "stop") return true;
    if (ended === undefined && position < segment.sizeBytes) {
      throw new UncleanableLog(
        `${segment.path(".log")} is damaged at byte ${position}; where the partition has other replicas, remove its directory while the broker is stopped, and it is copied anew`,
      );
    }
    if (ended === "rest") await pacer.rest();
  }
  return false;
}

function isOver(log: PartitionLog, segments: readonly Segment[], { isOver: over }: CleaningTools): boolean {
  return over() || log.isClosed || segments.some((segment) => !log.segments.includes(segment));
}

function sizeOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
}
