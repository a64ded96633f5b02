import assert from "node:assert/strict";
import { Simulation, type RunningProgram } from "../../../../environment/simulated/simulation.ts";
import { CODECS } from "../../../../wire/compression.ts";
import { buildEndTransactionMarker, controlRecordType } from "../../../../wire/control-record.ts";
import { batchesIn } from "../../../../wire/record-batch.ts";
import { buildBatch } from "../../../../wire/record-batch-builder.ts";
import { recordsOf } from "../../../../wire/record-cursor.ts";
import { isRefusal } from "../../../refusal.ts";
import { defaultLogConfig, type Offset } from "../../log-config.ts";
import { OpenFiles } from "../../open-files.ts";
import { PartitionLog } from "../../partition-log.ts";
import { NOW_MS, TOPIC_PARTITION } from "../../testing/test-log.ts";
import { cleanableRange } from "../cleanable.ts";
import { type Cleaned, cleanLog } from "../clean-log.ts";
import { Pacer } from "../pacer.ts";

const DIRECTORY = "/data/orders-0";
const KEYS = 6;
/** delete.retention.ms of the log. */
export const DELETE_RETENTION_MS = 10_000;

/** One record as it was appended; a null value is a tombstone. */
type Written = { readonly offset: Offset; readonly key: string; readonly value: string | null };
/** One batch as it was appended: all that a slow reader of the whole history needs. */
type WrittenBatch = {
  readonly lastOffset: Offset;
  readonly producerId: number;
  readonly isTransactional: boolean;
  readonly marker?: "abort" | "commit";
  readonly records: readonly Written[];
};

/** A compacted log on a simulated machine beside everything that was ever appended to it. */
export class CompactedWorld {
  readonly simulation: Simulation;
  readonly machine: ReturnType<Simulation["machine"]>;
  program: RunningProgram;
  log: PartitionLog;
  /** What it takes to append the same again: in order of offset. */
  history: WrittenBatch[] = [];
  nowMs = NOW_MS;
  /** All below is durable: it was flushed, and the flush was over. */
  durableOffset = 0;
  #files: OpenFiles;

  constructor(seed: number) {
    this.simulation = new Simulation(seed);
    this.machine = this.simulation.machine("node-1");
    this.program = this.machine.start("setup");
    this.program.environment.disk.makeDirectory(DIRECTORY);
    this.machine.disk.makeDurable();
    this.#files = new OpenFiles(this.program.environment.disk);
    this.log = this.#open(0);
  }

  /** The next life of the log on the disk as it was left. */
  reopen(recoveryPoint: Offset): void {
    this.program = this.machine.start("broker");
    this.#files = new OpenFiles(this.program.environment.disk);
    this.log = this.#open(recoveryPoint);
    this.history = this.history.filter(({ lastOffset }) => lastOffset < this.log.logEndOffset);
  }

  /** Appends something drawn from the seed: plain, idempotent or transactional records, or the end of a transaction. */
  append(): void {
    const { random } = this.simulation;
    const producerId = random.int(0, 3) - 1;
    const isTransactional = producerId >= 1;
    const state = this.log.producerStates.get(producerId);
    if (isTransactional && state?.transactionFirstOffset !== undefined && random.int(0, 2) === 0) {
      return this.#append(
        buildEndTransactionMarker({
          type: random.int(0, 1) === 0 ? "abort" : "commit",
          producerId,
          producerEpoch: 0,
          coordinatorEpoch: 0,
          timestampMs: this.nowMs,
        }),
      );
    }
    const records = Array.from({ length: random.int(1, 4) }, () => ({
      timestampMs: this.nowMs - random.int(0, 5),
      key: Buffer.from(`k${random.int(0, KEYS - 1)}`),
      value: random.int(0, 4) === 0 ? null : Buffer.from("v".repeat(random.int(0, 60)) + random.int(0, 999)),
    }));
    const last = state?.batches.at(-1)?.lastSequence ?? -1;
    const producer = producerId < 0 ? {} : { producerId, producerEpoch: 0, baseSequence: last + 1, isTransactional };
    this.#append(buildBatch(records, { codec: CODECS[random.int(0, CODECS.length - 1)] ?? "none", ...producer }));
  }

  /** Appends one batch of these keys and values; null is a tombstone. */
  write(...records: readonly (readonly [key: string, value: string | null])[]): void {
    const { nowMs: timestampMs } = this;
    const bytes = (text: string | null) => (text === null ? null : Buffer.from(text));
    this.#append(buildBatch(records.map(([key, value]) => ({ timestampMs, key: bytes(key), value: bytes(value) }))));
  }

  async flush(): Promise<void> {
    const end = this.log.logEndOffset;
    await this.log.flush();
    this.durableOffset = end;
  }

  /** One pass over whatever may be compacted, due or not; undefined where there is nothing. */
  clean(): Promise<Cleaned> | undefined {
    const { clock, disk } = this.program.environment;
    const range = cleanableRange(this.log, this.nowMs);
    if (range.cleanableBytes === 0) return undefined;
    return cleanLog(this.log, range, {
      files: this.#files,
      disk,
      pacer: new Pacer(clock, () => ({ sliceBytes: 300, bytesPerSecond: Infinity })),
      limits: { bufferBytes: 10_000, loadFactor: 0.9 },
      nowMs: this.nowMs,
      isOver: () => false,
    }).then((cleaned) => {
      this.log.cleanedOffset = cleaned.cleanedOffset;
      return cleaned;
    });
  }

  /** The log tells what the whole history tells, and holds nothing that was not written. */
  check(): void {
    const survivors = this.#survivors();
    const written = new Map(this.history.flatMap(({ records }) => records.map((each) => [each.offset, each])));
    for (const record of survivors) assert.deepEqual(written.get(record.offset), record);
    assert.deepEqual(this.#committedView(survivors), this.#obviousView());
    const active = this.log.segments.at(-1)?.baseOffset ?? 0;
    const recent = [...written.values()].filter(({ offset }) => offset >= active);
    assert.deepEqual(
      survivors.filter(({ offset }) => offset >= active),
      recent,
    );
  }

  /** Nothing is left below `cleanedOffset` that a newer record of its key there makes superfluous, and no aborted record. */
  checkClean(cleanedOffset: Offset): void {
    const aborted = this.#abortedOffsets();
    const newest = new Map<string, Offset>();
    for (const { records } of this.history)
      for (const { key, offset } of records)
        if (offset < cleanedOffset && !aborted.has(offset)) newest.set(key, offset);
    for (const { key, offset } of this.#survivors().filter((each) => each.offset < cleanedOffset)) {
      assert.equal(offset, newest.get(key));
      assert.equal(aborted.has(offset), false);
    }
  }

  /** What is known of the producers; the time of a last batch whose newest record is gone is that of what is left, as in Kafka. */
  producers(): unknown[] {
    return this.log.producerStates.toSnapshot().map((entry) => ({ ...entry, timestampMs: 0 }));
  }

  /** Names in the partition's directory. */
  files(): string[] {
    return this.program.environment.disk.list(DIRECTORY).map(({ name }) => name);
  }

  /** What a reader finds, as `offset:key=value`. */
  content(): string[] {
    return this.#survivors().map(({ offset, key, value }) => `${offset}:${key}=${value}`);
  }

  #open(recoveryPoint: Offset): PartitionLog {
    const { disk, log } = this.program.environment;
    return PartitionLog.open({
      disk,
      log,
      files: this.#files,
      directory: DIRECTORY,
      topicPartition: TOPIC_PARTITION,
      config: {
        ...defaultLogConfig,
        segmentBytes: 700,
        indexIntervalBytes: 150,
        cleanupPolicy: { delete: false, compact: true },
        deleteRetentionMs: DELETE_RETENTION_MS,
      },
      recoveryPoint,
      cleanShutdown: false,
      nowMs: NOW_MS,
    });
  }

  #append(batch: Uint8Array): void {
    const appended = this.log.appendAsLeader(batch, { origin: "coordinator", leaderEpoch: 0, nowMs: this.nowMs });
    if (isRefusal(appended)) throw new Error(`refused with ${appended.errorCode}`);
    this.log.updateHighWatermark(this.log.logEndOffset);
    for (const view of batchesIn(batch)) {
      const records = [...recordsOf(view)];
      const { lastOffset, producerId, isTransactional } = view;
      const type = view.isControl ? controlRecordType(records[0]?.key ?? null) : undefined;
      this.history.push({
        lastOffset,
        producerId,
        isTransactional,
        ...(type === "abort" || type === "commit" ? { marker: type } : {}),
        records: view.isControl ? [] : records.map(asWritten),
      });
    }
  }

  #survivors(): Written[] {
    return this.#batches().flatMap(({ records }) => records);
  }

  #batches(): (WrittenBatch & { readonly baseOffset: Offset })[] {
    const found: (WrittenBatch & { readonly baseOffset: Offset })[] = [];
    const { log } = this;
    for (let offset = log.logStartOffset; offset < log.logEndOffset;) {
      const read = log.read(offset, { maxBytes: 2000, maxOffset: log.logEndOffset, atLeastOneBatch: true });
      if (isRefusal(read) || read.bytes.length === 0) throw new Error(`nothing to read at ${offset}`);
      for (const view of batchesIn(read.bytes)) {
        assert.equal(view.isCrcValid(), true);
        const records = [...recordsOf(view)];
        const type = view.isControl && view.count > 0 ? controlRecordType(records[0]?.key ?? null) : undefined;
        found.push({
          baseOffset: view.baseOffset,
          lastOffset: view.lastOffset,
          producerId: view.producerId,
          isTransactional: view.isTransactional,
          ...(type === "abort" || type === "commit" ? { marker: type } : {}),
          records: view.isControl ? [] : records.map(asWritten),
        });
      }
      offset = read.nextOffset;
    }
    return found;
  }

  /** What a read_committed consumer makes of the log, by the aborted transactions that a fetch would tell (Kafka's CompletedFetch). */
  #committedView(survivors: readonly Written[]): Record<string, string> {
    const visible = new Set(survivors.map(({ offset }) => offset));
    const aborted = this.log
      .abortedTransactions(this.log.logStartOffset, this.log.logEndOffset)
      .sort((a, b) => a.firstOffset - b.firstOffset);
    const inAborted = new Set<number>();
    for (const batch of this.#batches()) {
      while ((aborted[0]?.firstOffset ?? Infinity) <= batch.lastOffset)
        inAborted.add(aborted.shift()?.producerId ?? -1);
      if (batch.marker === "abort") inAborted.delete(batch.producerId);
      if (!batch.isTransactional || !inAborted.has(batch.producerId)) continue;
      for (const { offset } of batch.records) visible.delete(offset);
    }
    return viewOf(survivors.filter(({ offset }) => visible.has(offset)));
  }

  #obviousView(): Record<string, string> {
    const aborted = this.#abortedOffsets();
    return viewOf(this.history.flatMap(({ records }) => records).filter(({ offset }) => !aborted.has(offset)));
  }

  #abortedOffsets(): Set<Offset> {
    const aborted = new Set<Offset>();
    const open = new Map<number, Offset[]>();
    for (const { producerId, isTransactional, marker, records } of this.history) {
      if (marker === "abort") for (const offset of open.get(producerId) ?? []) aborted.add(offset);
      if (marker !== undefined) open.delete(producerId);
      else if (isTransactional)
        open.set(producerId, [...(open.get(producerId) ?? []), ...records.map(({ offset }) => offset)]);
    }
    return aborted;
  }
}

function asWritten({
  offset,
  key,
  value,
}: {
  offset: Offset;
  key: Uint8Array | null;
  value: Uint8Array | null;
}): Written {
  return {
    offset,
    key: Buffer.from(key ?? []).toString(),
    value: value === null ? null : Buffer.from(value).toString(),
  };
}

/** The latest value of each key; a tombstone takes the key away. */
function viewOf(records: readonly Written[]): Record<string, string> {
  const view = new Map<string, string>();
  for (const { key, value } of records) {
    if (value === null) view.delete(key);
    else view.set(key, value);
  }
  return Object.fromEntries([...view].sort(([a], [b]) => a.localeCompare(b)));
}
