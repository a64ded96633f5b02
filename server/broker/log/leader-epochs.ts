import type { Disk } from "../../environment/environment.ts";
import { CheckpointError, checkpointBytes, readCheckpointLines } from "./checkpoint-file.ts";
import type { Offset } from "./log-config.ts";
import { replaceFile } from "./replace-file.ts";

/** From `startOffset` on, records were written by the leader of `epoch`. */
export type EpochEntry = { readonly epoch: number; readonly startOffset: Offset };

/** The file in a partition's directory. */
export const LEADER_EPOCH_FILE = "leader-epoch-checkpoint";

/** The leader epochs of a partition's log in `leader-epoch-checkpoint` (KIP-101, KIP-279); epochs and offsets both grow. */
export class LeaderEpochs {
  readonly #disk: Disk;
  readonly #path: string;
  #entries: readonly EpochEntry[];
  /** What the file holds; undefined while that is not known. */
  #written: readonly EpochEntry[] | undefined;
  /** The file was written and nobody has synced it since. */
  isUnsynced = false;

  private constructor(disk: Disk, path: string, written: readonly EpochEntry[] | undefined) {
    this.#disk = disk;
    this.#path = path;
    this.#entries = written ?? [];
    this.#written = written;
  }

  /** Reads the file. A damaged one throws CheckpointError. */
  static read(disk: Disk, directory: string): LeaderEpochs {
    const path = `${directory}/${LEADER_EPOCH_FILE}`;
    const entries = readCheckpointLines(disk, path).map((line) => {
      const match = /^(\d+) (\d+)$/.exec(line);
      if (match === null) throw new CheckpointError(`${path}: bad line "${line}"`);
      return { epoch: Number(match[1]), startOffset: Number(match[2]) };
    });
    return new LeaderEpochs(disk, path, entries);
  }

  /** No entries, whatever the file holds. */
  static empty(disk: Disk, directory: string): LeaderEpochs {
    return new LeaderEpochs(disk, `${directory}/${LEADER_EPOCH_FILE}`, undefined);
  }

  get entries(): readonly EpochEntry[] {
    return this.#entries;
  }

  get latest(): EpochEntry | undefined {
    return this.#entries.at(-1);
  }

  get earliest(): EpochEntry | undefined {
    return this.#entries[0];
  }

  /**
   * Notes that `epoch` begins at `startOffset`, if it is not known. Entries that it contradicts go, as in Kafka's LeaderEpochFileCache. Only in memory:
   * `writeIfChanged` comes before the first record of the epoch, and one without records is forgotten when the log is opened again.
   */
  add(epoch: number, startOffset: Offset): void {
    const latest = this.latest;
    if (epoch < 0 || (latest !== undefined && latest.epoch === epoch && latest.startOffset <= startOffset)) return;
    const before = this.#entries.filter((entry) => entry.epoch < epoch && entry.startOffset < startOffset);
    this.#entries = [...before, { epoch, startOffset }];
  }

  /**
   * The largest known epoch that is at most `epoch`, and the offset where the next begins (OffsetForLeaderEpoch). Undefined when `epoch`
   * is above all known. An epoch before all known answers itself and the first start.
   */
  endOffsetFor(
    epoch: number,
    logEndOffset: Offset,
  ): { readonly epoch: number; readonly endOffset: Offset } | undefined {
    if (epoch < 0) return undefined;
    if (this.latest?.epoch === epoch) return { epoch, endOffset: logEndOffset };
    const higher = this.#entries.findIndex((entry) => entry.epoch > epoch);
    const next = this.#entries[higher];
    if (next === undefined) return undefined;
    return { epoch: this.#entries[higher - 1]?.epoch ?? epoch, endOffset: next.startOffset };
  }

  /** Epoch of the leader that wrote the record at `offset`; undefined when unknown. */
  epochAt(offset: Offset): number | undefined {
    return this.#entries.findLast((entry) => entry.startOffset <= offset)?.epoch;
  }

  /** Forgets epochs that begin at or after the new end of the log. */
  truncateFromEnd(endOffset: Offset): void {
    this.#replace(this.#entries.filter((entry) => entry.startOffset < endOffset));
  }

  /** Forgets epochs that end at or before the new start of the log; the one that holds it begins there. */
  truncateFromStart(startOffset: Offset): void {
    const holding = this.#entries.findLastIndex((entry) => entry.startOffset <= startOffset);
    const first = this.#entries[holding];
    if (first === undefined || (holding === 0 && first.startOffset === startOffset)) return;
    this.#replace([{ epoch: first.epoch, startOffset }, ...this.#entries.slice(holding + 1)]);
  }

  /** Forgets everything. */
  clear(): void {
    this.#replace([]);
  }

  /** Writes the file if it is behind; durable with the next flush of the log. Throws DiskError. */
  writeIfChanged(): void {
    if (this.#written !== undefined && isSame(this.#entries, this.#written)) return;
    const lines = this.#entries.map(({ epoch, startOffset }) => `${epoch} ${startOffset}`);
    replaceFile(this.#disk, this.#path, checkpointBytes(lines));
    this.#written = this.#entries;
    this.isUnsynced = true;
  }

  #replace(entries: readonly EpochEntry[]): void {
    if (isSame(entries, this.#entries)) return;
    this.#entries = entries;
    this.writeIfChanged();
  }
}

function isSame(some: readonly EpochEntry[], others: readonly EpochEntry[]): boolean {
  if (some === others) return true;
  if (some.length !== others.length) return false;
  return some.every(({ epoch, startOffset }, at) => {
    const other = others[at];
    return other?.epoch === epoch && other.startOffset === startOffset;
  });
}
