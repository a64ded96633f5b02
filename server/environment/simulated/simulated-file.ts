import type { SeededRandom } from "./random.ts";

/** What a machine writes to its disk at a time. */
const PAGE_BYTES = 4096;
/** What a disk writes whole or not at all. */
const SECTOR_BYTES = 512;

/** What a running sync promised to make durable. */
export type SyncPoint = { readonly pages: readonly number[]; readonly sequence: number; readonly sizeBytes: number };

/** A file's bytes as processes see them (the page cache) and as the disk has them. */
export class SimulatedFile {
  #cached = new GrowingBytes();
  #durable = new GrowingBytes();
  /** Pages written since they were last durable, with the number of the last write to each. */
  readonly #dirty = new Map<number, number>();
  #sequence = 0;
  /** The number of the last write that a completed sync covered. */
  #durableSequence = 0;

  get sizeBytes(): number {
    return this.#cached.sizeBytes;
  }

  read(position: number, into: Uint8Array): number {
    return this.#cached.read(position, into);
  }

  write(position: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#markDirty(Math.min(position, this.sizeBytes), position + bytes.length);
    this.#cached.write(position, bytes);
  }

  truncate(sizeBytes: number): void {
    this.#markDirty(Math.min(sizeBytes, this.sizeBytes), Math.max(sizeBytes, this.sizeBytes));
    this.#cached.resize(sizeBytes);
  }

  beginSync(): SyncPoint {
    return { pages: [...this.#dirty.keys()], sequence: this.#sequence, sizeBytes: this.sizeBytes };
  }

  /** Everything written before the point is now durable; what came later may be too. */
  completeSync(point: SyncPoint): void {
    // A sync that began earlier and ends later must not take back what another one made durable.
    if (point.sequence >= this.#durableSequence) this.#durable.resize(Math.min(point.sizeBytes, this.sizeBytes));
    this.#durableSequence = Math.max(this.#durableSequence, point.sequence);
    for (const page of point.pages) {
      this.#durable.copyFrom(
        this.#cached,
        page * PAGE_BYTES,
        Math.min((page + 1) * PAGE_BYTES, this.#durable.sizeBytes),
      );
      if ((this.#dirty.get(page) ?? 0) <= point.sequence) this.#dirty.delete(page);
    }
  }

  /** The machine died: of what was not durable some pages were written, some not, some in part, and so was the size. */
  loseUnsynced(random: SeededRandom): void {
    const sizes = [this.#durable.sizeBytes, this.#cached.sizeBytes].sort((one, other) => one - other);
    const [least = 0, most = 0] = sizes;
    const sizeBytes = random.pick([least, most, random.int(least, most)]);
    const before = this.#durable;
    const survived = new GrowingBytes();
    survived.resize(Math.min(before.sizeBytes, sizeBytes));
    survived.copyFrom(before, 0, survived.sizeBytes);
    survived.resize(sizeBytes);
    const pages = [...this.#dirty.keys()].sort((one, other) => one - other);
    for (const page of pages) {
      const start = page * PAGE_BYTES;
      const sectors = random.pick([0, PAGE_BYTES / SECTOR_BYTES, random.int(0, PAGE_BYTES / SECTOR_BYTES)]);
      survived.copyFrom(this.#cached, start, Math.min(start + sectors * SECTOR_BYTES, sizeBytes, this.sizeBytes));
    }
    this.#cached = survived;
    this.makeDurable();
  }

  makeDurable(): void {
    this.#durable = new GrowingBytes();
    this.#durable.resize(this.sizeBytes);
    this.#durable.copyFrom(this.#cached, 0, this.sizeBytes);
    this.#dirty.clear();
  }

  #markDirty(start: number, end: number): void {
    this.#sequence++;
    for (let page = Math.floor(start / PAGE_BYTES); page * PAGE_BYTES < end; page++)
      this.#dirty.set(page, this.#sequence);
  }
}

/** Bytes that grow with zeros between. */
class GrowingBytes {
  #data = new Uint8Array(0);
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  read(position: number, into: Uint8Array): number {
    const end = Math.min(this.#sizeBytes, position + into.length);
    if (end <= position) return 0;
    into.set(this.#data.subarray(position, end));
    return end - position;
  }

  write(position: number, bytes: Uint8Array): void {
    this.resize(Math.max(this.#sizeBytes, position + bytes.length));
    this.#data.set(bytes, position);
  }

  copyFrom(source: GrowingBytes, start: number, end: number): void {
    if (end > start) this.write(start, source.#data.subarray(start, end));
  }

  resize(sizeBytes: number): void {
    if (sizeBytes > this.#data.length) {
      const grown = new Uint8Array(Math.max(sizeBytes, this.#data.length * 2));
      grown.set(this.#data.subarray(0, this.#sizeBytes));
      this.#data = grown;
    }
    if (sizeBytes < this.#sizeBytes) this.#data.fill(0, sizeBytes, this.#sizeBytes);
    this.#sizeBytes = sizeBytes;
  }
}
