import type { ChangeFacts } from "../../../lib/contracts/changes.ts";
import { type SearchQuery, searchQuery } from "../../../lib/contracts/search.ts";

/** A saved search as the journal writes it down: its text, and all of it, so that it can be saved again. */
export function factsOfSavedSearch(query: SearchQuery | undefined): ChangeFacts {
  return query === undefined ? { text: null, search: null } : { text: query.text, search: JSON.stringify(query) };
}

/** The search that the journal wrote down; undefined where it wrote none. */
export function savedSearchOfFacts({ search }: ChangeFacts): SearchQuery | undefined {
  if (!search) return undefined;
  return searchQuery.safeParse(JSON.parse(search)).data;
}
