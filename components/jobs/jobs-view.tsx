"use client";
import { useQuery } from "@tanstack/react-query";
import { ListChecks, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { jobColumns, JobListContext } from "@/components/jobs/job-columns";
import { isEnded } from "@/components/jobs/job-words";
import { type ControlJob, useControlJob } from "@/components/jobs/use-control-job";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { DataGrid, type GridHandle } from "@/components/ui/data-grid";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import { useZone } from "@/components/ui/use-zone";
import type { JobList, JobSummary } from "@/lib/contracts/jobs";
import { formatNumberOf } from "@/lib/format";
import type { Zone } from "@/lib/instant";
import { problemOf } from "@/lib/problem";
import { jobList } from "@/lib/queries/jobs";
import { jobListState } from "@/lib/url";

const JobPanel = dynamic(() => import("@/components/jobs/job-panel").then((module) => module.JobPanel), { ssr: false });
const StopJobDialog = dynamic(
  () => import("@/components/jobs/stop-job-dialog").then((module) => module.StopJobDialog),
  {
    ssr: false,
  },
);

const sections = ["Under way", "Ended"];
const rowHeight = () => 48;

function matches(job: JobSummary, typed: string): boolean {
  return `${job.title} ${job.detail} ${job.actor}`.toLowerCase().includes(typed.toLowerCase());
}

/** Long work on the cluster: how far each job is, and what can be done to it. */
export function JobsView({ controlJob }: { controlJob: ControlJob }) {
  const query = useQuery(jobList(useCluster()));
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  if (query.data === undefined)
    return query.error ? (
      <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
    ) : (
      <TableSkeleton />
    );
  return (
    <>
      {/* Jobs are the console's own: a cluster that is silent makes nothing of them old. */}
      {query.error && <StaleBanner query={query} />}
      {query.data.problem && <PartialProblems problems={[query.data.problem]} />}
      <Jobs list={query.data} controlJob={controlJob} />
    </>
  );
}

function Jobs({ list, controlJob }: { list: JobList; controlJob: ControlJob }) {
  const [zone] = useZone();
  const [state, setState] = useQueryStates(jobListState);
  const [stopping, setStopping] = useState<JobSummary>();
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const mutation = useControlJob(controlJob);
  const shown = list.jobs.filter((job) => matches(job, state.q));
  const close = () => void setState({ job: null });

  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  useShortcut({ keys: "j", label: "Next job", group: "This page" }, () => grid.current?.focusRow(1));
  useShortcut({ keys: "k", label: "Previous job", group: "This page" }, () => grid.current?.focusRow(-1));
  useShortcut({ keys: "Escape", label: "Close the job", group: "This page" }, close, state.job !== null);

  const actions = {
    busy: mutation.isPending ? mutation.variables.job : undefined,
    open: (job: JobSummary) => void setState({ job: job.id }),
    control: (job: JobSummary, control: JobSummary["controls"][number]) =>
      control === "cancel" ? setStopping(job) : mutation.mutate({ job: job.id, control }),
  };
  return (
    <section aria-label="Jobs" className="relative flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
          <Input
            ref={search}
            icon={<Search />}
            trailing={<Kbd>/</Kbd>}
            placeholder="Filter jobs"
            aria-label="Filter jobs"
            className="w-64"
            value={state.q}
            onChange={(event) => void setState({ q: event.target.value || null })}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          />
        </div>
        {mutation.error && <PartialProblems problems={[problemOf(mutation.error)]} />}
        {shown.length > 0 ? (
          <JobListContext value={actions}>
            {/* A table keeps its columns for life, so another zone is another table. */}
            <Rows key={zone} zone={zone} jobs={shown} current={state.job} onOpen={actions.open} grid={grid} />
          </JobListContext>
        ) : (
          <div className="flex min-h-0 flex-1 border-t">
            <NoJobs total={list.jobs.length} onClear={() => void setState({ q: null })} />
          </div>
        )}
        <PageFooter fresh={`${list.running} of ${formatNumberOf(list.runningMax, "place")} busy · updated live`}>
          {formatNumberOf(list.jobs.length, "job")} · they go on without this tab and after a restart
        </PageFooter>
      </div>
      {state.job !== null && <JobPanel id={state.job} onClose={close} />}
      {stopping && <StopJobDialog job={stopping} controlJob={controlJob} onClose={() => setStopping(undefined)} />}
    </section>
  );
}

type RowsProps = {
  zone: Zone;
  jobs: readonly JobSummary[];
  current: number | null;
  onOpen: (job: JobSummary) => void;
  grid: React.RefObject<GridHandle | null>;
};

function Rows({ zone, jobs, current, onOpen, grid }: RowsProps) {
  const [columns] = useState(() => jobColumns(zone));
  return (
    <DataGrid
      label="Jobs"
      columns={columns}
      rows={jobs}
      rowKey={(job) => String(job.id)}
      sectionOf={(job) => (isEnded(job) ? "Ended" : "Under way")}
      sections={sections}
      heightOf={rowHeight}
      current={current === null ? undefined : String(current)}
      onOpen={onOpen}
      handle={grid}
    />
  );
}

function NoJobs({ total, onClear }: { total: number; onClear: () => void }) {
  if (total > 0)
    return (
      <EmptyState
        icon={<Search />}
        title="No job matches"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        {formatNumberOf(total, "job")} {total === 1 ? "is" : "are"} hidden by the filter.
      </EmptyState>
    );
  return (
    <EmptyState icon={<ListChecks />} title="No jobs">
      Work that takes longer than a moment appears here: sample data, and stopping and starting brokers.
    </EmptyState>
  );
}
