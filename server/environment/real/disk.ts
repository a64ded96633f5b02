import assert from "node:assert/strict";
import * as fs from "node:fs";
import { dirname } from "node:path";
import { DiskError, type DirectoryEntry, type Disk, type OpenFile } from "../environment.ts";

/** An open descriptor, which stays open while a sync runs on it in the thread pool. */
class RealFile implements OpenFile {
  pendingSyncs = 0;
  isClosed = false;
  constructor(
    readonly path: string,
    readonly descriptor: number,
  ) {}
}

/** The machine's files. Data goes to the page cache by synchronous calls, which is faster than the thread pool (broker-performance.md, section 2). */
export const realDisk: Disk = {
  open(path, options) {
    const create = options?.create === true ? fs.constants.O_CREAT : 0;
    return attempt("open", path, () => new RealFile(path, fs.openSync(path, fs.constants.O_RDWR | create, 0o644)));
  },

  close(file) {
    const real = asReal(file);
    if (real.isClosed) return;
    real.isClosed = true;
    closeWhenIdle(real);
  },

  sizeBytes: (file) => attempt("stat", file.path, () => fs.fstatSync(openDescriptor(file)).size),

  // Without `attempt`: a closure for each batch would be felt.
  read(file, position, into) {
    const descriptor = openDescriptor(file);
    let done = 0;
    try {
      while (done < into.length) {
        const count = fs.readSync(descriptor, into, done, into.length - done, position + done);
        if (count === 0) break;
        done += count;
      }
    } catch (error) {
      throw diskError("read", file.path, error);
    }
    return done;
  },

  write(file, position, bytes) {
    const descriptor = openDescriptor(file);
    let done = 0;
    try {
      while (done < bytes.length) {
        done += fs.writeSync(descriptor, bytes, done, bytes.length - done, position + done);
      }
    } catch (error) {
      throw diskError("write", file.path, error);
    }
  },

  truncate(file, sizeBytes) {
    attempt("truncate", file.path, () => fs.ftruncateSync(openDescriptor(file), sizeBytes));
  },

  sync(file) {
    const real = asReal(file);
    const descriptor = openDescriptor(file);
    real.pendingSyncs++;
    return new Promise((resolve, reject) => {
      fs.fdatasync(descriptor, (error) => {
        real.pendingSyncs--;
        try {
          closeWhenIdle(real);
          if (error === null) resolve();
          else reject(diskError("sync", file.path, error));
        } catch (closeError) {
          reject(closeError);
        }
      });
    });
  },

  async syncDirectory(path) {
    let directory: fs.promises.FileHandle | undefined;
    try {
      directory = await fs.promises.open(path, fs.constants.O_RDONLY);
      await directory.sync();
    } catch (error) {
      throw diskError("sync", path, error);
    } finally {
      await directory?.close();
    }
  },

  readFile(path) {
    try {
      return fs.readFileSync(path);
    } catch (error) {
      if (errnoOf(error) === "ENOENT") return undefined;
      throw diskError("read", path, error);
    }
  },

  writeFileAtomic(path, bytes) {
    attempt("write", path, () => writeAtomically(path, bytes));
  },

  list(path) {
    try {
      const entries = fs.readdirSync(path, { withFileTypes: true });
      return entries.map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() })).sort(byBytes);
    } catch (error) {
      if (errnoOf(error) === "ENOENT") return [];
      throw diskError("list", path, error);
    }
  },

  exists: (path) => fs.existsSync(path),

  makeDirectory(path) {
    attempt("mkdir", path, () => fs.mkdirSync(path, { recursive: true, mode: 0o755 }));
  },

  rename(from, to) {
    attempt("rename", from, () => fs.renameSync(from, to));
  },

  remove(path) {
    attempt("remove", path, () => fs.rmSync(path, { recursive: true, force: true }));
  },

  volume(path) {
    const stats = attempt("statfs", path, () => fs.statfsSync(path));
    return { totalBytes: stats.blocks * stats.bsize, usableBytes: stats.bavail * stats.bsize };
  },
};

function asReal(file: OpenFile): RealFile {
  assert(file instanceof RealFile, "the file was opened by this disk");
  return file;
}

function openDescriptor(file: OpenFile): number {
  const real = asReal(file);
  assert(!real.isClosed, "the file is open");
  return real.descriptor;
}

/** The number of a closed descriptor may be given to the next file, so a sync in the pool must end first. */
function closeWhenIdle(file: RealFile): void {
  if (!file.isClosed || file.pendingSyncs > 0) return;
  attempt("close", file.path, () => fs.closeSync(file.descriptor));
}

function writeAtomically(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.tmp`;
  try {
    const descriptor = fs.openSync(temporary, "w", 0o644);
    try {
      fs.writeFileSync(descriptor, bytes);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, path);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  const directory = fs.openSync(dirname(path), fs.constants.O_RDONLY);
  try {
    fs.fsyncSync(directory);
  } finally {
    fs.closeSync(directory);
  }
}

function attempt<T>(operation: string, path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw diskError(operation, path, error);
  }
}

/** Only the system's failures become DiskErrors; a bug stays what it is. */
function diskError(operation: string, path: string, error: unknown): unknown {
  const errno = errnoOf(error);
  return errno === undefined ? error : new DiskError(operation, path, errno, { cause: error });
}

function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("errno" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

function byBytes(one: DirectoryEntry, other: DirectoryEntry): number {
  return Buffer.compare(Buffer.from(one.name), Buffer.from(other.name));
}
