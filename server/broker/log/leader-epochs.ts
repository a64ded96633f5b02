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
  #entries: EpochEntry[];
  #isChanged = false;
  /** The file was written and nobody has synced it since. */
  isUnsynced = false;

  private constructor(disk: Disk, path: string, entries: EpochEntry[]) {
    this.#disk = disk;
    this.#path = path;
    this.#entries = entries;
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
    return new LeaderEpochs(disk, `${directory}/${LEADER_EPOCH_FILE}`, []);
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

  /** Notes that `epoch` begins at `startOffset`, if it is not known. Entries that it contradicts go, as in Kafka's LeaderEpochFileCache. Written on return, durable with the next flush of the log. */
  assign(epoch: number, startOffset: Offset): void {
    this.add(epoch, startOffset);
    this.writeIfChanged();
  }

  /** As `assign`, without writing the file: for recovery, which calls `writeIfChanged` once at its end. */
  add(epoch: number, startOffset: Offset): void {
    const latest = this.latest;
    if (epoch < 0 || (latest !== undefined && latest.epoch === epoch && latest.startOffset <= startOffset)) return;
    this.#entries = this.#entries.filter((entry) => entry.epoch < epoch && entry.startOffset < startOffset);
    this.#entries.push({ epoch, startOffset });
    this.#isChanged = true;
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

  /** Writes the file if it is behind. Throws DiskError. */
  writeIfChanged(): void {
    if (!this.#isChanged) return;
    const lines = this.#entries.map(({ epoch, startOffset }) => `${epoch} ${startOffset}`);
    replaceFile(this.#disk, this.#path, checkpointBytes(lines));
    this.#isChanged = false;
    this.isUnsynced = true;
  }

  #replace(entries: EpochEntry[]): void {
    const isSame = entries.length === this.#entries.length && entries[0]?.startOffset === this.#entries[0]?.startOffset;
    if (isSame) return;
    this.#entries = entries;
    this.#isChanged = true;
    this.writeIfChanged();
  }
}
