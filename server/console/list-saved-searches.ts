import type { SavedSearchList } from "../../lib/contracts/search.ts";
import { succeed } from "../../lib/result.ts";
import { defineUseCase } from "./use-case.ts";

/** Searches that were kept for a topic, by name. Asks no cluster. */
export const listSavedSearches = defineUseCase<{ readonly cluster: string; readonly topic: string }, SavedSearchList>({
  failed: ({ topic }) => `The saved searches of ${topic} could not be listed`,
  run: ({ context, cluster }, { topic }) =>
    Promise.resolve(succeed({ searches: context.searches.saved.list(cluster.options.id, topic) })),
});
