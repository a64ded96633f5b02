import { type RemoveSavedSearchInput, removeSavedSearchInput } from "../../lib/contracts/search.ts";
import { succeed } from "../../lib/result.ts";
import { defineChange } from "./change.ts";
import { factsOfSavedSearch, savedSearchOfFacts } from "./search/saved-search-facts.ts";
import type { UseCase } from "./use-case.ts";

/** Removing a search that was kept for a topic. */
export const removeSavedSearchChange = defineChange<RemoveSavedSearchInput, { readonly name: string }>({
  kind: "remove-saved-search",
  input: removeSavedSearchInput,
  verb: ({ name }) => `Remove search “${name}” of`,
  failed: ({ name }) => `Search “${name}” was not removed`,
  target: ({ topic }) => ({ type: "topic", name: topic }),
  plan: ({ context }, input) => {
    const before = factsOfSavedSearch(context.searches.saved.find(input)?.query);
    return Promise.resolve(succeed({ before, after: factsOfSavedSearch(undefined), impact: [], problems: [] }));
  },
  act: ({ context }, input) => {
    const { saved } = context.searches;
    const before = factsOfSavedSearch(saved.find(input)?.query);
    saved.remove(input);
    const facts = { before, after: factsOfSavedSearch(undefined), summary: before.text ?? "" };
    return Promise.resolve(succeed({ value: { name: input.name }, ...facts }));
  },
  revert: ({ before }, { cluster, topic, name }) => {
    const query = savedSearchOfFacts(before);
    if (query === undefined) return { irreversible: "It was not written down how the search was." };
    return { kind: "save-search", input: { cluster, topic, name, query } };
  },
});

/** Removes a saved search; nothing happens when there is none. */
export const removeSavedSearch: UseCase<RemoveSavedSearchInput, { readonly name: string }> = (context, actor, input) =>
  removeSavedSearchChange.actOn(context, actor, input, {});
