"use client";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { ProblemNote } from "@/components/feedback/problem-note";
import { ProblemView } from "@/components/feedback/problem-view";
import { JobLog } from "@/components/jobs/job-log";
import { jobStateLook, progressText } from "@/components/jobs/job-words";
import { SavedTopic } from "@/components/jobs/saved-topic";
import { useCluster } from "@/components/live/live-provider";
import { useKeyLabels } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { FactRow } from "@/components/ui/fact-row";
import { Tooltip } from "@/components/ui/tooltip";
import { useZone } from "@/components/ui/use-zone";
import type { JobDetail } from "@/lib/contracts/jobs";
import { formatInstant } from "@/lib/instant";
import { problemOf } from "@/lib/problem";
import { jobDetail } from "@/lib/queries/jobs";

/** One job beside the list: who began it and when, and what it wrote in its log. */
export function JobPanel({ id, onClose }: { id: number; onClose: () => void }) {
  const query = useQuery(jobDetail(useCluster(), id));
  const keyLabels = useKeyLabels();
  const job = query.data;
  return (
    <aside
      aria-label="Job"
      className="absolute inset-y-0 right-0 z-10 flex w-full max-w-107 shrink-0 flex-col border-l bg-sunken shadow-pop @3xl:static @3xl:w-92 @3xl:shadow-none @5xl:w-107"
    >
      <div className="flex h-11 shrink-0 items-center gap-1 border-b pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-medium">{job?.title ?? `Job ${id}`}</h2>
        <Tooltip label="Close" keys={keyLabels("Escape")}>
          <Button variant="ghost" size="icon-sm" aria-label="Close the job" onClick={onClose}>
            <X />
          </Button>
        </Tooltip>
      </div>
      {job ? (
        <Parts job={job} />
      ) : (
        query.error && <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      )}
    </aside>
  );
}

function Parts({ job }: { job: JobDetail }) {
  const [zone] = useZone();
  const label = (text: string) => (zone === "utc" ? `${text} (UTC)` : text);
  return (
    <div className="min-h-0 flex-1 scroll-thin overflow-auto">
      <dl className="py-2">
        <FactRow label="Job">
          {job.id} <span className="text-ink-muted">· {job.kind}</span>
        </FactRow>
        <FactRow label="State">{jobStateLook(job.state).text}</FactRow>
        <FactRow label="Progress">{progressText(job.progress) || "not counted"}</FactRow>
        <FactRow label="Actor">{job.actor}</FactRow>
        <FactRow label={label("Created")}>{formatInstant(job.createdAtMs, zone)}</FactRow>
        {job.startedAtMs !== null && <FactRow label={label("Started")}>{formatInstant(job.startedAtMs, zone)}</FactRow>}
        {job.endedAtMs !== null && <FactRow label={label("Ended")}>{formatInstant(job.endedAtMs, zone)}</FactRow>}
        {job.cancelMeans !== null && <FactRow label="Stopping it">{job.cancelMeans}</FactRow>}
      </dl>
      {job.kind === "save-topic" && job.state === "completed" && <SavedTopic job={job} />}
      {job.problem && (
        <div className="border-t px-4 py-3">
          <ProblemNote problem={job.problem} />
        </div>
      )}
      <section aria-labelledby="job-log" className="border-t px-4 py-3">
        <h3 id="job-log" className="mb-2 font-medium">
          Log
        </h3>
        <JobLog log={job.log} />
      </section>
    </div>
  );
}
