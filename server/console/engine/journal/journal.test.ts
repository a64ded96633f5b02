import { beforeEach, expect, test } from "vitest";
import { journalQuery } from "../../../../lib/contracts/journal.ts";
import { problem } from "../../../../lib/problem.ts";
import { openStore } from "../store/store.ts";
import { Journal, type NewEntry } from "./journal.ts";

let journal: Journal;
let changed: string[];
beforeEach(() => {
  changed = [];
  journal = new Journal(openStore("", 0).store, (cluster) => changed.push(cluster));
});

const base: NewEntry = {
  atMs: 1_764_000_000_000,
  durationMs: 41,
  actor: "mira",
  cluster: "local",
  kind: "create-topic",
  title: "Create topic orders",
  target: { type: "topic", name: "orders" },
  summary: "3 partitions × 1",
  outcome: "done",
  input: { cluster: "local", name: "orders" },
  before: {},
  after: { partitions: "3", "retention.ms": null },
  problem: null,
  cli: "kafka-topics.sh --create --topic orders",
  code: null,
  fingerprint: null,
  jobId: null,
  reverts: null,
};

const all = journalQuery.parse({});
const ids = (query: unknown) => journal.list("local", journalQuery.parse(query)).entries.map(({ id }) => id);

test("an entry comes back as it was written", () => {
  const refusal = problem({ code: "not-authorised", title: "No", detail: "No right." });
  const { id } = journal.append({ ...base, outcome: "failed", problem: refusal });
  expect(journal.find("local", id)).toEqual({ ...base, id, outcome: "failed", problem: refusal, revertedBy: null });
  expect(journal.find("other", id)).toBeUndefined();
  expect(changed).toEqual(["local"]);
});

test("entries are found by text anywhere in them, by actor and by outcome", () => {
  journal.append(base);
  journal.append({ ...base, actor: "jonas", outcome: "refused", title: "Delete topic pay_1", cli: null });
  journal.append({ ...base, cluster: "other" });
  expect(ids({})).toEqual([2, 1]);
  expect(ids({ text: "PAY_1" })).toEqual([2]);
  expect(ids({ text: "pay%1" })).toEqual([]);
  expect(ids({ text: "kafka-topics" })).toEqual([1]);
  expect(ids({ text: "retention.ms" })).toEqual([2, 1]);
  expect(ids({ actor: "mira" })).toEqual([1]);
  expect(ids({ state: "refused" })).toEqual([2]);
  expect(journal.actors("local")).toEqual(["jonas", "mira"]);
  expect(journal.count("local")).toBe(2);
});

test("entries are narrowed by kind, by time, and to what was taken back", () => {
  journal.append({ ...base, atMs: 1000 });
  journal.append({ ...base, atMs: 2000, kind: "delete-topics", reverts: 1 });
  journal.append({ ...base, atMs: 3000, kind: "delete-topics", outcome: "failed" });
  journal.append({ ...base, kind: "add-partitions", cluster: "other" });
  expect(ids({ kind: "delete-topics" })).toEqual([3, 2]);
  expect(ids({ fromMs: 2000 })).toEqual([3, 2]);
  expect(ids({ untilMs: 2000 })).toEqual([1]);
  expect(ids({ fromMs: "1000", untilMs: "3000", kind: "delete-topics" })).toEqual([2]);
  expect(ids({ state: "reverted" })).toEqual([1]);
  expect(ids({ state: "done" })).toEqual([2, 1]);
  expect(journal.kinds("local")).toEqual(["create-topic", "delete-topics"]);
});

test("pages follow one another", () => {
  for (let count = 0; count < 5; count += 1) journal.append(base);
  const first = journal.list("local", { ...all, limit: 2 });
  expect(first).toMatchObject({ entries: [{ id: 5 }, { id: 4 }], next: 4 });
  expect(journal.list("local", { ...all, limit: 3, before: 4 })).toMatchObject({
    entries: [{ id: 3 }, { id: 2 }, { id: 1 }],
    next: null,
  });
});

test("an entry that was reverted names the one that did, unless that failed", () => {
  const { id } = journal.append(base);
  journal.append({ ...base, kind: "delete-topics", reverts: id, outcome: "failed" });
  expect(journal.find("local", id)?.revertedBy).toBeNull();
  const { id: by } = journal.append({ ...base, kind: "delete-topics", reverts: id });
  expect(journal.find("local", id)?.revertedBy).toBe(by);
});
