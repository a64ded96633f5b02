import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import {
  keptMatchesMax,
  type SearchFacts,
  searchFacts,
  type SearchQuery,
  searchQuery,
} from "../../../lib/contracts/search.ts";
import { formatNumberOf } from "../../../lib/format.ts";
import { problem } from "../../../lib/problem.ts";
import type { Result } from "../../../lib/result.ts";
import type { Cluster } from "../cluster.ts";
import { JobFailed, type JobFacts, jobKind, type JobRun, JobStopped } from "../engine/jobs/job-kind.ts";
import { planSearch, type SearchPlan } from "./plan-search.ts";
import type { ScanNews } from "./scan.ts";
import type { Searches } from "./searches.ts";
import { offsetsLeft } from "./search-range.ts";

/** The kind's name. */
export const SEARCH = "search";
/** Searches share their threads fairly; more than this would only wait for each other. */
const RUNNING_SEARCHES_MAX = 32;
const BEGIN_ATTEMPTS = 5;
const BEGIN_PAUSE_MS = 1_000;

const searchInput = z.object({ query: searchQuery });
type SearchInput = z.infer<typeof searchInput>;

const checkpointSchema = z.object({
  ranges: z.array(
    z.object({
      topic: z.string(),
      partition: z.number(),
      start: z.number(),
      end: z.number(),
      reachedMs: z.nullable(z.number()),
    }),
  ),
  facts: searchFacts,
});
type Checkpoint = z.infer<typeof checkpointSchema>;
type Job = JobFacts<SearchInput, Checkpoint>;

/** The job that searches: it reads on after its tab is closed, and after a restart from where it was. */
export function searchKind(clusters: ReadonlyMap<string, Cluster>, searches: () => Searches) {
  return jobKind<SearchInput, Checkpoint>({
    kind: SEARCH,
    input: searchInput,
    checkpoint: checkpointSchema,
    unit: "records",
    cancelMeans: null,
    runningMax: RUNNING_SEARCHES_MAX,
    async run(job, run) {
      const cluster = clusters.get(job.cluster);
      if (cluster === undefined) {
        const detail = "The console was started with other clusters.";
        throw new JobFailed(
          problem({ code: "cluster-not-found", title: `There is no cluster ${job.cluster}`, detail }),
        );
      }
      try {
        await search(cluster, searches(), job, run);
      } finally {
        searches().ended(job.id);
        searches().tell(job.id);
      }
    },
  });
}

async function search(cluster: Cluster, searches: Searches, job: Job, run: JobRun<Checkpoint>): Promise<void> {
  const { id, input } = job;
  let state = job.checkpoint ?? (await begin(cluster, input.query, run.signal));
  const keep = (news: ScanNews | null, end: SearchFacts["end"] = null, isDurable = false) => {
    state = news === null ? state : after(state, news, input.query);
    if (end !== null) state = { ...state, facts: endOf(state.facts, end, input.query) };
    searches.kept.keep(id, news?.foundJson ?? "[]", state.facts);
    searches.tell(id);
    run.checkpoint(state, progressOf(state.facts), { isDurable });
  };
  searches.began(id, { records: state.facts.records, offsets: state.facts.offsetsDone });
  keep(null);
  const task = {
    query: input.query,
    ranges: state.ranges,
    matches: state.facts.matches,
    records: state.facts.records,
    keptMax: keptMatchesMax,
    identity: cluster.identity,
  };
  const end = await searches.threads.run(job.cluster, task, {
    signal: run.signal,
    onNews: (news) => {
      try {
        keep(news);
      } catch (error) {
        // The signal stops the thread too, which then says where it is.
        if (!(error instanceof JobStopped)) throw error;
      }
    },
  });
  keep(null, end === "stopped" ? null : end, true);
  // Stopped without a signal: the threads were closed because the console ends.
  if (end === "stopped") throw new JobStopped();
}

/** A console that has just started, or a broker that comes back, may not answer in time: what may pass is waited for, as while the search reads. */
async function begin(cluster: Cluster, query: SearchQuery, signal: AbortSignal): Promise<Checkpoint> {
  for (let attempt = 1; ; attempt += 1) {
    const planned = await planSearch(cluster, query, "The search could not begin");
    if (attempt === BEGIN_ATTEMPTS || !mayPass(planned)) {
      if (!planned.ok) throw new JobFailed(planned.problem);
      return firstCheckpoint(planned.value);
    }
    await pause(BEGIN_PAUSE_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) throw new JobStopped();
  }
}

/** Nothing can be read, and the same may go well a moment later. Partitions that can be read do not wait for others. */
function mayPass(planned: Result<SearchPlan>): boolean {
  if (!planned.ok) return planned.problem.retryable;
  const { ranges, problems } = planned.value;
  return ranges.length === 0 && problems.some(({ retryable }) => retryable);
}

function firstCheckpoint({ ranges, keyPartition, problems }: SearchPlan): Checkpoint {
  const facts: SearchFacts = {
    ...{ offsetsDone: 0, offsetsTotal: offsetsLeft(ranges), records: 0, bytes: 0, matches: 0, evaluated: 0, failed: 0 },
    ...{ failure: null, reachedMs: null, partitions: ranges.length, keyPartition, end: null, problems: [...problems] },
  };
  return { ranges: [...ranges], facts };
}

function after({ facts }: Checkpoint, news: ScanNews, { order }: SearchQuery): Checkpoint {
  const { ranges, matches, records, bytes, evaluated, failed, failure, problems } = news;
  const times = ranges.flatMap(({ reachedMs }) => reachedMs ?? []);
  const isKnown = times.length === ranges.length && times.length > 0;
  const reachedMs = order === "newest" ? Math.max(...times) : Math.min(...times);
  const known = new Map([...facts.problems, ...problems].map((one) => [`${one.title}/${one.code}`, one]));
  return {
    ranges: [...ranges],
    facts: {
      ...facts,
      offsetsDone: facts.offsetsTotal - offsetsLeft(ranges),
      records,
      bytes: facts.bytes + bytes,
      matches,
      evaluated: facts.evaluated + evaluated,
      failed: facts.failed + failed,
      failure: facts.failure ?? failure,
      reachedMs: isKnown ? reachedMs : facts.reachedMs,
      problems: [...known.values()],
    },
  };
}

/** More may have been found than was asked for: of these only the first count. */
function endOf(facts: SearchFacts, end: SearchFacts["end"], { limit }: SearchQuery): SearchFacts {
  return { ...facts, end, matches: end === "limit" ? Math.min(facts.matches, limit ?? facts.matches) : facts.matches };
}

function progressOf({ offsetsDone, offsetsTotal, matches, end }: SearchFacts) {
  const note = formatNumberOf(matches, "match", "matches");
  const total = end === null || end === "all-read" ? offsetsTotal : offsetsDone;
  return { done: offsetsDone, total, unit: "records", note };
}
