import type { SearchQuery, SearchStatus, StartSearchInput } from "../../lib/contracts/search.ts";
import { fail, succeed } from "../../lib/result.ts";
import { faultOfQuery } from "./search/plan-search.ts";
import { SEARCH } from "./search/search-job.ts";
import { statusOf } from "./search/search-status.ts";
import { defineUseCase } from "./use-case.ts";

/** Begins a search as a job, and answers before it has read anything. It changes nothing in the cluster, so whoever may read may search. */
export const startSearch = defineUseCase<StartSearchInput, SearchStatus>({
  failed: () => "The search was not begun",
  run: ({ context, actor }, { cluster, query, replaces }, title) => {
    const fault = faultOfQuery(query, title);
    if (fault) return Promise.resolve(fail(fault));
    const { jobs } = context.engine;
    const replaced = replaces === null ? undefined : jobs.find(cluster, replaces);
    if (replaced?.kind === SEARCH && replaced.controls.includes("cancel"))
      jobs.control(cluster, replaced.id, "cancel", actor.name);
    const job = jobs.add({
      kind: SEARCH,
      cluster,
      title: `Search ${topicsOf(query)}`,
      detail: query.text,
      actor: actor.name,
      input: { query },
    });
    return Promise.resolve(succeed(statusOf(context, job, query)));
  },
});

function topicsOf({ topics }: SearchQuery): string {
  const [first = ""] = topics;
  return topics.length === 1 ? first : `${first} and ${topics.length - 1} more`;
}
