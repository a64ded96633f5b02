import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrations } from "./migrations.ts";
import { openStore, Store } from "./store.ts";

let directory = "";
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), "odradek-store-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const nowMs = Date.UTC(2026, 10, 25, 9, 30);
const path = () => join(directory, "console", "console.db");

describe("a store", () => {
  test("is made for its owner only, and keeps what is written", () => {
    const { store, problem } = openStore(directory, nowMs);
    expect(problem).toBeNull();
    expect(store.version).toBe(migrations.length);
    store
      .prepare("INSERT INTO series (cluster, kind, name, part) VALUES (?, ?, ?, ?)")
      .run("local", "topic-end", "a", "");
    store.close();
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, "console")).mode & 0o777).toBe(0o700);
    const again = openStore(directory, nowMs).store;
    expect(again.prepare<{ name: string }>("SELECT name FROM series").all()).toEqual([{ name: "a" }]);
    again.close();
  });

  test("takes null, text, numbers and bytes as single cells", () => {
    const store = Store.open(":memory:");
    const echo = store.prepare<{ cell: unknown; kind: string }>("SELECT ?1 AS cell, typeof(?1) AS kind");
    expect(echo.first(null)).toMatchObject({ cell: null, kind: "null" });
    expect(echo.first(2 ** 52)).toMatchObject({ cell: 2 ** 52 });
    expect(echo.first(1.5)).toMatchObject({ kind: "real" });
    expect(echo.first(new Uint8Array([1, 2]))).toMatchObject({ kind: "blob" });
    store.close();
  });

  test("undoes a transaction that throws", () => {
    const { store } = openStore("", nowMs);
    const insert = store.prepare("INSERT INTO series (cluster, kind, name, part) VALUES ('c', 'k', ?, '')");
    const failing = () =>
      store.transaction(() => {
        insert.run("a");
        throw new Error("no");
      });
    expect(failing).toThrow("no");
    expect(store.prepare<{ n: number }>("SELECT count(*) AS n FROM series").first()).toMatchObject({ n: 0 });
  });

  test("takes only the migrations that it has not had", () => {
    const store = Store.open(":memory:");
    store.migrate(["CREATE TABLE a (x)"]);
    store.migrate(["CREATE TABLE a (x)", "CREATE TABLE b (x)"]);
    expect(store.version).toBe(2);
    expect(() => store.migrate(["", "", "CREATE TABLE c (x); CREATE TABLE a (x)"])).toThrow(/already exists/);
    expect(store.version).toBe(2);
    expect(() => store.prepare("SELECT * FROM c")).toThrow(/no such table/);
  });
});

describe("a store that cannot be used", () => {
  test.each([
    ["bytes that are no database", () => Buffer.alloc(8192, 7)],
    ["a database whose pages were overwritten", spoiledDatabase],
  ])("is moved aside when it holds %s", (_, bytes) => {
    mkdirSync(join(directory, "console"));
    writeFileSync(path(), bytes());
    const { store, problem } = openStore(directory, nowMs);
    expect(problem).toMatchObject({ code: "store-unusable", title: "The console's own database was damaged" });
    expect(readdirSync(join(directory, "console"))).toContain("console.db.damaged-2026-11-25T09-30-00-000Z");
    expect(store.version).toBe(migrations.length);
    store.close();
    expect(openStore(directory, nowMs).problem).toBeNull();
  });

  test("is left alone when it is of a newer version", () => {
    const { store } = openStore(directory, nowMs);
    store.prepare(`PRAGMA user_version = ${migrations.length + 1}`).all();
    store.close();
    const opened = openStore(directory, nowMs);
    expect(opened.problem).toMatchObject({ title: "The console's own database is of a newer version" });
    opened.store.prepare("INSERT INTO jobLog (job, atMs, text) SELECT 1, 1, 'x' WHERE 0").run();
    expect(readdirSync(join(directory, "console")).filter((name) => name.includes("damaged"))).toEqual([]);
  });

  test("is replaced by one in memory when the directory is a file", () => {
    writeFileSync(join(directory, "console"), "");
    const { store, problem } = openStore(directory, nowMs);
    expect(problem).toMatchObject({ title: "The console's own database cannot be used" });
    expect(store.version).toBe(migrations.length);
    expect(existsSync(path())).toBe(false);
  });
});

function spoiledDatabase(): Buffer {
  const store = Store.open(join(directory, "spoiled.db"));
  store.migrate();
  const insert = store.prepare("INSERT INTO series (cluster, kind, name, part) VALUES ('c', 'k', ?, '')");
  store.transaction(() => {
    for (let index = 0; index < 2_000; index += 1) insert.run(`name-${index}`);
  });
  store.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
  store.close();
  const bytes = readFileSync(join(directory, "spoiled.db"));
  bytes.fill(0xff, 8192, 65_536);
  return bytes;
}
