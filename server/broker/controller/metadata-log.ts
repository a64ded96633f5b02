import assert from "node:assert/strict";
import type { Environment } from "../../environment/environment.ts";
import { DiskError } from "../../environment/environment.ts";
import { controlRecordKey } from "../../wire/control-record.ts";
import { decodeMetadataRecord } from "../../wire/records/metadata/table.ts";
import { LeaderChangeMessage } from "../../wire/records/raft/leader-change-message.ts";
import { buildBatch } from "../../wire/record-batch-builder.ts";
import type { BrokerConfig } from "../config/broker-config.ts";
import { defaultLogConfig, type LogConfig } from "../log/log-config.ts";
import { claimDirectory, LogDirectoryError } from "../log/meta-properties.ts";
import { PartitionLog } from "../log/partition-log.ts";
import { isRefusal } from "../refusal.ts";
import { apply } from "./apply.ts";
import { applyBatches } from "./apply-batches.ts";
import { noChanges, type MutableChanges } from "./changes.ts";
import { METADATA_TOPIC, METADATA_TOPIC_ID } from "./directory-id.ts";
import { directoriesToSync } from "./new-directories.ts";
import { emptyImage, type MetadataImage, type MutableImage } from "./image.ts";
import { refuseDamagedLog, wholeSnapshot } from "./metadata-damage.ts";
import type { NewMetadataRecord } from "./new-record.ts";
import { readQuorumState, writeQuorumState } from "./quorum-state.ts";
import { listSnapshots, readSnapshotFile, snapshotFileName, writeSnapshot, type SnapshotId } from "./snapshot-file.ts";

/** Bytes read at a time while the log is replayed. */
const REPLAY_BYTES = 1 << 20;
const VERSION = 0;
/** Records since the last snapshot that make a clean stop write one: the next start of all nodes then reads each topic and partition once. */
const SNAPSHOT_AT_STOP_BYTES = 262_144;

/** What the log is opened with. */
export type MetadataLogOptions = {
  readonly environment: Environment;
  readonly config: BrokerConfig;
  readonly clusterId: string;
  /** A write or sync failed: the controller cannot go on. */
  readonly onFailure: (error: unknown) => void;
};

/**
 * `__cluster_metadata-0` with the image that it builds. The one voter leads from the start, in a new epoch each time. Records are applied when written and
 * count as committed when they are durable: then observers get them and `whenCommitted` calls back. All that waits shares one sync.
 */
export class MetadataLog {
  readonly #options: MetadataLogOptions;
  readonly #log: PartitionLog;
  readonly #image: MutableImage;
  readonly epoch: number;
  readonly directoryId: string;
  #isSyncing = false;
  #isClosed = false;
  #bytesSinceSnapshot = 0;
  #snapshot: SnapshotId | undefined;
  /** Made by this start and not yet durable. */
  #newDirectories: readonly string[];
  readonly #commits: { readonly endOffset: number; readonly done: () => void }[] = [];
  readonly #watchers = new Set<() => void>();

  private constructor(
    options: MetadataLogOptions,
    opened: {
      readonly log: PartitionLog;
      readonly image: MutableImage;
      readonly epoch: number;
      readonly directoryId: string;
      readonly snapshot: SnapshotId | undefined;
      readonly newDirectories: readonly string[];
      /** Of records after the snapshot. */
      readonly bytes: number;
    },
  ) {
    this.#options = options;
    this.#log = opened.log;
    this.#image = opened.image;
    this.epoch = opened.epoch;
    this.directoryId = opened.directoryId;
    this.#snapshot = opened.snapshot;
    this.#newDirectories = opened.newDirectories;
    this.#bytesSinceSnapshot = opened.bytes;
  }

  /** Claims metadata.log.dir, replays what is there, and begins a new epoch. Throws LogDirectoryError, QuorumStateError, DiskError, WireError. */
  static open(options: MetadataLogOptions): MetadataLog {
    const { environment, config, clusterId, onFailure } = options;
    const { disk } = environment;
    const nodeId = config.nodeId;
    const newDirectories = directoriesToSync(disk, config.metadataLogDir);
    const directoryId = claimDirectory(disk, environment.random, config.metadataLogDir, { clusterId, nodeId });
    const directory = `${config.metadataLogDir}/${METADATA_TOPIC}-0`;
    const snapshot = listSnapshots(disk, directory).at(-1);
    refuseDamagedLog(disk, directory);
    const log = PartitionLog.open({
      disk,
      log: environment.log,
      directory,
      topicPartition: { topic: METADATA_TOPIC, partition: 0 },
      topicId: METADATA_TOPIC_ID,
      config: logConfig(config),
      // The whole log is checked at each start; snapshots keep it short.
      recoveryPoint: 0,
      cleanShutdown: false,
      nowMs: environment.clock.wallMs(),
      onDiskError: onFailure,
    });
    const { image, bytes } = replay(options, log, directory, snapshot);
    const before = readQuorumState(disk, directory);
    const epoch = Math.max(before?.leaderEpoch ?? 0, log.latestEpoch ?? 0) + 1;
    const voters = config.quorumVoters.map((voter) => voter.id);
    writeQuorumState(disk, directory, {
      leaderId: nodeId,
      leaderEpoch: epoch,
      voters: voters.length > 0 ? voters : [nodeId],
    });
    const metadata = new MetadataLog(options, { log, image, epoch, directoryId, snapshot, newDirectories, bytes });
    metadata.#announceLeader(voters.length > 0 ? voters : [nodeId]);
    return metadata;
  }

  /** What the records so far say, durable or not. */
  get image(): MetadataImage {
    return this.#image;
  }

  /** End of what is durable; observers see no more. */
  get highWatermark(): number {
    return this.#log.highWatermark;
  }

  get logEndOffset(): number {
    return this.#log.logEndOffset;
  }

  get logStartOffset(): number {
    return this.#log.logStartOffset;
  }

  /** The newest snapshot. */
  get snapshot(): SnapshotId | undefined {
    return this.#snapshot;
  }

  /** The bytes of the newest snapshot, when it is the one asked for. */
  snapshotBytes(id: SnapshotId): Uint8Array | undefined {
    return readSnapshotFile(this.#options.environment.disk, this.#directory, id);
  }

  /** Whether the cluster's first records are still to be written. */
  get isEmpty(): boolean {
    return this.#image.features.size === 0;
  }

  /** Writes the records as one batch and applies them. Answers the offset after them. Throws DiskError: then nothing was applied. */
  append(records: readonly NewMetadataRecord[], changes: MutableChanges = noChanges()): number {
    if (records.length === 0) return this.logEndOffset;
    const timestampMs = this.#options.environment.clock.wallMs();
    const batch = buildBatch(records.map((value) => ({ timestampMs, key: null, value })));
    const lastOffset = this.#write(batch, timestampMs);
    for (const record of records) apply(this.#image, decodeMetadataRecord(record), changes);
    this.#image.provenance = { offset: lastOffset, epoch: this.epoch, timestampMs };
    this.#maybeSnapshot(batch.byteLength);
    return lastOffset + 1;
  }

  /** Calls back once all before `endOffset` is durable; never when the log fails. */
  whenCommitted(endOffset: number, done: () => void): void {
    if (endOffset <= this.highWatermark) return done();
    this.#commits.push({ endOffset, done });
    this.#sync();
  }

  /** Calls back at each move of the high watermark until cancelled. */
  watch(moved: () => void): () => void {
    this.#watchers.add(moved);
    return () => this.#watchers.delete(moved);
  }

  /** Committed batches from an offset on. */
  read(fromOffset: number, maxBytes: number): Uint8Array {
    const read = this.#log.read(fromOffset, { maxBytes, maxOffset: this.highWatermark, atLeastOneBatch: true });
    return isRefusal(read) ? new Uint8Array(0) : read.bytes;
  }

  /** Where a follower's log that ends with `epoch` must agree with ours (KIP-595). */
  endOffsetForEpoch(epoch: number): { readonly epoch: number; readonly endOffset: number } | undefined {
    return this.#log.endOffsetForEpoch(epoch);
  }

  /** Writes a snapshot if there are records since the last one; beyond metadata.max.retention.bytes the log before it and older snapshots go. */
  snapshotNow(): void {
    if (this.#bytesSinceSnapshot === 0) return;
    this.#bytesSinceSnapshot = 0;
    const { environment, config } = this.#options;
    const nowMs = environment.clock.wallMs();
    const older = listSnapshots(environment.disk, this.#directory);
    const snapshot = writeSnapshot(environment.disk, this.#directory, this.#image, nowMs);
    this.#snapshot = snapshot;
    environment.log.info({ endOffset: snapshot.endOffset, epoch: snapshot.epoch }, "metadata snapshot written");
    const snapshotsBytes = [...older, snapshot].reduce((sum, id) => sum + this.#snapshotSizeBytes(id), 0);
    if (this.#log.sizeBytes + snapshotsBytes <= config.get("metadata.max.retention.bytes")) return;
    this.#log.deleteRecordsBefore(Math.min(snapshot.endOffset, this.highWatermark), nowMs);
    for (const id of older) environment.disk.remove(`${this.#directory}/${snapshotFileName(id)}`);
  }

  /** Makes all durable, with a snapshot when there is much to replay, and closes the files. */
  async close(): Promise<void> {
    if (this.#bytesSinceSnapshot >= SNAPSHOT_AT_STOP_BYTES) await this.#snapshotAtStop();
    this.#isClosed = true;
    await this.#log.close();
  }

  /** The log has all of it too. */
  async #snapshotAtStop(): Promise<void> {
    try {
      await this.#log.flush();
      this.#log.updateHighWatermark(this.logEndOffset);
      this.snapshotNow();
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      this.#options.environment.log.warn(
        { reason: error.message },
        "no metadata snapshot could be written at the stop",
      );
    }
  }

  #snapshotSizeBytes(id: SnapshotId): number {
    const { disk } = this.#options.environment;
    const file = disk.open(`${this.#directory}/${snapshotFileName(id)}`);
    try {
      return disk.sizeBytes(file);
    } finally {
      disk.close(file);
    }
  }

  get #directory(): string {
    return this.#log.directory;
  }

  /** A new leader's first batch (KIP-595). */
  #announceLeader(voters: readonly number[]): void {
    const { environment, config } = this.#options;
    const timestampMs = environment.clock.wallMs();
    const ids = voters.map((voterId) => ({ voterId }));
    const message = {
      version: VERSION,
      leaderId: config.nodeId,
      voters: ids,
      grantingVoters: [{ voterId: config.nodeId }],
    };
    const value = LeaderChangeMessage.encodeToBuffer(message, VERSION);
    this.#log.startEpoch(this.epoch);
    const batch = buildBatch([{ timestampMs, key: controlRecordKey("leaderChange"), value }], { isControl: true });
    const offset = this.#write(batch, timestampMs);
    this.#image.provenance = { offset, epoch: this.epoch, timestampMs };
  }

  #write(batch: Uint8Array, nowMs: number): number {
    const appended = this.#log.appendAsLeader(batch, { origin: "raft", leaderEpoch: this.epoch, nowMs });
    assert(!isRefusal(appended), "the controller's own batches are sound");
    this.#sync();
    return appended.lastOffset;
  }

  /** One sync at a time; what is written meanwhile waits for the next. */
  #sync(): void {
    if (this.#isSyncing || this.#isClosed) return;
    this.#isSyncing = true;
    this.#syncLoop().catch((error: unknown) => this.#options.onFailure(error));
  }

  async #syncLoop(): Promise<void> {
    const { disk } = this.#options.environment;
    await Promise.all(this.#newDirectories.map((path) => disk.syncDirectory(path)));
    this.#newDirectories = [];
    while (!this.#isClosed && this.highWatermark < this.logEndOffset) {
      const endOffset = this.logEndOffset;
      await this.#log.flush();
      this.#log.updateHighWatermark(endOffset);
      const due = this.#commits.filter((commit) => commit.endOffset <= endOffset);
      this.#commits.splice(0, due.length);
      for (const commit of due) commit.done();
      for (const moved of this.#watchers) moved();
    }
    this.#isSyncing = false;
  }

  #maybeSnapshot(addedBytes: number): void {
    this.#bytesSinceSnapshot += addedBytes;
    const limitBytes = this.#options.config.get("metadata.log.max.record.bytes.between.snapshots");
    if (this.#bytesSinceSnapshot >= limitBytes) this.snapshotNow();
  }
}

/** The image of the newest snapshot and all records after it, and how many bytes those are. */
function replay(
  options: MetadataLogOptions,
  log: PartitionLog,
  directory: string,
  snapshot: SnapshotId | undefined,
): { readonly image: MutableImage; readonly bytes: number } {
  const image = emptyImage();
  let offset = 0;
  if (snapshot !== undefined) {
    const read = readSnapshotFile(options.environment.disk, directory, snapshot) ?? new Uint8Array(0);
    applyBatches(image, wholeSnapshot(read, directory, snapshot, log.logStartOffset), noChanges());
    image.provenance = { ...image.provenance, offset: snapshot.endOffset - 1, epoch: snapshot.epoch };
    offset = snapshot.endOffset;
    if (log.logEndOffset < offset) log.truncateFullyAndStartAt(offset, options.environment.clock.wallMs());
  }
  if (log.logStartOffset > offset)
    throw new LogDirectoryError(
      `${directory} begins at offset ${log.logStartOffset}, and there is no snapshot (.checkpoint) of what was before: restore the directory from a copy`,
    );
  let replayedBytes = 0;
  while (offset < log.logEndOffset) {
    const read = log.read(offset, { maxBytes: REPLAY_BYTES, maxOffset: log.logEndOffset, atLeastOneBatch: true });
    assert(!isRefusal(read), "the log has what lies between its ends");
    applyBatches(image, read.bytes, noChanges());
    offset = read.nextOffset;
    replayedBytes += read.bytes.byteLength;
  }
  return { image, bytes: replayedBytes };
}

function logConfig(config: BrokerConfig): LogConfig {
  return {
    ...defaultLogConfig,
    segmentBytes: config.get("internal.metadata.log.segment.bytes") ?? config.get("metadata.log.segment.bytes"),
    segmentMs: config.get("metadata.log.segment.ms"),
    maxMessageBytes: config.get("internal.metadata.max.batch.size.in.bytes"),
    cleanupPolicy: { delete: false, compact: false },
    retentionMs: "unlimited",
    retentionBytes: "unlimited",
    messageTimestampAfterMaxMs: Number.MAX_SAFE_INTEGER,
  };
}
