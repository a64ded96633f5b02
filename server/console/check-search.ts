import { type CheckSearchInput, type SearchCheck, sampleRecords } from "../../lib/contracts/search.ts";
import { succeed } from "../../lib/result.ts";
import { compileExpression } from "./search/expression.ts";
import { planSearch } from "./search/plan-search.ts";
import { defineUseCase } from "./use-case.ts";

/** A test must answer while its writer still looks, also where other searches keep the threads busy. */
const PATIENCE_MS = 10_000;

type Input = CheckSearchInput & {
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
};

/** Tries a query that may not be whole yet: where it is wrong, or for how many of the newest records it holds. Begins no job. */
export const checkSearch = defineUseCase<Input, SearchCheck>({
  failed: () => "The expression could not be tested",
  async run({ context, cluster }, { query, signal }, title) {
    const compiled = query.language === "cel" ? compileExpression(query.text) : undefined;
    if (compiled && !compiled.ok) return succeed({ fault: compiled.fault, sample: null });
    const anywhere = { ...query, fromOffset: null, fromMs: null, toMs: null, limit: null, budget: null };
    const planned = await planSearch(cluster, { ...anywhere, text: "true", language: "cel" }, title);
    if (!planned.ok) return planned;
    const { ranges } = planned.value;
    const each = Math.max(1, Math.floor(sampleRecords / Math.max(1, ranges.length)));
    const newest = ranges
      .slice(0, sampleRecords)
      .map((range) => ({ ...range, start: Math.max(range.start, range.end - each) }));
    const sample = {
      records: 0,
      matches: 0,
      failed: 0,
      failure: null as NonNullable<SearchCheck["sample"]>["failure"],
    };
    const ended = await context.searches.threads.run(
      cluster.options.id,
      {
        query: { ...anywhere, order: "newest" },
        ranges: newest,
        ...{ matches: 0, records: 0, keptMax: 0, isEachJudged: true },
        identity: cluster.identity,
      },
      {
        signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])]),
        onNews: ({ records, matches, failed, failure }) => {
          Object.assign(sample, { records, matches, failure, failed: sample.failed + failed });
        },
      },
    );
    return succeed({ fault: null, sample: { ...sample, isLate: ended === "stopped" } });
  },
});
