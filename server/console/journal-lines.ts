import type { KeptEntry } from "./engine/journal/journal.ts";

/** How a journal is written down outside of the console. */
export type JournalFormat = "jsonl" | "csv";

const columns = [
  "id",
  "time",
  "actor",
  "cluster",
  "kind",
  "title",
  "targetType",
  "target",
  "outcome",
  "summary",
  "before",
  "after",
  "command",
  "problem",
  "job",
  "reverts",
  "revertedBy",
] as const;

/** The first line of the CSV. */
export const journalCsvHead = `${columns.join(",")}\r\n`;

/** One entry as a line of JSON, as it is written to a Kafka topic too. What its change needs to be taken back stays in the console. */
export function journalLine({ input: _input, code: _code, ...entry }: KeptEntry): string {
  return `${JSON.stringify({ ...entry, time: new Date(entry.atMs).toISOString() })}\n`;
}

/** One entry as a line of CSV (RFC 4180). */
export function journalCsv(entry: KeptEntry): string {
  const { id, atMs, actor, cluster, kind, title, target, outcome, summary, before, after, cli, problem } = entry;
  const cells: Record<(typeof columns)[number], string | number | null> = {
    ...{ id, actor, cluster, kind, title, outcome, summary },
    time: new Date(atMs).toISOString(),
    targetType: target.type,
    target: target.name,
    before: JSON.stringify(before),
    after: JSON.stringify(after),
    command: cli,
    problem: problem && `${problem.code}: ${problem.detail}`,
    job: entry.jobId,
    reverts: entry.reverts,
    revertedBy: entry.revertedBy,
  };
  return `${columns.map((column) => cell(cells[column])).join(",")}\r\n`;
}

/** A cell that a spreadsheet could take for a formula begins with an apostrophe. */
function cell(value: string | number | null): string {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
