import { type SaveSearchInput, saveSearchInput } from "../../lib/contracts/search.ts";
import { fail, succeed } from "../../lib/result.ts";
import { defineChange } from "./change.ts";
import { factsOfSavedSearch, savedSearchOfFacts } from "./search/saved-search-facts.ts";
import { faultOfQuery } from "./search/plan-search.ts";
import type { UseCase } from "./use-case.ts";

/** Keeping a search for a topic. It changes the console's store only, and is told in the journal like any change. */
export const saveSearchChange = defineChange<SaveSearchInput, { readonly name: string }>({
  kind: "save-search",
  input: saveSearchInput,
  verb: ({ name }) => `Save search “${name}” of`,
  failed: ({ name }) => `Search “${name}” was not saved`,
  target: ({ topic }) => ({ type: "topic", name: topic }),
  plan: ({ context }, input, title) => {
    const fault = faultOfQuery(input.query, title);
    if (fault) return Promise.resolve(fail(fault));
    const before = factsOfSavedSearch(context.searches.saved.find(input)?.query);
    return Promise.resolve(succeed({ before, after: factsOfSavedSearch(input.query), impact: [], problems: [] }));
  },
  act: ({ context, actor }, input, title) => {
    const fault = faultOfQuery(input.query, title);
    if (fault) return Promise.resolve(fail(fault));
    const { saved } = context.searches;
    const facts = { before: factsOfSavedSearch(saved.find(input)?.query), after: factsOfSavedSearch(input.query) };
    saved.save(input, actor.name, Date.now());
    return Promise.resolve(succeed({ value: { name: input.name }, ...facts, summary: input.query.text }));
  },
  revert: ({ before }, { cluster, topic, name }) => {
    const query = savedSearchOfFacts(before);
    if (query !== undefined) return { kind: "save-search", input: { cluster, topic, name, query } };
    return before.text
      ? { irreversible: "It was not written down how the search was that had this name before." }
      : { kind: "remove-saved-search", input: { cluster, topic, name } };
  },
});

/** Keeps a search; one of the same name is replaced. */
export const saveSearch: UseCase<SaveSearchInput, { readonly name: string }> = (context, actor, input) =>
  saveSearchChange.actOn(context, actor, input, {});
