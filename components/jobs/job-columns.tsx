"use client";
import {
  ArrowRightLeft,
  ChartColumn,
  Download,
  Gauge,
  type LucideIcon,
  Power,
  Search,
  Sparkles,
  Workflow,
} from "lucide-react";
import { createContext, useContext } from "react";
import { JobButtons } from "@/components/jobs/job-buttons";
import { doneShare, isEnded, jobStateLook, leftText, progressText, rateText } from "@/components/jobs/job-words";
import type { Column } from "@/components/ui/data-grid";
import { Meter } from "@/components/ui/meter";
import { Sparkline } from "@/components/ui/sparkline";
import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import type { JobControl, JobSummary } from "@/lib/contracts/jobs";
import { formatInstant, type Zone } from "@/lib/instant";

const icons: Readonly<Record<string, LucideIcon>> = {
  "sample-data": Sparkles,
  "control-broker": Power,
  "add-broker": Power,
  "remove-broker": Power,
  "remove-throttle": Gauge,
  search: Search,
  copy: ArrowRightLeft,
  statistics: ChartColumn,
  export: Download,
};

/** What rows may ask of the page around them. */
export type JobListActions = {
  readonly busy: number | undefined;
  readonly open: (job: JobSummary) => void;
  readonly control: (job: JobSummary, control: JobControl) => void;
};

export const JobListContext = createContext<JobListActions>({
  busy: undefined,
  open: () => {},
  control: () => {},
});

function Title({ job }: { job: JobSummary }) {
  const { open } = useContext(JobListContext);
  const Icon = icons[job.kind] ?? Workflow;
  return (
    <span className="flex items-start gap-3">
      <Icon className="mt-1 size-3.5 shrink-0 text-ink-faint" aria-hidden="true" />
      <span className="min-w-0">
        <button type="button" onClick={() => open(job)} className="block max-w-full truncate rounded-sm text-left">
          {job.title}
        </button>
        <span className="block truncate font-mono text-xs text-ink-faint">{job.detail}</span>
      </span>
    </span>
  );
}

function State({ state }: Pick<JobSummary, "state">) {
  const { kind, text } = jobStateLook(state);
  return (
    <span
      className={cn("flex items-center gap-1.5", kind === "bad" ? "text-bad" : state !== "running" && "text-ink-muted")}
    >
      <StatusMark kind={kind} className={cn("size-2.5", state === "completed" && "opacity-45")} />
      {text}
    </span>
  );
}

const tones = { running: "accent", failed: "bad" } as const;

function Progress({ job }: { job: JobSummary }) {
  const share = doneShare(job);
  const text = progressText(job.progress);
  const percent = share === undefined ? undefined : Math.floor(share * 100);
  const isBarShown = share !== undefined && job.state !== "completed";
  const below = job.problem ? `${job.problem.title}: ${job.problem.detail}` : isBarShown ? text : "";
  return (
    <span className="block">
      <span className="flex items-center gap-2.5">
        <span className="w-9 shrink-0 font-medium">
          {percent === undefined ? <span aria-label="without an end">∞</span> : `${percent}%`}
        </span>
        {isBarShown ? (
          <Meter
            share={share}
            tone={job.state === "running" || job.state === "failed" ? tones[job.state] : "quiet"}
            label={`${percent}% done`}
          />
        ) : (
          <span className="truncate text-xs text-ink-muted">{text}</span>
        )}
      </span>
      <span className={cn("block truncate text-xs", job.problem ? "text-bad" : "text-ink-muted")}>
        {below || (share === undefined && !isEnded(job) ? "until it is stopped" : "")}
      </span>
    </span>
  );
}

function None() {
  return <span className="text-ink-faint">–</span>;
}

function Buttons({ job }: { job: JobSummary }) {
  const { busy, control } = useContext(JobListContext);
  return <JobButtons job={job} isBusy={busy === job.id} onControl={(chosen) => control(job, chosen)} />;
}

/** The columns of the list of jobs, with times in a zone. */
export function jobColumns(zone: Zone): readonly Column<JobSummary>[] {
  return [
    { id: "job", label: "Job", width: "minmax(160px,1fr)", cell: (job) => <Title job={job} /> },
    { id: "state", label: "State", width: "84px", cell: (job) => <State state={job.state} /> },
    {
      id: "progress",
      label: "Progress",
      width: "minmax(160px,280px)",
      from: 600,
      cell: (job) => <Progress job={job} />,
    },
    {
      id: "trend",
      label: "Rate since the start",
      isLabelHidden: true,
      width: "56px",
      from: 1_060,
      cell: (job) =>
        job.state === "running" && job.progress.rates.length > 1 ? (
          <Sparkline values={job.progress.rates} width={56} label="Rate since the start" />
        ) : null,
    },
    {
      id: "rate",
      label: "Rate",
      width: "72px",
      from: 780,
      isRight: true,
      cell: (job) => (job.state === "running" ? (rateText(job.progress) ?? <None />) : <None />),
    },
    {
      id: "left",
      label: "Left",
      width: "56px",
      from: 780,
      isRight: true,
      cell: (job) => (isEnded(job) ? <None /> : (leftText(job.progress) ?? <None />)),
    },
    {
      id: "started",
      label: zone === "utc" ? "Started (UTC)" : "Started",
      width: "188px",
      from: 980,
      cell: (job) => (
        <>
          <span className="text-ink-muted">{formatInstant(job.startedAtMs ?? job.createdAtMs, zone).slice(0, 16)}</span>{" "}
          <span className="ml-1 text-xs text-ink-faint">{job.actor}</span>
        </>
      ),
    },
    {
      id: "buttons",
      label: "Actions",
      isLabelHidden: true,
      isApart: true,
      width: "76px",
      isRight: true,
      cell: (job) => <Buttons job={job} />,
    },
  ];
}
