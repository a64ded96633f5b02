import { expect, test } from "vitest";
import { problem } from "../../lib/problem.ts";
import type { KeptEntry } from "./engine/journal/journal.ts";
import { journalCsv, journalCsvHead, journalLine } from "./journal-lines.ts";

const entry: KeptEntry = {
  id: 7,
  atMs: 0,
  durationMs: 3,
  actor: "=mira",
  cluster: "local",
  kind: "delete-topics",
  title: 'Delete topic "a", b',
  target: { type: "topic", name: "a" },
  summary: "2 partitions\nall gone",
  outcome: "failed",
  input: { secret: true },
  before: { partitions: "2" },
  after: {},
  problem: problem({ code: "timed-out", title: "t", detail: "too slow" }),
  cli: "kafka-topics.sh --delete",
  code: "import",
  fingerprint: null,
  jobId: null,
  reverts: 3,
  revertedBy: null,
};

test("an entry is one line of JSON, without what only the console needs", () => {
  const line = journalLine(entry);
  expect(line.endsWith("}\n")).toBe(true);
  expect(line.trim()).not.toContain("\n");
  const parsed: unknown = JSON.parse(line);
  expect(parsed).toMatchObject({ id: 7, time: "1970-01-01T00:00:00.000Z", before: { partitions: "2" } });
  expect(parsed).not.toHaveProperty("input");
});

test("an entry is one record of CSV, quoted, and no formula", () => {
  expect(journalCsvHead.trim().split(",")).toHaveLength(17);
  expect(journalCsv(entry)).toBe(
    `7,1970-01-01T00:00:00.000Z,'=mira,local,delete-topics,"Delete topic ""a"", b",topic,a,failed,"2 partitions\nall gone","{""partitions"":""2""}",{},kafka-topics.sh --delete,timed-out: too slow,,3,\r\n`,
  );
});
