import { keptMatchesMax, type SearchResult } from "../../lib/contracts/search.ts";
import { succeed } from "../../lib/result.ts";
import { orderMatches } from "../../lib/search/order-matches.ts";
import { findSearch } from "./search/search-status.ts";
import { defineUseCase } from "./use-case.ts";

/** A search with the matches that were kept, in its order. Asks no cluster. */
export const readSearch = defineUseCase<{ readonly cluster: string; readonly job: number }, SearchResult>({
  failed: ({ job }) => `Search ${job} could not be read`,
  run: ({ context, cluster }, { job }) => {
    const found = findSearch(context, cluster.options.id, job);
    if (!found.ok) return Promise.resolve(found);
    const { query } = found.value;
    // More may be kept than the limit, where several partitions were read at once.
    const { matches, sequence } = context.searches.kept.matchesAfter(job, 0, keptMatchesMax * 2);
    const ordered = orderMatches(matches, query.order).slice(0, query.limit ?? keptMatchesMax);
    return Promise.resolve(succeed({ ...found.value, matches: ordered, sequence }));
  },
});
