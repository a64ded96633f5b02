import type { Disk, Log, Random } from "../../environment/environment.ts";
import { DiskError } from "../../environment/environment.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { parsePartitionKey } from "../topic-partition.ts";
import {
  CheckpointError,
  CLEANER_CHECKPOINT,
  LOG_START_CHECKPOINT,
  offsetCheckpointBytes,
  readOffsetCheckpoint,
  RECOVERY_POINT_CHECKPOINT,
  REPLICATION_CHECKPOINT,
} from "./checkpoint-file.ts";
import { directoriesToSync } from "../controller/new-directories.ts";
import type { Offset } from "./log-config.ts";
import { explainDiskError } from "./disk-advice.ts";
import { directoryKind } from "./log-files.ts";
import { claimDirectory } from "./meta-properties.ts";
import { replaceFileDurably } from "./replace-file.ts";

/** Written last at a clean stop, removed first at start (Kafka's CleanShutdownFileHandler). */
const CLEAN_SHUTDOWN_FILE = ".kafka_cleanshutdown";
/** The controller's own partition, where it shares the directory with a broker. */
const METADATA_DIRECTORY = "__cluster_metadata-0";

/** The offsets that a directory's checkpoint files keep, by `partitionKey`. */
export type Checkpoints = {
  readonly recoveryPoints: ReadonlyMap<string, Offset>;
  readonly logStartOffsets: ReadonlyMap<string, Offset>;
  readonly highWatermarks: ReadonlyMap<string, Offset>;
  /** How far compaction has looked at each log. */
  readonly cleanedOffsets: ReadonlyMap<string, Offset>;
};

/** A copy that a stop found on its way to take a partition's place in this directory (KIP-113). */
export type FoundFuture = { readonly topicPartition: TopicPartition; readonly path: string };

type MutableCheckpoints = { readonly [Kind in keyof Checkpoints]: Map<string, Offset> };

const CHECKPOINT_FILES = {
  recoveryPoints: RECOVERY_POINT_CHECKPOINT,
  logStartOffsets: LOG_START_CHECKPOINT,
  highWatermarks: REPLICATION_CHECKPOINT,
  cleanedOffsets: CLEANER_CHECKPOINT,
} as const;

const CHECKPOINT_KINDS = ["recoveryPoints", "logStartOffsets", "highWatermarks", "cleanedOffsets"] as const;

/** One of log.dirs: whose it is, its checkpoints, the clean-shutdown mark, and whether its disk still works. */
export class LogDirectory {
  readonly path: string;
  /** meta.properties' directory.id; empty when the directory failed before it was read. */
  readonly id: string;
  /** Whether the last stop was clean: then no log in it has to be scanned. */
  readonly wasClean: boolean;
  /** The broker's epoch in the clean-shutdown mark; -1 without one. */
  readonly brokerEpoch: number;
  /** Partitions found at start. */
  readonly found: readonly TopicPartition[];
  /** Directories whose removal a stop interrupted. */
  readonly halfDeleted: readonly string[];
  readonly futures: readonly FoundFuture[];
  /** Why it is offline, for people; undefined while its disk works. */
  failure: string | undefined;
  readonly #disk: Disk;
  #checkpoints: MutableCheckpoints;
  /** Checkpoints whose files say more than memory. */
  readonly #changed = new Set<keyof Checkpoints>();
  /** Partitions that are out of memory's checkpoints and may still be in the files. */
  readonly #forgotten = new Set<string>();
  /** How often `writeForgotten` has replaced the files. */
  #rewrites = 0;
  #isOnline: boolean;
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    disk: Disk,
    path: string,
    state: Pick<LogDirectory, "id" | "wasClean" | "brokerEpoch" | "found" | "halfDeleted" | "futures" | "online">,
    checkpoints: MutableCheckpoints,
  ) {
    this.#disk = disk;
    this.path = path;
    this.id = state.id;
    this.wasClean = state.wasClean;
    this.brokerEpoch = state.brokerEpoch;
    this.found = state.found;
    this.halfDeleted = state.halfDeleted;
    this.futures = state.futures;
    this.#isOnline = state.online;
    this.#checkpoints = checkpoints;
  }

  /** Claims the directory and reads it; one whose disk fails is offline from the start. Takes the clean-shutdown mark away. Throws LogDirectoryError. */
  static open(
    disk: Disk,
    log: Log,
    random: Random,
    path: string,
    owner: { readonly clusterId: string; readonly nodeId: number },
  ): LogDirectory {
    try {
      const newNames = directoriesToSync(disk, path);
      const id = claimDirectory(disk, random, path, owner);
      syncInBackground(disk, log, newNames);
      const brokerEpoch = readCleanShutdown(disk, path);
      const checkpoints = readCheckpoints(disk, log, path);
      const names = disk.list(path).filter(({ isDirectory, name }) => isDirectory && name !== METADATA_DIRECTORY);
      const kinds = names.map(({ name }) => ({ name, kind: directoryKind(name) }));
      const found = kinds.flatMap(({ kind }) => (kind.type === "log" ? [kind.topicPartition] : []));
      const halfDeleted = kinds.flatMap(({ name, kind }) => (kind.type === "deleted" ? [`${path}/${name}`] : []));
      const futures = kinds.flatMap(({ name, kind }) =>
        kind.type === "future" ? [{ topicPartition: kind.topicPartition, path: `${path}/${name}` }] : [],
      );
      const state = {
        id,
        wasClean: brokerEpoch !== undefined,
        brokerEpoch: brokerEpoch ?? -1,
        found,
        halfDeleted,
        futures,
        online: true,
      };
      const directory = new LogDirectory(disk, path, state, checkpoints);
      if (brokerEpoch !== undefined) directory.#takeMarkAway();
      return directory;
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      log.error(
        { directory: path, reason: explainDiskError(error) },
        "log directory cannot be used; repair the disk or take it out of log.dirs, and restart",
      );
      const state = {
        id: "",
        wasClean: false,
        brokerEpoch: -1,
        found: [],
        halfDeleted: [],
        futures: [],
        online: false,
      };
      const directory = new LogDirectory(disk, path, state, noCheckpoints());
      directory.failure = explainDiskError(error);
      return directory;
    }
  }

  get online(): boolean {
    return this.#isOnline;
  }

  get checkpoints(): Checkpoints {
    return this.#checkpoints;
  }

  fail(error: DiskError): void {
    this.#isOnline = false;
    this.failure = explainDiskError(error);
  }

  /** Takes a partition out of the checkpoints; the files follow with the next `writeCheckpoint`. */
  forget(key: string): void {
    for (const kind of CHECKPOINT_KINDS) {
      if (!this.#checkpoints[kind].delete(key)) continue;
      this.#changed.add(kind);
      this.#forgotten.add(key);
    }
  }

  /**
   * Before a partition is made under a name that the files may still know from an earlier one: writes them now, because a crash would hand that one's
   * offsets to the new. Throws DiskError.
   */
  writeForgotten(key: string): void {
    if (!this.#forgotten.has(key)) return;
    this.#rewrites++;
    for (const kind of CHECKPOINT_KINDS) {
      if (this.#changed.has(kind) || this.#disk.exists(this.#checkpointPath(kind)))
        this.#disk.writeFileAtomic(this.#checkpointPath(kind), this.#checkpointBytes(kind));
    }
    this.#changed.clear();
    this.#forgotten.clear();
  }

  /** Replaces one of the checkpoint files if it says something else; settles when it is durable. Rejects with DiskError. */
  writeCheckpoint(kind: keyof Checkpoints, offsets: Map<string, Offset>): Promise<void> {
    const known = this.#checkpoints[kind];
    const isSame = known.size === offsets.size && [...offsets].every(([key, offset]) => known.get(key) === offset);
    if (!isSame) this.#changed.add(kind);
    this.#checkpoints = { ...this.#checkpoints, [kind]: offsets };
    // One after the other, and each what memory says by then.
    this.#writing = this.#writing.then(() => this.#writeChanged(kind));
    return this.#writing;
  }

  /** The last write of a clean stop. Throws DiskError. */
  markCleanShutdown(brokerEpoch: number): void {
    const mark = JSON.stringify({ version: 0, brokerEpoch });
    this.#disk.writeFileAtomic(`${this.path}/${CLEAN_SHUTDOWN_FILE}`, Buffer.from(mark));
  }

  /** The mark must not come back when the machine dies: writing a file atomically makes the directory durable, removal included. */
  #takeMarkAway(): void {
    this.#disk.remove(`${this.path}/${CLEAN_SHUTDOWN_FILE}`);
    this.#disk.writeFileAtomic(this.#checkpointPath("recoveryPoints"), this.#checkpointBytes("recoveryPoints"));
  }

  async #writeChanged(kind: keyof Checkpoints): Promise<void> {
    if (!this.#changed.delete(kind)) return;
    const rewrites = this.#rewrites;
    // What `writeForgotten` wrote meanwhile is newer.
    await replaceFileDurably(
      this.#disk,
      this.#checkpointPath(kind),
      this.#checkpointBytes(kind),
      () => rewrites === this.#rewrites,
    );
    if (this.#changed.size === 0) this.#forgotten.clear();
  }

  #checkpointPath(kind: keyof Checkpoints): string {
    return `${this.path}/${CHECKPOINT_FILES[kind]}`;
  }

  #checkpointBytes(kind: keyof Checkpoints): Uint8Array {
    const entries = [...this.#checkpoints[kind]].flatMap(([key, offset]) => {
      const topicPartition = parsePartitionKey(key);
      return topicPartition === undefined ? [] : [{ topicPartition, offset }];
    });
    return offsetCheckpointBytes(entries);
  }
}

/** A directory that was just made must outlive a power cut. Nothing waits for it: what matters more is synced on its own. */
function syncInBackground(disk: Disk, log: Log, directories: readonly string[]): void {
  Promise.all(directories.map((path) => disk.syncDirectory(path))).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ reason }, "the directories above a new log directory could not be synced");
  });
}

function noCheckpoints(): MutableCheckpoints {
  return {
    recoveryPoints: new Map(),
    logStartOffsets: new Map(),
    highWatermarks: new Map(),
    cleanedOffsets: new Map(),
  };
}

/** A damaged checkpoint counts as missing, as in Kafka: recovery then reads more, and the log start may go back. */
function readCheckpoints(disk: Disk, log: Log, path: string): MutableCheckpoints {
  const read = (kind: keyof Checkpoints): Map<string, Offset> => {
    try {
      return readOffsetCheckpoint(disk, `${path}/${CHECKPOINT_FILES[kind]}`);
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      log.warn({ reason: error.message }, "checkpoint is damaged and is not used");
      return new Map();
    }
  };
  return {
    recoveryPoints: read("recoveryPoints"),
    logStartOffsets: read("logStartOffsets"),
    highWatermarks: read("highWatermarks"),
    cleanedOffsets: read("cleanedOffsets"),
  };
}

/** The broker's epoch in the clean-shutdown mark of a log directory, -1 when it names none; undefined without a mark. */
export function readCleanShutdown(disk: Disk, path: string): number | undefined {
  const bytes = disk.readFile(`${path}/${CLEAN_SHUTDOWN_FILE}`);
  if (bytes === undefined) return undefined;
  const match = /"brokerEpoch"\s*:\s*(\d+)/.exec(Buffer.from(bytes).toString("utf8"));
  return match === null ? -1 : Number(match[1]);
}
