import { type SearchFacts, searchFacts, type SearchMatch } from "../../../lib/contracts/search.ts";
import type { Store } from "../engine/store/store.ts";

/** Matches kept of all searches together; the oldest searches lose theirs first. */
const ALL_MATCHES_MAX = 100_000;

/** What searches have found, in the console's store. All goes with its job. */
export class SearchStore {
  private readonly statements: ReturnType<typeof prepareAll>;

  constructor(private readonly store: Store) {
    this.statements = prepareAll(store);
  }

  /** Keeps what was found since the last time (JSON of an array), and how far the search is, together. A match that is known already stays as it is. */
  keep(job: number, foundJson: string, facts: SearchFacts): void {
    const { saveFacts, addMatches, countAll, trim } = this.statements;
    this.store.transaction(() => {
      saveFacts.run(job, JSON.stringify(facts), JSON.stringify(facts));
      const { changes } = addMatches.run(job, foundJson);
      if (changes > 0 && (countAll.first()?.count ?? 0) > ALL_MATCHES_MAX) trim.run(job);
    });
  }

  /** How far a search is; undefined before it has begun. */
  facts(job: number): SearchFacts | undefined {
    const row = this.statements.facts.first(job);
    return row && searchFacts.safeParse(JSON.parse(row.facts)).data;
  }

  /** Matches in the order in which they were found, after one. */
  matchesAfter(
    job: number,
    sequence: number,
    limit: number,
  ): { readonly matches: SearchMatch[]; readonly sequence: number } {
    const rows = this.statements.after.all(job, sequence, limit);
    const matches = rows.map(({ record }): SearchMatch => JSON.parse(record));
    return { matches, sequence: rows.at(-1)?.sequence ?? sequence };
  }
}

function prepareAll(store: Store) {
  return {
    saveFacts: store.prepare("INSERT INTO search (job, facts) VALUES (?, ?) ON CONFLICT (job) DO UPDATE SET facts = ?"),
    facts: store.prepare<{ facts: string }>("SELECT facts FROM search WHERE job = ?"),
    // One statement for all of them: thousands may come at once, and pages wait meanwhile.
    addMatches: store.prepare(
      `INSERT OR IGNORE INTO searchMatch (job, topic, "partition", "offset", timestampMs, record)
        SELECT ?, value ->> 'topic', value ->> 'partition', CAST(value ->> 'offset' AS INTEGER), value ->> 'timestampMs', value FROM json_each(?)`,
    ),
    after: store.prepare<{ sequence: number; record: string }>(
      "SELECT sequence, record FROM searchMatch WHERE job = ? AND sequence > ? ORDER BY sequence LIMIT ?",
    ),
    countAll: store.prepare<{ count: number }>("SELECT count(*) AS count FROM searchMatch"),
    trim: store.prepare("DELETE FROM searchMatch WHERE job = (SELECT min(job) FROM searchMatch) AND job != ?"),
  };
}
