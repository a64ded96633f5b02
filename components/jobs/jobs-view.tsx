"use client";
import { useQuery } from "@tanstack/react-query";
import { ListChecks, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { jobColumns, JobListContext } from "@/components/jobs/job-columns";
import { isEnded } from "@/components/jobs/job-words";
import { type ControlJob, useControlJob } from "@/components/jobs/use-control-job";
import { useCluster } from "@/components/live/live-provider";
import { ListWithPanel } from "@/components/shell/list-with-panel";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import type { JobList, JobSummary } from "@/lib/contracts/jobs";
import { formatNumberOf } from "@/lib/format";
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
  const [state, setState] = useQueryStates(jobListState);
  const [stopping, setStopping] = useState<JobSummary>();
  const mutation = useControlJob(controlJob);
  const shown = list.jobs.filter((job) => matches(job, state.q));
  const close = () => void setState({ job: null });

  const actions = {
    busy: mutation.isPending ? mutation.variables.job : undefined,
    open: (job: JobSummary) => void setState({ job: job.id }),
    control: (job: JobSummary, control: JobSummary["controls"][number]) =>
      control === "cancel" ? setStopping(job) : mutation.mutate({ job: job.id, control }),
  };
  return (
    <JobListContext value={actions}>
      <ListWithPanel
        label="Jobs"
        noun="job"
        typed={state.q}
        onType={(q) => void setState({ q })}
        columnsOf={jobColumns}
        rows={shown}
        rowKey={({ id }) => String(id)}
        sectionOf={(job) => (isEnded(job) ? "Ended" : "Under way")}
        sections={sections}
        heightOf={rowHeight}
        current={state.job === null ? undefined : String(state.job)}
        onOpen={actions.open}
        onClose={close}
        panel={state.job !== null && <JobPanel id={state.job} onClose={close} />}
        notice={mutation.error && <PartialProblems problems={[problemOf(mutation.error)]} />}
        empty={<NoJobs total={list.jobs.length} onClear={() => void setState({ q: null })} />}
        fresh={`${list.running} of ${formatNumberOf(list.runningMax, "place")} busy · updated live`}
        footer={`${formatNumberOf(list.jobs.length, "job")} · they go on without this tab and after a restart`}
      />
      {stopping && <StopJobDialog job={stopping} controlJob={controlJob} onClose={() => setStopping(undefined)} />}
    </JobListContext>
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
