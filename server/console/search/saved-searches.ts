import { type SavedSearch, type SaveSearchInput, searchQuery } from "../../../lib/contracts/search.ts";
import type { Store } from "../engine/store/store.ts";

type Row = Omit<SavedSearch, "query"> & { readonly query: string };
type Place = { readonly cluster: string; readonly topic: string; readonly name: string };

/** Searches that people keep, by cluster and topic. */
export class SavedSearches {
  private readonly statements: ReturnType<typeof prepareAll>;

  constructor(store: Store) {
    this.statements = prepareAll(store);
  }

  /** By name. */
  list(cluster: string, topic: string): SavedSearch[] {
    return this.statements.list.all(cluster, topic).flatMap((row) => {
      const query = searchQuery.safeParse(JSON.parse(row.query));
      return query.success ? [{ ...row, query: query.data }] : [];
    });
  }

  find({ cluster, topic, name }: Place): SavedSearch | undefined {
    return this.list(cluster, topic).find((search) => search.name === name);
  }

  /** Keeps a search; one of the same name is replaced. */
  save({ cluster, topic, name, query }: SaveSearchInput, actor: string, nowMs: number): void {
    this.statements.save.run(cluster, topic, name, JSON.stringify(query), actor, nowMs);
  }

  remove({ cluster, topic, name }: Place): void {
    this.statements.remove.run(cluster, topic, name);
  }
}

function prepareAll(store: Store) {
  return {
    list: store.prepare<Row>(
      "SELECT id, topic, name, query, actor, createdAtMs FROM savedSearch WHERE cluster = ? AND topic = ? ORDER BY name",
    ),
    save: store.prepare(
      "INSERT OR REPLACE INTO savedSearch (cluster, topic, name, query, actor, createdAtMs) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    remove: store.prepare("DELETE FROM savedSearch WHERE cluster = ? AND topic = ? AND name = ?"),
  };
}
