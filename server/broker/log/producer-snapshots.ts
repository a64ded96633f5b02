import type { Disk, Log } from "../../environment/environment.ts";
import type { Offset } from "./log-config.ts";
import { offsetFileName, offsetOfFileName, SNAPSHOT_SUFFIX } from "./log-files.ts";
import { overwriteFile } from "./open-files.ts";
import { syncFile } from "./replace-file.ts";
import { decodeProducerSnapshot, encodeProducerSnapshot, type SnapshotEntry } from "./producer-snapshot.ts";

/** The `.snapshot` files of a partition: the producers as they were before the offset in the name. Taken at each roll and at a clean stop. */
export class ProducerSnapshots {
  readonly #disk: Disk;
  readonly #log: Log;
  readonly #directory: string;
  /** Growing. */
  #offsets: Offset[];
  readonly #unsynced = new Set<Offset>();

  /** `names` are the files of the directory. */
  constructor(disk: Disk, log: Log, directory: string, names: readonly string[]) {
    this.#disk = disk;
    this.#log = log;
    this.#directory = directory;
    this.#offsets = names
      .map((name) => offsetOfFileName(name, SNAPSHOT_SUFFIX))
      .filter((offset) => offset !== undefined)
      .sort((a, b) => a - b);
  }

  get latestOffset(): Offset | undefined {
    return this.#offsets.at(-1);
  }

  /** The newest sound snapshot at or below `offset`. Damaged ones are removed. */
  latestAtOrBelow(offset: Offset): { readonly offset: Offset; readonly entries: readonly SnapshotEntry[] } | undefined {
    for (const candidate of this.#offsets.filter((known) => known <= offset).toReversed()) {
      const bytes = this.#disk.readFile(this.#path(candidate));
      const entries = bytes === undefined ? undefined : decodeProducerSnapshot(bytes);
      if (entries !== undefined) return { offset: candidate, entries };
      this.#log.warn(
        { file: this.#path(candidate) },
        "producer snapshot is damaged; an older one and the log serve instead",
      );
      this.remove((known) => known === candidate);
    }
    return undefined;
  }

  /** Not durable before `sync`: after a crash an older one, and the log, serve as well. Throws DiskError. */
  write(offset: Offset, entries: readonly SnapshotEntry[]): void {
    const bytes = encodeProducerSnapshot(entries);
    const known = this.#offsets.includes(offset) ? this.#disk.readFile(this.#path(offset)) : undefined;
    if (known !== undefined && Buffer.compare(known, bytes) === 0) return;
    overwriteFile(this.#disk, this.#path(offset), bytes);
    this.#unsynced.add(offset);
    if (!this.#offsets.includes(offset)) this.#offsets = [...this.#offsets, offset].sort((a, b) => a - b);
  }

  /** Makes what was written durable. Rejects with DiskError. */
  async sync(): Promise<void> {
    const offsets = [...this.#unsynced];
    await Promise.all(offsets.map((offset) => syncFile(this.#disk, this.#path(offset))));
    for (const offset of offsets) this.#unsynced.delete(offset);
  }

  /** Removes those whose offset `matches`. */
  remove(matches: (offset: Offset) => boolean): void {
    for (const offset of this.#offsets.filter(matches)) {
      this.#disk.remove(this.#path(offset));
      this.#unsynced.delete(offset);
    }
    this.#offsets = this.#offsets.filter((offset) => !matches(offset));
  }

  /** Keeps those at the begin of a segment and the newest, as Kafka does when it loads a log. */
  removeStray(segmentOffsets: ReadonlySet<Offset>): void {
    const newest = this.latestOffset;
    this.remove((offset) => offset !== newest && !segmentOffsets.has(offset));
  }

  #path(offset: Offset): string {
    return `${this.#directory}/${offsetFileName(offset, SNAPSHOT_SUFFIX)}`;
  }
}
