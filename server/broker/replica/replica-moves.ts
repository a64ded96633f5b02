import type { Environment, Timer } from "../../environment/environment.ts";
import { DiskError } from "../../environment/environment.ts";
import { KAFKA_STORAGE_ERROR, LOG_DIR_NOT_FOUND, NONE, REPLICA_NOT_AVAILABLE } from "../../wire/errors.ts";
import { CheckpointError } from "../log/checkpoint-file.ts";
import { copySlice } from "../log/copy-slice.ts";
import type { FoundFuture, LogDirectory } from "../log/log-directory.ts";
import type { LogManager } from "../log/log-manager.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { isRefusal } from "../refusal.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { partitionKey } from "../topic-partition.ts";
import type { Partition } from "./partition.ts";
import type { ReplicaManager } from "./replica-manager.ts";
import type { ReplicationQuota } from "./replication-quota.ts";

/** What moves between directories are made with. */
export type ReplicaMoveParts = {
  readonly logs: LogManager;
  readonly replicas: ReplicaManager;
  /** replica.alter.log.dirs.io.max.bytes.per.second. */
  readonly quota: ReplicationQuota;
  /** A bug: the broker must not go on. */
  readonly onFatal: (error: unknown) => void;
};

/** A replica on its way to another directory (Kafka's future replica). */
export type FutureReplica = {
  readonly topicPartition: TopicPartition;
  readonly directory: LogDirectory;
  readonly sizeBytes: number;
  /** Records that it has yet to copy. */
  readonly offsetLag: number;
};

type Move = {
  readonly partition: Partition;
  readonly target: LogDirectory;
  future: PartitionLog;
  /** Most of it is durable, so that closing it takes a moment only. */
  isFlushed: boolean;
  /** It has the partition's own name in its directory. */
  isNamed: boolean;
  isBusy: boolean;
};

/** One read and write: below a millisecond from and to the page cache. */
const SLICE_BYTES = 512 * 1024;
const NEXT_SLICE_MS = 1;
/** A throttled move looks again so soon at the latest. */
const PAUSE_MS = 100;

/**
 * Moves replicas between the log directories of this broker (KIP-113): a copy is made beside the replica, slice by slice, and takes its place once it has
 * everything. Readers and writers notice nothing. A move that a stop or a death interrupts goes on at the next start.
 */
export class ReplicaMoves {
  readonly #moves = new Map<string, Move>();
  readonly #finishing = new Set<Promise<void>>();
  #timer: Timer | undefined;
  #isStopped = false;

  constructor(
    private readonly environment: Environment,
    private readonly parts: ReplicaMoveParts,
  ) {}

  /** Begins a move, or notes where a replica that is not here yet shall be. LOG_DIR_NOT_FOUND, KAFKA_STORAGE_ERROR, REPLICA_NOT_AVAILABLE, or NONE. */
  move(topicPartition: TopicPartition, path: string): number {
    const { logs, replicas } = this.parts;
    const target = logs.directories.find((directory) => directory.path === path);
    if (target === undefined) return LOG_DIR_NOT_FOUND;
    if (!target.online) return KAFKA_STORAGE_ERROR;
    const key = partitionKey(topicPartition);
    const present = this.#moves.get(key);
    if (present !== undefined && present.target !== target) this.#drop(key, present);
    logs.preferDirectory(topicPartition, target);
    const partition = replicas.partition(topicPartition);
    if (partition === undefined) return REPLICA_NOT_AVAILABLE;
    if (isRefusal(replicas.openFollower(partition))) return KAFKA_STORAGE_ERROR;
    if (logs.directoryOf(topicPartition) === target || this.#moves.has(key)) return NONE;
    return this.#begin(key, partition, target);
  }

  /** What is on its way. */
  futures(): FutureReplica[] {
    return [...this.#moves.values()].map(({ partition, target, future }) => ({
      topicPartition: partition.topicPartition,
      directory: target,
      sizeBytes: future.sizeBytes,
      offsetLag: Math.max(0, partition.log.logEndOffset - future.logEndOffset),
    }));
  }

  /** Goes on with the moves of an earlier run; to be called once, when the replicas are known. */
  resume(): void {
    const { logs } = this.parts;
    for (const directory of logs.directories.filter(({ online }) => online))
      for (const found of directory.futures)
        if (!this.#isResumed(directory, found)) logs.discard(found.path, directory);
  }

  /** Ends all moves: those that are at their end come to it, the others go on at the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    await Promise.all(this.#finishing);
    for (const [key, move] of this.#moves) await this.#leave(key, move);
  }

  #begin(key: string, partition: Partition, target: LogDirectory): number {
    const future = this.#guard(target, () => this.parts.logs.futures.open(partition.log, target));
    if (future === undefined) return KAFKA_STORAGE_ERROR;
    this.#goOn(key, { partition, target, future });
    return NONE;
  }

  #goOn(key: string, move: Pick<Move, "partition" | "target" | "future">): void {
    const { partition, target } = move;
    this.#moves.set(key, { ...move, isFlushed: false, isNamed: false, isBusy: false });
    this.environment.log.info({ ...partition.topicPartition, to: target.path }, "a replica moves to another directory");
    this.#arm(NEXT_SLICE_MS);
  }

  /** Whether the copy is wanted: it stays, also where it cannot be worked on because a disk failed. */
  #isResumed(directory: LogDirectory, { topicPartition, path }: FoundFuture): boolean {
    const { logs, replicas } = this.parts;
    const key = partitionKey(topicPartition);
    const partition = replicas.partition(topicPartition);
    if (partition === undefined || this.#moves.has(key)) return false;
    if (isRefusal(replicas.openFollower(partition))) return true;
    if (logs.directoryOf(topicPartition) === directory) return false;
    try {
      const future = this.#guard(directory, () => logs.futures.resume(partition.log, directory, path));
      if (future === undefined) return true;
      if (future.topicId === partition.log.topicId) this.#goOn(key, { partition, target: directory, future });
      else future.closeFiles();
      return this.#moves.has(key);
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      return false;
    }
  }

  /** Closes the copy, to be found at the next start. */
  async #leave(key: string, move: Move): Promise<void> {
    const { target, future, isNamed } = move;
    if (isNamed || !target.online) return this.#drop(key, move);
    this.#moves.delete(key);
    try {
      await future.close();
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      this.parts.logs.failDirectory(target, error);
    }
  }

  #arm(afterMs: number): void {
    if (this.#isStopped) return;
    const { clock } = this.environment;
    this.#timer?.cancel();
    this.#timer = clock.at(clock.monotonicMs() + afterMs, () => this.#step());
  }

  #step(): void {
    let nextMs = PAUSE_MS;
    for (const [key, move] of this.#moves) {
      if (move.isBusy) continue;
      if (!this.#isAlive(move)) this.#drop(key, move);
      else if (this.#copy(key, move)) nextMs = NEXT_SLICE_MS;
    }
    if (this.#moves.size > 0) this.#arm(nextMs);
  }

  #isAlive({ partition, target }: Move): boolean {
    const { replicas } = this.parts;
    return target.online && partition.isReady && replicas.partition(partition.topicPartition) === partition;
  }

  /** Copies a slice. True when there is more to do at once. */
  #copy(key: string, move: Move): boolean {
    const { partition, future } = move;
    const { log } = partition;
    if (hasDiverged(log, future)) return this.#beginAnew(key, move);
    if (future.logEndOffset < log.logEndOffset && !this.#copySlice(move)) return false;
    if (future.logEndOffset < log.logEndOffset) return true;
    const finishing = this.#finish(key, move)
      .catch((error: unknown) => this.parts.onFatal(error))
      .finally(() => this.#finishing.delete(finishing));
    this.#finishing.add(finishing);
    return false;
  }

  /** False when nothing may be copied now, or the disk failed. */
  #copySlice({ partition, target, future }: Move): boolean {
    const { log } = partition;
    const { quota } = this.parts;
    const maxBytes = quota.isThrottled(partition.topicPartition) ? quota.availableBytes() : SLICE_BYTES;
    if (maxBytes === 0) return false;
    const nowMs = this.environment.clock.wallMs();
    const copied = this.#guard(target, () => copySlice(log, future, Math.min(maxBytes, SLICE_BYTES), nowMs));
    if (copied === undefined || copied === 0) return false;
    quota.record(copied);
    return true;
  }

  /** The replica lost its end, or its beginning, to its leader. */
  #beginAnew(key: string, move: Move): boolean {
    this.#drop(key, move);
    this.#begin(key, move.partition, move.target);
    return true;
  }

  /** First makes durable what there is, which may take long; then, with the little that came meanwhile, puts the copy in place. */
  async #finish(key: string, move: Move): Promise<void> {
    const { partition, target, future } = move;
    move.isBusy = true;
    try {
      await (move.isFlushed ? this.#close(move) : future.flush());
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      this.parts.logs.failDirectory(target, error);
    }
    move.isBusy = false;
    if (this.#moves.get(key) !== move) return;
    if (!this.#isAlive(move)) return this.#drop(key, move);
    if (!move.isFlushed) {
      move.isFlushed = true;
      return this.#arm(NEXT_SLICE_MS);
    }
    if (hasDiverged(partition.log, future)) return void this.#beginAnew(key, move);
    this.#moves.delete(key);
    const placed = this.#guard(target, () => this.parts.logs.placeFuture(partition.topicPartition, target, future));
    if (placed !== undefined) partition.replaceLog(placed);
    this.environment.log.info({ ...partition.topicPartition, to: target.path }, "a replica has moved");
  }

  async #close(move: Move): Promise<void> {
    const { target, future } = move;
    await future.close();
    move.isNamed = true;
    await this.parts.logs.futures.name(target, future);
  }

  #drop(key: string, { target, future, isNamed }: Move): void {
    this.#moves.delete(key);
    this.#guard(target, () => this.parts.logs.futures.drop(target, future, isNamed));
  }

  /** Undefined after a failure of the disk, which takes the directory offline. */
  #guard<T>(directory: LogDirectory, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      const { logs } = this.parts;
      const failed = logs.directories.find(({ path }) => error.path.startsWith(`${path}/`)) ?? directory;
      logs.failDirectory(failed, error);
      return undefined;
    }
  }
}

/** Whether the copy has what the log has no more, or lacks where that begins. */
function hasDiverged(log: PartitionLog, future: PartitionLog): boolean {
  const { logEndOffset, latestEpoch } = future;
  if (logEndOffset > log.logEndOffset || logEndOffset < log.logStartOffset) return true;
  if (latestEpoch === undefined) return false;
  const known = log.endOffsetForEpoch(latestEpoch);
  return known === undefined || known.epoch !== latestEpoch || known.endOffset < logEndOffset;
}
