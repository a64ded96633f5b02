import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { realDisk } from "../../../environment/real/disk.ts";
import { realEnvironment } from "../../../environment/real/real-environment.ts";
import { RecordingLog } from "../../../environment/simulated/log.ts";
import { buildBatch, type BatchOptions } from "../../../wire/record-batch-builder.ts";
import { batchesIn } from "../../../wire/record-batch.ts";
import { RecordCursor } from "../../../wire/record-cursor.ts";
import { isRefusal, type Refusal } from "../../refusal.ts";
import type { AppendedBatch, AppendOptions } from "../append.ts";
import { cleanableRange } from "../cleaner/cleanable.ts";
import { cleanLog } from "../cleaner/clean-log.ts";
import { Pacer } from "../cleaner/pacer.ts";
import { OpenFiles } from "../open-files.ts";
import { defaultLogConfig, type LogConfig } from "../log-config.ts";
import type { OpenLog } from "../open-log.ts";
import { PartitionLog } from "../partition-log.ts";

/** A wall clock's reading, for timestamps in tests. */
export const NOW_MS = 1_767_225_600_000;
export const TOPIC_PARTITION = { topic: "orders", partition: 0 };

/** A directory that goes when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "odradek-log-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A log on the real disk in a directory of its own; give `directory` to open an earlier one again. */
export function openTestLog(config: Partial<LogConfig> = {}, options: Partial<OpenLog> = {}): PartitionLog {
  return PartitionLog.open({
    disk: realDisk,
    log: new RecordingLog(() => NOW_MS),
    directory: options.directory ?? join(temporaryDirectory(), "orders-0"),
    topicPartition: TOPIC_PARTITION,
    config: { ...defaultLogConfig, ...config },
    recoveryPoint: 0,
    cleanShutdown: false,
    nowMs: NOW_MS,
    ...options,
  });
}

/** A batch as a producer sends it; the values are strings, the timestamps `timestampMs` and one more for each. */
export function batchOf(
  values: readonly (string | null)[],
  options: BatchOptions & { readonly timestampMs?: number; readonly key?: string | null } = {},
): Uint8Array {
  const { timestampMs = NOW_MS, key = "k", ...rest } = options;
  return buildBatch(
    values.map((value, index) => ({
      timestampMs: timestampMs + index,
      key: key === null ? null : Buffer.from(key),
      value: value === null ? null : Buffer.from(value),
    })),
    rest,
  );
}

/** Appends as a client's Produce request does, and moves the high watermark as a single replica does. Fails the test on a refusal. */
export function produce(log: PartitionLog, batch: Uint8Array, options: Partial<AppendOptions> = {}): AppendedBatch {
  const appended = tryProduce(log, batch, options);
  if (isRefusal(appended)) throw new Error(`refused with ${appended.errorCode}: ${appended.message ?? ""}`);
  return appended;
}

/** As `produce`; a refusal is answered. */
export function tryProduce(
  log: PartitionLog,
  batch: Uint8Array,
  options: Partial<AppendOptions> = {},
): AppendedBatch | Refusal {
  const appended = log.appendAsLeader(batch, {
    origin: "client",
    leaderEpoch: 0,
    nowMs: NOW_MS,
    apiVersion: 12,
    ...options,
  });
  log.updateHighWatermark(log.logEndOffset);
  return appended;
}

/** One pass of compaction over all that may be compacted, due or not. */
export async function compact(log: PartitionLog, nowMs = NOW_MS): Promise<void> {
  const { clock, disk } = realEnvironment({ log: new RecordingLog(() => nowMs) });
  const cleaned = await cleanLog(log, cleanableRange(log, nowMs), {
    files: new OpenFiles(disk),
    disk,
    pacer: new Pacer(clock, () => ({ sliceBytes: Infinity, bytesPerSecond: Infinity })),
    limits: { bufferBytes: 1_000_000, loadFactor: 0.9 },
    nowMs,
    isOver: () => false,
  });
  log.cleanedOffset = cleaned.cleanedOffset;
}

/** Everything in the log from `fromOffset` on, as `offset:value`. */
export function contentOf(log: PartitionLog, fromOffset = log.logStartOffset): string[] {
  const found: string[] = [];
  let offset = fromOffset;
  while (offset < log.logEndOffset) {
    const read = log.read(offset, { maxBytes: 1_000_000, maxOffset: log.logEndOffset, atLeastOneBatch: true });
    if (isRefusal(read)) throw new Error(`refused with ${read.errorCode}: ${read.message ?? ""}`);
    if (read.bytes.length === 0) break;
    found.push(...recordsIn(read.bytes));
    offset = read.nextOffset;
  }
  return found;
}

/** The records of batches as `offset:value`. */
export function recordsIn(bytes: Uint8Array): string[] {
  const found: string[] = [];
  for (const batch of batchesIn(bytes)) {
    const cursor = new RecordCursor().open(batch);
    while (cursor.next()) {
      const value = cursor.value();
      found.push(`${cursor.offset}:${value === null ? "" : Buffer.from(value).toString()}`);
    }
  }
  return found;
}
