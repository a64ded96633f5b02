import { changeFacts, type ChangeTarget, changeTarget } from "../../../../lib/contracts/changes.ts";
import {
  changeOutcome,
  type JournalEntry,
  type JournalQuery,
  type JournalSummary,
} from "../../../../lib/contracts/journal.ts";
import { problemSchema } from "../../../../lib/problem.ts";
import type { Store } from "../store/store.ts";

/** Entries that are kept of all clusters; the oldest go first. */
const ENTRIES_MAX = 100_000;

/** A change as it is written down. `input` is what its declaration parses, so that it can be taken back. */
export type NewEntry = Omit<JournalEntry, "id" | "revertedBy" | "irreversible" | "cliBack"> & {
  readonly input: unknown;
};

/** An entry as it is kept. What it would take to revert it is not here: the change's declaration knows. */
export type KeptEntry = NewEntry & Pick<JournalEntry, "id" | "revertedBy">;

/** A page of entries. */
export type JournalPage = { readonly entries: JournalSummary[]; readonly next: number | null };

/** Everything that was changed through the console, or refused, with who and when. Entries are added and never changed, but for being reverted. */
export class Journal {
  private readonly statements: ReturnType<typeof prepareAll>;

  constructor(
    private readonly store: Store,
    private readonly onChange: (cluster: string) => void,
  ) {
    this.statements = prepareAll(store);
  }

  /** Writes an entry down. One that reverts another marks that one. */
  append(entry: NewEntry): KeptEntry {
    const id = this.store.transaction(() => {
      const added = this.statements.add.run(...cellsOf(entry));
      if (entry.reverts !== null && (entry.outcome === "done" || entry.outcome === "started"))
        this.statements.markReverted.run(added.id, entry.reverts);
      this.statements.trim.run(added.id - ENTRIES_MAX);
      return added.id;
    });
    this.onChange(entry.cluster);
    return { ...entry, id, revertedBy: null };
  }

  find(cluster: string, id: number): KeptEntry | undefined {
    const row = this.statements.find.first(id, cluster);
    return row && entryOf(row);
  }

  /** Entries that match, newest first. */
  list(cluster: string, { text, before, limit, ...query }: JournalQuery): JournalPage {
    const like = text === undefined || text === "" ? null : `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const { actor = null, kind = null, state = null, fromMs = null, untilMs = null } = query;
    const rows = this.statements.list.all(
      ...[cluster, before ?? null, actor, kind, state, fromMs, untilMs, like, limit + 1],
    );
    const entries = rows.slice(0, limit).map((row) => summaryOf(entryOf(row)));
    return { entries, next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
  }

  /** Entries after one, oldest first. */
  after(cluster: string, id: number, limit: number): KeptEntry[] {
    return this.statements.after.all(cluster, id, limit).map((row) => entryOf(row));
  }

  count(cluster: string): number {
    return this.statements.count.first(cluster)?.n ?? 0;
  }

  /** Everybody who has an entry. */
  actors(cluster: string): string[] {
    return this.statements.actors.all(cluster).map(({ value }) => value);
  }

  /** Every kind of change that has an entry. */
  kinds(cluster: string): string[] {
    return this.statements.kinds.all(cluster).map(({ value }) => value);
  }
}

/** What a list shows of an entry. */
export function summaryOf(entry: KeptEntry): JournalSummary {
  const { id, atMs, actor, cluster, kind, title, target, summary, outcome, reverts, revertedBy } = entry;
  return { id, atMs, actor, cluster, kind, title, target, summary, outcome, reverts, revertedBy };
}

function cellsOf(entry: NewEntry) {
  return [
    entry.atMs,
    entry.durationMs,
    entry.actor,
    entry.cluster,
    entry.kind,
    entry.title,
    entry.target.type,
    entry.target.name,
    entry.summary,
    entry.outcome,
    JSON.stringify(entry.input),
    JSON.stringify(entry.before),
    JSON.stringify(entry.after),
    entry.problem && JSON.stringify(entry.problem),
    entry.cli,
    entry.code,
    entry.fingerprint,
    entry.jobId,
    entry.reverts,
  ];
}

type EntryRow = {
  readonly [Field in "id" | "atMs" | "durationMs"]: number;
} & {
  readonly [
    Field in
      | "actor"
      | "cluster"
      | "kind"
      | "title"
      | "targetType"
      | "targetName"
      | "summary"
      | "outcome"
      | "input"
      | "before"
      | "after"
  ]: string;
} & {
  readonly [Field in "problem" | "cli" | "code" | "fingerprint"]: string | null;
} & { readonly [Field in "jobId" | "reverts" | "revertedBy"]: number | null };

function entryOf(row: EntryRow): KeptEntry {
  const {
    id,
    atMs,
    durationMs,
    actor,
    cluster,
    kind,
    title,
    summary,
    cli,
    code,
    fingerprint,
    jobId,
    reverts,
    revertedBy,
  } = row;
  return {
    ...{
      id,
      atMs,
      durationMs,
      actor,
      cluster,
      kind,
      title,
      summary,
      cli,
      code,
      fingerprint,
      jobId,
      reverts,
      revertedBy,
    },
    target: targetOf(row),
    outcome: changeOutcome.parse(row.outcome),
    input: JSON.parse(row.input),
    before: changeFacts.parse(JSON.parse(row.before)),
    after: changeFacts.parse(JSON.parse(row.after)),
    problem: row.problem === null ? null : problemSchema.parse(JSON.parse(row.problem)),
  };
}

function targetOf({ targetType, targetName }: EntryRow): ChangeTarget {
  return changeTarget.parse({ type: targetType, name: targetName });
}

function prepareAll(store: Store) {
  return {
    add: store.prepare(
      `INSERT INTO journal (atMs, durationMs, actor, cluster, kind, title, targetType, targetName, summary, outcome, input, before, after,
         problem, cli, code, fingerprint, jobId, reverts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    markReverted: store.prepare("UPDATE journal SET revertedBy = ? WHERE id = ?"),
    trim: store.prepare("DELETE FROM journal WHERE id <= ?"),
    find: store.prepare<EntryRow>("SELECT * FROM journal WHERE id = ? AND cluster = ?"),
    list: store.prepare<EntryRow>(
      `SELECT * FROM journal WHERE cluster = ?1 AND (?2 IS NULL OR id < ?2) AND (?3 IS NULL OR actor = ?3)
         AND (?4 IS NULL OR kind = ?4) AND (?5 IS NULL OR outcome = ?5 OR (?5 = 'reverted' AND revertedBy IS NOT NULL))
         AND (?6 IS NULL OR atMs >= ?6) AND (?7 IS NULL OR atMs < ?7)
         AND (?8 IS NULL OR title || ' ' || targetName || ' ' || actor || ' ' || summary || ' ' || ifnull(cli, '') || before || after LIKE ?8 ESCAPE '\\')
       ORDER BY id DESC LIMIT ?9`,
    ),
    after: store.prepare<EntryRow>("SELECT * FROM journal WHERE cluster = ? AND id > ? ORDER BY id LIMIT ?"),
    count: store.prepare<{ n: number }>("SELECT count(*) AS n FROM journal WHERE cluster = ?"),
    actors: prepareValues(store, "actor"),
    kinds: prepareValues(store, "kind"),
  };
}

/** The values of a column in order. DISTINCT would read every entry; this makes one step in the index a value. */
function prepareValues(store: Store, column: "actor" | "kind") {
  return store.prepare<{ value: string }>(
    `WITH RECURSIVE found(value) AS (
       SELECT min(${column}) FROM journal WHERE cluster = ?1
       UNION ALL
       SELECT (SELECT min(${column}) FROM journal WHERE cluster = ?1 AND ${column} > value) FROM found WHERE value IS NOT NULL
     ) SELECT value FROM found WHERE value IS NOT NULL`,
  );
}
