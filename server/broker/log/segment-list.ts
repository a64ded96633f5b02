import assert from "node:assert/strict";
import type { Offset } from "./log-config.ts";
import type { OpenFiles } from "./open-files.ts";
import { Segment } from "./segment.ts";

/** A file that waits for its removal. */
type RetiredFile = { readonly path: string; readonly retiredMs: number };

/** The segments of a partition's directory: made, renamed away, removed, synced. At least one between two calls, in order of offset. */
export class SegmentList {
  /** Oldest first; the last is written to. The same array for life, for those who read from it. */
  readonly segments: readonly Segment[];
  readonly #segments: Segment[];
  readonly #files: OpenFiles;
  readonly #directory: string;
  #retired: RetiredFile[] = [];
  /** Files made, and how many of them a crash of the machine cannot take from the directory any more. */
  #filesMade = 1;
  #filesDurable = 0;

  /** Takes `segments` over. */
  constructor(files: OpenFiles, directory: string, segments: Segment[]) {
    this.#files = files;
    this.#directory = directory;
    this.#segments = segments;
    this.segments = segments;
  }

  get active(): Segment {
    const active = this.#segments.at(-1);
    assert(active !== undefined, "a log has a segment");
    return active;
  }

  /** Offset where the oldest segment begins. */
  get baseOffset(): Offset {
    return this.#segments[0]?.baseOffset ?? 0;
  }

  get sizeBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  }

  /** Whether anything is not durable. */
  get isDirty(): boolean {
    return this.#segments.some((segment) => segment.isDirty);
  }

  /** Adds an empty segment, which is then the active one. Throws DiskError. */
  add(baseOffset: Offset, nowMs: number): void {
    this.#segments.push(Segment.create(this.#files, this.#directory, baseOffset, nowMs));
    this.#filesMade++;
  }

  /** Takes the oldest `count` away; their files stay as `.deleted` until `removeRetired`. Answers them. Throws DiskError. */
  retireOldest(count: number, nowMs: number): Segment[] {
    const oldest = this.#segments.splice(0, count);
    for (const segment of oldest) {
      this.#retired.push(...segment.retire().map((path) => ({ path, retiredMs: nowMs })));
    }
    return oldest;
  }

  /**
   * Puts `cleaned`, whose files are at stage `.swap`, in the place of the segments that it was made from; their files stay as `.deleted` until
   * `removeRetired`. Throws DiskError.
   */
  replace(replaced: readonly Segment[], cleaned: Segment, nowMs: number): void {
    const first = this.#segments.findIndex((segment) => segment === replaced[0]);
    assert(first >= 0 && first + replaced.length < this.#segments.length, "closed segments are replaced");
    for (const segment of this.#segments.splice(first, replaced.length, cleaned)) {
      this.#retired.push(...segment.retire().map((path) => ({ path, retiredMs: nowMs })));
    }
    this.#filesMade++;
  }

  /** Removes the newest segment with its files. Throws DiskError. */
  dropNewest(): void {
    const segment = this.#segments.pop();
    for (const path of segment?.retire() ?? []) this.#files.disk.remove(path);
  }

  /** Removes `.deleted` files that are older than `delayMs`. Throws DiskError. */
  removeRetired(nowMs: number, delayMs: number): void {
    if (this.#retired.length === 0) return;
    const due = this.#retired.filter((file) => nowMs - file.retiredMs >= delayMs);
    this.#retired = this.#retired.filter((file) => !due.includes(file));
    for (const file of due) this.#files.disk.remove(file.path);
  }

  /** Makes everything written before the call durable, new names in the directory too. Rejects with DiskError. */
  async sync(): Promise<void> {
    const filesMade = this.#filesMade;
    const parent = this.#directory.slice(0, this.#directory.lastIndexOf("/"));
    const directories = filesMade > this.#filesDurable ? [this.#directory, parent] : [];
    const dirty = this.#segments.filter((segment) => segment.isDirty);
    await Promise.all([
      ...dirty.map((segment) => segment.sync()),
      ...directories.map((path) => this.#files.disk.syncDirectory(path)),
    ]);
    // Not before: another sync that begins meanwhile must wait for the directory too.
    this.#filesDurable = Math.max(this.#filesDurable, filesMade);
  }

  /** Writes the index files that are behind. Throws DiskError. */
  writeIndexes(): void {
    for (const segment of this.#segments) segment.writeIndexes();
  }

  /** Frees the memory of the indexes of all segments but the active one. */
  dropIdleIndexes(): void {
    for (const segment of this.#segments.slice(0, -1)) segment.dropIndexes();
  }

  /** Closes the files. */
  close(): void {
    for (const segment of this.#segments) segment.close();
  }
}
