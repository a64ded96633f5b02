import * as z from "zod/mini";
import type { JobSummary } from "../../../lib/contracts/jobs.ts";
import { type SearchFacts, type SearchQuery, searchQuery, type SearchStatus } from "../../../lib/contracts/search.ts";
import { type Result, fail, succeed } from "../../../lib/result.ts";
import type { ConsoleContext } from "../context.ts";
import { jobNotFound } from "../engine/jobs/job-runner.ts";
import { SEARCH } from "./search-job.ts";

const nothingYet: SearchFacts = {
  ...{ offsetsDone: 0, offsetsTotal: 0, records: 0, bytes: 0, matches: 0, evaluated: 0, failed: 0, failure: null },
  ...{ reachedMs: null, partitions: 0, keyPartition: null, end: null, problems: [] },
};

/** A search as it is now. */
export function statusOf({ searches }: ConsoleContext, job: JobSummary, query: SearchQuery): SearchStatus {
  const { id, title, state, problem, actor, createdAtMs, endedAtMs } = job;
  const facts = searches.kept.facts(id) ?? nothingYet;
  return {
    job: id,
    title,
    state,
    query,
    facts,
    ...searches.speedOf(id, facts),
    problem,
    actor,
    createdAtMs,
    endedAtMs,
  };
}

/** Finds a search by its job; `job-not-found` when it was removed, or is a job of another kind. */
export function findSearch(context: ConsoleContext, cluster: string, id: number): Result<SearchStatus> {
  const { jobs } = context.engine;
  const job = jobs.find(cluster, id);
  const input = z.safeParse(z.object({ query: searchQuery }), jobs.inputOf(id));
  if (job?.kind !== SEARCH || !input.success) return fail(jobNotFound(id));
  return succeed(statusOf(context, job, input.data.query));
}
