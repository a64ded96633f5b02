import { chmodSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { type Problem, problem } from "../../../../lib/problem.ts";
import { migrations } from "./migrations.ts";

/** A write may have to wait for another process's: `odradek` commands read the same file. */
const BUSY_TIMEOUT_MS = 5_000;

/** Checked in about a second. Damage in a larger file is met by the statement that reads it. */
const CHECKED_BYTES_MAX = 128 * 1024 * 1024;

/** What SQLite stores. */
export type Cell = string | number | null | Uint8Array;

/** A prepared statement; `Row` is the shape of its SELECT. */
export type Statement<Row> = {
  all(...cells: readonly Cell[]): Row[];
  first(...cells: readonly Cell[]): Row | undefined;
  /** The rows changed, and the id of the last row that was put in. */
  run(...cells: readonly Cell[]): { readonly changes: number; readonly id: number };
};

/** The console's embedded database: history, jobs, journal. One connection, synchronous; statements are prepared once and kept by whoever uses them. */
export class Store {
  private constructor(private readonly database: Database.Database) {}

  /** Opens a database file, or ":memory:". Throws SqliteError; SQLITE_NOTADB or SQLITE_CORRUPT when the file is damaged. */
  static open(path: string): Store {
    const database = new Database(path);
    try {
      // What a power cut may take is the last second of history; WAL keeps the file whole.
      database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
        PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};`);
      return new Store(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** How many migrations the database has had; more than we know when a newer console made it. */
  get version(): number {
    return this.prepare<{ user_version: number }>("PRAGMA user_version").first()?.user_version ?? 0;
  }

  /** Brings the schema up to date, each step whole or not at all. */
  migrate(steps: readonly string[] = migrations): void {
    for (let done = this.version; done < steps.length; done += 1) {
      this.transaction(() => {
        this.database.exec(steps[done] ?? "");
        this.database.exec(`PRAGMA user_version = ${done + 1}`);
      });
    }
  }

  /** Reads the whole file, unless it is so large that the console's start would wait for it. Throws when it is damaged. */
  check(): void {
    if (this.sizeBytes > CHECKED_BYTES_MAX) return;
    const found = this.prepare<{ quick_check: string }>("PRAGMA quick_check(1)").first();
    if (found?.quick_check !== "ok") throw new DamageError(found?.quick_check ?? "no answer to quick_check");
  }

  /** Bytes of the pages in use. */
  get sizeBytes(): number {
    const pages = this.prepare<{ page_count: number }>("PRAGMA page_count").first()?.page_count ?? 0;
    const free = this.prepare<{ freelist_count: number }>("PRAGMA freelist_count").first()?.freelist_count ?? 0;
    const size = this.prepare<{ page_size: number }>("PRAGMA page_size").first()?.page_size ?? 0;
    return (pages - free) * size;
  }

  /** Prepares a statement. The caller says what its rows are: the SELECT and the type stand side by side. */
  prepare<Row>(sql: string): Statement<Row> {
    const statement = this.database.prepare(sql);
    // libsql takes a single object for named parameters, so cells always go as one array. Its rows are untyped: this is the one place that trusts the SQL.
    return {
      all: (...cells) => statement.all(cells) as Row[],
      first: (...cells) => statement.get(cells) as Row | undefined,
      run: (...cells) => {
        const { changes, lastInsertRowid } = statement.run(cells);
        return { changes, id: Number(lastInsertRowid) };
      },
    };
  }

  /** Runs the work as one transaction: all of it is kept, or nothing when it throws. */
  transaction<T>(work: () => T): T {
    this.database.exec("BEGIN IMMEDIATE");
    try {
      const value = work();
      this.database.exec("COMMIT");
      return value;
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  private rollBack(): void {
    try {
      this.database.exec("ROLLBACK");
    } catch {
      // SQLite has taken it back itself, as it does when the disk is full.
    }
  }

  close(): void {
    // Statements that nobody dropped keep the file open until they are collected, so SQLite would not tidy up by itself.
    this.database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    this.database.close();
  }
}

/** SQLite's own check found the file damaged; the message is what it said. */
class DamageError extends Error {
  override readonly name = "DamageError";
}

/** A store that works, and what is wrong with the one that was meant. */
export type OpenedStore = { readonly store: Store; readonly problem: Problem | null };

/**
 * Opens `<data>/console/console.db`, made when missing, for its owner only. A damaged one is moved aside; one of a newer console is left alone.
 * When there is none to use, or no data directory, the store is in memory, and `problem` says why.
 */
export function openStore(dataDirectory: string, nowMs: number): OpenedStore {
  if (dataDirectory === "") return { store: inMemory(), problem: null };
  const directory = join(dataDirectory, "console");
  const path = join(directory, "console.db");
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
    return openFile(path);
  } catch (error) {
    if (!isDamage(error)) return { store: inMemory(), problem: unusable(path, error) };
    return replaceDamaged(path, nowMs, error);
  }
}

function openFile(path: string): OpenedStore {
  const store = Store.open(path);
  try {
    chmodSync(path, 0o600);
    if (store.version > migrations.length) {
      const { version } = store;
      store.close();
      return { store: inMemory(), problem: tooNew(path, version) };
    }
    store.check();
    store.migrate();
    return { store, problem: null };
  } catch (error) {
    store.close();
    throw error;
  }
}

function replaceDamaged(path: string, nowMs: number, cause: unknown): OpenedStore {
  const aside = `${path}.damaged-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, "-")}`;
  try {
    for (const suffix of ["", "-wal", "-shm"]) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    return { store: openFile(path).store, problem: damaged(path, aside, cause) };
  } catch (error) {
    return { store: inMemory(), problem: unusable(path, error) };
  }
}

function inMemory(): Store {
  const store = Store.open(":memory:");
  store.migrate();
  return store;
}

function isDamage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return error instanceof DamageError || /^SQLITE_(NOTADB|CORRUPT)/.test(code);
}

function damaged(path: string, aside: string, cause: unknown): Problem {
  return problem({
    code: "store-unusable",
    title: "The console's own database was damaged",
    detail: `${path}: ${messageOf(cause)}. It was moved aside and a new one begun: history, jobs and journal start anew.`,
    suggestion: "Nothing of the cluster is lost. Keep the old file if you need its journal, else delete it.",
    facts: [["moved to", aside]],
  });
}

function tooNew(path: string, version: number): Problem {
  return problem({
    code: "store-unusable",
    title: "The console's own database is of a newer version",
    detail: `${path} has schema ${version}; this console knows ${migrations.length}. It was left alone: history, jobs and journal are kept in memory and lost when the console stops.`,
    suggestion: "Start the newer version again, or move the file away.",
    facts: [["file", path]],
  });
}

function unusable(path: string, cause: unknown): Problem {
  return problem({
    code: "store-unusable",
    title: "The console's own database cannot be used",
    detail: `${path}: ${messageOf(cause)}. History, jobs and journal are kept in memory and lost when the console stops.`,
    suggestion: "Check that the data directory can be written and its disk is not full, then start the console again.",
    facts: [["file", path]],
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
