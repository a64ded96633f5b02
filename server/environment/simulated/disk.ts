import assert from "node:assert/strict";
import { DiskError, type DirectoryEntry, type Disk, type OpenFile } from "../environment.ts";
import type { SimulatedTime } from "./clock.ts";
import { DiskFaults, type FaultyOperation } from "./disk-faults.ts";
import type { SeededRandom } from "./random.ts";
import { SimulatedDirectory, type SimulatedNode } from "./simulated-directory.ts";
import { SimulatedFile } from "./simulated-file.ts";
import { SimulatedDeath, type SimulatedProcess } from "./simulated-process.ts";

/** How long a sync takes: an SSD's p50 to its bad days. */
const SYNC_MS = { min: 0.2, max: 8 };
const CAPACITY_BYTES = 2 ** 40;

/** A process that will end in the middle of a write. */
type PlannedDeath = { writesLeft: number; readonly process: SimulatedProcess; readonly cut: Cut | undefined };
/** How many bytes of a write of so many still happen before its process dies. */
export type Cut = (sizeBytes: number) => number;

/** The disk of a simulated machine. It outlives the processes, and in part the machine's death. */
export class SimulatedDisk {
  /** Wraps the disk of each process that is started; for tests that need a bad one. `later` does a step of the process after so many milliseconds. */
  static wrap: (disk: Disk, later: (afterMs: number, work: () => void) => void) => Disk = (disk) => disk;
  readonly faults = new DiskFaults();
  /** Writes beyond it end in ENOSPC. */
  capacityBytes = CAPACITY_BYTES;
  readonly root = new SimulatedDirectory();
  readonly time: SimulatedTime;
  readonly random: SeededRandom;
  #death: PlannedDeath | undefined;
  #lastChange: { changesLeft: number; readonly process: SimulatedProcess } | undefined;

  constructor(time: SimulatedTime, random: SeededRandom) {
    this.time = time;
    this.random = random;
  }

  /** The disk as one process sees it. */
  openFor(process: SimulatedProcess): Disk {
    const later = (afterMs: number, work: () => void) =>
      void this.time.at(this.time.nowMs + afterMs, () => process.step(work));
    return SimulatedDisk.wrap(new ProcessDisk(this, process), later);
  }

  /** The next write of the process but `after` is cut, at a random byte when it is not said where, and the process dies in it. */
  dieDuringWrite(process: SimulatedProcess, after: number, cut?: Cut): void {
    this.#death = { writesLeft: after, process, cut };
  }

  /** The process dies in place of its next change of the disk but `after`: a new file or directory, write, cut, rename, removal or begin of a sync. */
  dieBeforeChange(process: SimulatedProcess, after: number): void {
    this.#lastChange = { changesLeft: after, process };
  }

  /** Throws SimulatedDeath when this change was to be the end of its process. */
  countChange(process: SimulatedProcess): void {
    const planned = this.#lastChange;
    if (planned?.process !== process || planned.changesLeft-- > 0) return;
    this.#lastChange = undefined;
    process.die();
    throw new SimulatedDeath(`${process.name} died before a change of its disk`);
  }

  /** Bytes of this write that still happen before its process dies; undefined when it lives. */
  takeDeath(process: SimulatedProcess, sizeBytes: number): number | undefined {
    const death = this.#death;
    if (death?.process !== process || death.writesLeft-- > 0) return undefined;
    this.#death = undefined;
    return death.cut?.(sizeBytes) ?? this.random.int(0, sizeBytes);
  }

  /** What a file that grows by so much would lack. */
  missingBytes(growthBytes: number): number {
    // Sizes are summed only on a disk that a test made small.
    if (growthBytes <= 0 || this.capacityBytes === CAPACITY_BYTES) return 0;
    return this.root.totalBytes() + growthBytes - this.capacityBytes;
  }

  /** Only so many bytes are free from now on. */
  fill(freeBytes: number): void {
    this.capacityBytes = this.root.totalBytes() + freeBytes;
  }

  /** Somebody made space again. */
  free(): void {
    this.capacityBytes = CAPACITY_BYTES;
  }

  get isFull(): boolean {
    return this.capacityBytes < CAPACITY_BYTES;
  }

  /** The power went: see SimulatedFile and SimulatedDirectory for what is left. */
  loseUnsynced(): void {
    this.#death = undefined;
    this.root.loseUnsynced(this.random);
  }

  /** As if the machine had been idle for a long time. */
  makeDurable(): void {
    this.root.makeDurable();
  }
}

class SimulatedOpenFile implements OpenFile {
  isClosed = false;
  constructor(
    readonly path: string,
    readonly file: SimulatedFile,
    readonly owner: SimulatedProcess,
  ) {}
}

class ProcessDisk implements Disk {
  readonly #disk: SimulatedDisk;
  readonly #process: SimulatedProcess;

  constructor(disk: SimulatedDisk, process: SimulatedProcess) {
    this.#disk = disk;
    this.#process = process;
  }

  open(path: string, options?: { readonly create?: boolean }): OpenFile {
    this.#begin("open", path);
    const { directory, name } = this.#parent("open", path);
    const node = directory.get(name);
    if (node instanceof SimulatedDirectory) throw new DiskError("open", path, "EISDIR");
    if (node !== undefined) return new SimulatedOpenFile(path, node, this.#process);
    if (options?.create !== true) throw new DiskError("open", path, "ENOENT");
    this.#disk.countChange(this.#process);
    const file = new SimulatedFile();
    directory.change({ name, node: file });
    return new SimulatedOpenFile(path, file, this.#process);
  }

  close(file: OpenFile): void {
    asSimulated(file).isClosed = true;
  }

  sizeBytes(file: OpenFile): number {
    return this.#opened(file).sizeBytes;
  }

  read(file: OpenFile, position: number, into: Uint8Array): number {
    this.#begin("read", file.path);
    return this.#opened(file).read(position, into);
  }

  write(file: OpenFile, position: number, bytes: Uint8Array): void {
    const opened = this.#opened(file);
    this.#disk.countChange(this.#process);
    const errno = this.#disk.faults.errnoFor("write", file.path);
    if (errno !== undefined) {
      opened.write(position, bytes.subarray(0, this.#disk.random.int(0, bytes.length)));
      throw new DiskError("write", file.path, errno);
    }
    const missingBytes = this.#disk.missingBytes(position + bytes.length - opened.sizeBytes);
    if (missingBytes > 0) {
      opened.write(position, bytes.subarray(0, Math.max(0, bytes.length - missingBytes)));
      throw new DiskError("write", file.path, "ENOSPC");
    }
    const doneBytes = this.#disk.takeDeath(this.#process, bytes.length);
    if (doneBytes === undefined) {
      opened.write(position, bytes);
      return;
    }
    opened.write(position, bytes.subarray(0, doneBytes));
    this.#process.die();
    throw new SimulatedDeath(`${this.#process.name} died in a write to ${file.path}`);
  }

  truncate(file: OpenFile, sizeBytes: number): void {
    this.#begin("truncate", file.path);
    this.#disk.countChange(this.#process);
    this.#opened(file).truncate(sizeBytes);
  }

  sync(file: OpenFile): Promise<void> {
    const opened = this.#opened(file);
    this.#disk.countChange(this.#process);
    const point = opened.beginSync();
    return this.#later("sync", file.path, () => opened.completeSync(point));
  }

  syncDirectory(path: string): Promise<void> {
    this.#process.mustLive();
    this.#disk.countChange(this.#process);
    const directory = this.#find(path);
    if (!(directory instanceof SimulatedDirectory)) {
      return Promise.reject(new DiskError("sync", path, directory === undefined ? "ENOENT" : "ENOTDIR"));
    }
    const changes = directory.beginSync();
    return this.#later("sync", path, () => directory.completeSync(changes));
  }

  readFile(path: string): Uint8Array | undefined {
    this.#begin("read", path);
    const node = this.#find(path);
    if (node === undefined) return undefined;
    if (node instanceof SimulatedDirectory) throw new DiskError("read", path, "EISDIR");
    const bytes = new Uint8Array(node.sizeBytes);
    node.read(0, bytes);
    return bytes;
  }

  writeFileAtomic(path: string, bytes: Uint8Array): void {
    const temporary = `${path}.tmp`;
    const file = this.open(temporary, { create: true });
    try {
      this.truncate(file, 0);
      this.write(file, 0, bytes);
      const opened = this.#opened(file);
      this.#failIfPlanned("sync", path);
      opened.completeSync(opened.beginSync());
      this.rename(temporary, path);
      const { directory } = this.#parent("sync", path);
      directory.completeSync(directory.beginSync());
    } catch (error) {
      if (error instanceof DiskError) {
        this.remove(temporary);
        throw new DiskError("write", path, error.errno, { cause: error });
      }
      throw error;
    } finally {
      this.close(file);
    }
  }

  list(path: string): readonly DirectoryEntry[] {
    this.#begin("list", path);
    const node = this.#find(path);
    if (node === undefined) return [];
    if (node instanceof SimulatedFile) throw new DiskError("list", path, "ENOTDIR");
    const names = [...node.entries].map(([name, entry]) => ({
      name,
      isDirectory: entry instanceof SimulatedDirectory,
    }));
    return names.sort((one, other) => Buffer.compare(Buffer.from(one.name), Buffer.from(other.name)));
  }

  exists(path: string): boolean {
    this.#process.mustLive();
    return this.#find(path) !== undefined;
  }

  makeDirectory(path: string): void {
    this.#begin("mkdir", path);
    let directory = this.#disk.root;
    for (const name of namesOf(path)) {
      let node = directory.get(name);
      if (node === undefined) {
        this.#disk.countChange(this.#process);
        node = new SimulatedDirectory();
        directory.change({ name, node });
      }
      if (node instanceof SimulatedFile) throw new DiskError("mkdir", path, "EEXIST");
      directory = node;
    }
  }

  rename(from: string, to: string): void {
    this.#begin("rename", from);
    this.#disk.countChange(this.#process);
    const source = this.#parent("rename", from);
    const target = this.#parent("rename", to);
    const node = source.directory.get(source.name);
    const replaced = target.directory.get(target.name);
    if (node === undefined) throw new DiskError("rename", from, "ENOENT");
    if (replaced === node) return;
    if (replaced instanceof SimulatedDirectory) {
      if (node instanceof SimulatedFile) throw new DiskError("rename", from, "EISDIR");
      if (replaced.entries.size > 0) throw new DiskError("rename", from, "ENOTEMPTY");
    } else if (replaced !== undefined && node instanceof SimulatedDirectory) {
      throw new DiskError("rename", from, "ENOTDIR");
    }
    const removal = { name: source.name, node: undefined };
    const addition = { name: target.name, node };
    if (source.directory === target.directory) source.directory.change(removal, addition);
    else {
      target.directory.change(addition);
      source.directory.change(removal);
    }
  }

  remove(path: string): void {
    this.#begin("remove", path);
    if (this.#find(path) === undefined) return;
    this.#disk.countChange(this.#process);
    const { directory, name } = this.#parent("remove", path);
    directory.change({ name, node: undefined });
  }

  volume(path: string): { readonly totalBytes: number; readonly usableBytes: number } {
    this.#process.mustLive();
    if (this.#find(path) === undefined) throw new DiskError("statfs", path, "ENOENT");
    const totalBytes = this.#disk.capacityBytes;
    return { totalBytes, usableBytes: Math.max(0, totalBytes - this.#disk.root.totalBytes()) };
  }

  #begin(operation: FaultyOperation, path: string): void {
    this.#process.mustLive();
    this.#failIfPlanned(operation, path);
  }

  #failIfPlanned(operation: FaultyOperation, path: string): void {
    const errno = this.#disk.faults.errnoFor(operation, path);
    if (errno !== undefined) throw new DiskError(operation, path, errno);
  }

  /** Settles after a while; never when the process is dead by then. */
  #later(operation: FaultyOperation, path: string, complete: () => void): Promise<void> {
    const errno = this.#disk.faults.errnoFor(operation, path);
    const { time, random } = this.#disk;
    const tookMs = SYNC_MS.min + random.next() ** 4 * (SYNC_MS.max - SYNC_MS.min);
    return new Promise((resolve, reject) => {
      time.at(time.nowMs + tookMs, () => {
        if (!this.#process.isAlive) return;
        if (errno !== undefined) {
          reject(new DiskError(operation, path, errno));
          return;
        }
        complete();
        resolve();
      });
    });
  }

  #opened(file: OpenFile): SimulatedFile {
    this.#process.mustLive();
    const opened = asSimulated(file);
    assert(!opened.isClosed && opened.owner === this.#process, "the file is open in this process");
    return opened.file;
  }

  #find(path: string): SimulatedNode | undefined {
    let node: SimulatedNode | undefined = this.#disk.root;
    for (const name of namesOf(path)) {
      if (!(node instanceof SimulatedDirectory)) return undefined;
      node = node.get(name);
    }
    return node;
  }

  #parent(operation: string, path: string): { directory: SimulatedDirectory; name: string } {
    const names = namesOf(path);
    const name = names.pop();
    const directory = this.#find(`/${names.join("/")}`);
    if (directory === undefined || name === undefined) throw new DiskError(operation, path, "ENOENT");
    if (directory instanceof SimulatedFile) throw new DiskError(operation, path, "ENOTDIR");
    return { directory, name };
  }
}

function asSimulated(file: OpenFile): SimulatedOpenFile {
  assert(file instanceof SimulatedOpenFile, "the file was opened by this disk");
  return file;
}

function namesOf(path: string): string[] {
  assert(path.startsWith("/"), "paths are absolute");
  return path.split("/").filter((name) => name !== "");
}
