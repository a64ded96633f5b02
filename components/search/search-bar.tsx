"use client";
import { Pause, Play, RotateCcw, Square } from "lucide-react";
import Link from "next/link";
import { useControlJob, type ControlJob } from "@/components/jobs/use-control-job";
import { ProblemNote } from "@/components/feedback/problem-note";
import type { SearchModel } from "@/components/search/use-search";
import { Button } from "@/components/ui/button";
import { StatusMark } from "@/components/ui/status";
import type { SearchResult } from "@/lib/contracts/search";
import { formatCount, formatDuration, formatInteger, formatNumberOf, formatRate } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { jobsPath } from "@/lib/url";

/** How far the search is, and what can be done to it. Nothing while nothing is searched. */
export function SearchBar({ search, controlJob }: { search: SearchModel; controlJob: ControlJob }) {
  const { found, error, job } = search;
  if (error) {
    const problem = problemOf(error);
    return (
      <div className="space-y-2 px-6 pb-2.5">
        <ProblemNote
          problem={
            problem.code === "job-not-found"
              ? {
                  ...problem,
                  title: "This search was removed",
                  detail: "Its result set went with it.",
                  suggestion: "Search again for the same.",
                }
              : problem
          }
        />
        {problem.code === "job-not-found" && (
          <Button size="sm" onClick={() => search.begin(search.typed)}>
            <RotateCcw />
            Search again
          </Button>
        )}
      </div>
    );
  }
  if (job === null) return null;
  if (found === undefined) return <div role="status" aria-label="Loading the search" className="h-11 border-t" />;
  return <Progress search={search} found={found} controlJob={controlJob} />;
}

function Progress({ search, found, controlJob }: { search: SearchModel; found: SearchResult; controlJob: ControlJob }) {
  const { facts, state, ratePerSecond, etaMs, query } = found;
  const control = useControlJob(controlJob);
  const share = facts.offsetsTotal === 0 ? 1 : facts.offsetsDone / facts.offsetsTotal;
  const isRunning = state === "running" || state === "queued" || state === "pausing";
  const isPaused = state === "paused";
  const percent = `${Math.floor(share * 100)}%`;
  return (
    <section aria-label="Search progress" className="shrink-0 border-t">
      <div
        role="progressbar"
        aria-label="Read so far"
        aria-valuenow={Math.floor(share * 100)}
        className={isRunning ? "h-0.5 bg-accent" : "h-0.5 bg-line-strong"}
        style={{ width: `${share * 100}%` }}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-6 py-2 text-sm tabular-nums">
        <span className="font-medium">{percent}</span>
        {isRunning && (
          <span className="flex gap-1.5">
            <Button
              size="sm"
              disabled={state === "pausing"}
              onClick={() => control.mutate({ job: found.job, control: "pause" })}
            >
              <Pause />
              Pause
            </Button>
            <Button size="sm" onClick={() => control.mutate({ job: found.job, control: "cancel" })}>
              <Square />
              Stop
            </Button>
          </span>
        )}
        {isPaused && (
          <span className="flex gap-1.5">
            <Button size="sm" onClick={() => control.mutate({ job: found.job, control: "resume" })}>
              <Play />
              Go on
            </Button>
            <Button size="sm" onClick={() => control.mutate({ job: found.job, control: "cancel" })}>
              <Square />
              Stop
            </Button>
          </span>
        )}
        <span role="status">
          <b className="font-medium">{formatInteger(facts.matches)}</b> {facts.matches === 1 ? "match" : "matches"}
          {endWords(found)}
        </span>
        <span className="text-ink-muted">
          {formatCount(facts.offsetsDone)} of {formatCount(facts.offsetsTotal)} records
        </span>
        {facts.end === "limit" && query.limit !== null && (
          <Button size="sm" variant="ghost" onClick={() => search.again({ limit: null })}>
            Find all
          </Button>
        )}
        {facts.end === "budget" && (
          <Button size="sm" variant="ghost" onClick={() => search.setOptions({ budget: null })}>
            Read all
          </Button>
        )}
        {facts.keyPartition !== null && (
          <Button size="sm" variant="ghost" onClick={() => search.again({ isKeyPartitionOnly: false })}>
            Only partition {facts.keyPartition}, where this key goes · search all
          </Button>
        )}
        <span className="ml-auto flex gap-4 text-ink-muted">
          {isRunning && ratePerSecond !== null && <span>{formatRate(ratePerSecond)} records/s</span>}
          {isRunning && etaMs !== null && <span>{formatDuration(etaMs)} left</span>}
          <Link href={jobsPath(search.cluster, found.job)} prefetch={false} className="text-accent hover:underline">
            Job {found.job}
          </Link>
        </span>
      </div>
      <Notes found={found} control={control.error} />
    </section>
  );
}

function endWords({ state, facts, query }: SearchResult): string {
  if (state === "paused") return " · paused";
  if (state === "cancelled") return " · stopped";
  if (state === "failed") return " · failed";
  if (state !== "completed") return " so far";
  if (facts.end === "limit") return ` · the ${query.order} ${formatInteger(facts.matches)}`;
  return facts.end === "budget" ? " · ended by its scan budget" : " in all";
}

function Notes({ found, control }: { found: SearchResult; control: Error | null }) {
  const { facts, problem } = found;
  const problems = [...(problem ? [problem] : []), ...(control ? [problemOf(control)] : []), ...facts.problems].slice(
    0,
    3,
  );
  return (
    <>
      {facts.failed > 0 && facts.failure && (
        <p className="flex items-center gap-1.5 px-6 pb-2 text-xs text-ink-muted">
          <StatusMark kind="warn" />
          <span className="truncate">
            The expression failed on {formatInteger(facts.failed)} of {formatNumberOf(facts.evaluated, "record")} that
            were decoded: {facts.failure.message} (partition {facts.failure.partition} at {facts.failure.offset})
          </span>
        </p>
      )}
      {problems.map((one) => (
        <div key={`${one.title}${one.detail}`} className="px-6 pb-2">
          <ProblemNote problem={one} />
        </div>
      ))}
    </>
  );
}
