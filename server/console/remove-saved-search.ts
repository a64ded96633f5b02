import { type RemoveSavedSearchInput, removeSavedSearchInput } from "../../lib/contracts/search.ts";
import { succeed } from "../../lib/result.ts";
import { defineChange } from "./change.ts";
import type { UseCase } from "./use-case.ts";

/** Removing a search that was kept for a topic. */
export const removeSavedSearchChange = defineChange<RemoveSavedSearchInput, { readonly name: string }>({
  kind: "remove-saved-search",
  input: removeSavedSearchInput,
  verb: ({ name }) => `Remove search “${name}” of`,
  failed: ({ name }) => `Search “${name}” was not removed`,
  target: ({ topic }) => ({ type: "topic", name: topic }),
  plan: ({ context }, input) => {
    const before = { text: context.searches.saved.find(input)?.query.text ?? null };
    return Promise.resolve(succeed({ before, after: { text: null }, impact: [], problems: [] }));
  },
  act: ({ context }, input) => {
    const { saved } = context.searches;
    const text = saved.find(input)?.query.text ?? null;
    saved.remove(input);
    const facts = { before: { text }, after: { text: null }, summary: text ?? "" };
    return Promise.resolve(succeed({ value: { name: input.name }, ...facts }));
  },
  revert: () => ({ irreversible: "Write the search again, and save it." }),
});

/** Removes a saved search; nothing happens when there is none. */
export const removeSavedSearch: UseCase<RemoveSavedSearchInput, { readonly name: string }> = (context, actor, input) =>
  removeSavedSearchChange.actOn(context, actor, input, {});
