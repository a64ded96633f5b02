"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Gauge, Undo2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { AbleButton } from "@/components/changes/able-button";
import { ThrottleDialog } from "@/components/brokers/throttle-dialog";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemNote } from "@/components/feedback/problem-note";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { JobButtons } from "@/components/jobs/job-buttons";
import { jobStateLook } from "@/components/jobs/job-words";
import { StopJobDialog } from "@/components/jobs/stop-job-dialog";
import { type ControlJob, useControlJob } from "@/components/jobs/use-control-job";
import { useCluster } from "@/components/live/live-provider";
import { ActiveMovesTable } from "@/components/reassign/active-moves-table";
import { OwedThrottle } from "@/components/reassign/owed-throttle";
import { RunSide } from "@/components/reassign/run-side";
import { RunSummary } from "@/components/reassign/run-summary";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { Topbar } from "@/components/shell/topbar";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { Button } from "@/components/ui/button";
import { PageFooter } from "@/components/ui/page-footer";
import { useZone } from "@/components/ui/use-zone";
import { listReassignmentsCommand } from "@/lib/cli/reassignment";
import type { JobDetail, JobState } from "@/lib/contracts/jobs";
import type { ActiveMoves, ReassignmentRun } from "@/lib/contracts/reassignment";
import { formatNumberOf } from "@/lib/format";
import { formatClock } from "@/lib/instant";
import { problemOf } from "@/lib/problem";
import { jobDetail } from "@/lib/queries/jobs";
import { activeMoveList, reassignmentJob } from "@/lib/queries/reassignment";
import { reassignPath } from "@/lib/operate-url";
import { brokersPath, journalPath } from "@/lib/url";

/** A job of moves, while it goes on and after. */
export function RunView({ job: id, controlJob }: { job: number; controlJob: ControlJob }) {
  const cluster = useCluster();
  const bootstrap = useBootstrap();
  const [isThrottling, setThrottling] = useState(false);
  const [isStopping, setStopping] = useState(false);
  const job = useQuery(jobDetail(cluster, id));
  const run = useQuery(reassignmentJob(cluster, id));
  const active = useQuery(activeMoveList(cluster));
  const control = useControlJob(controlJob);
  const error = job.error ?? run.error;
  return (
    <>
      <Topbar crumbs={[{ label: "Brokers", href: brokersPath(cluster) }, { label: run.data?.title ?? `Job ${id}` }]}>
        <CopyLinkButton />
        <CopyCommandButton command={listReassignmentsCommand(bootstrap)} />
        {job.data && (
          <JobButtons
            job={{ ...job.data, controls: job.data.controls.filter((one) => one !== "cancel") }}
            isBusy={control.isPending}
            onControl={(chosen) => control.mutate({ job: id, control: chosen })}
          />
        )}
        {job.data?.endedAtMs === null && (
          <>
            <AbleButton ability="throttle" className="ml-1" onClick={() => setThrottling(true)}>
              <Gauge />
              Change throttle
            </AbleButton>
            <Button className="ml-1" onClick={() => setStopping(true)}>
              <Undo2 />
              Cancel…
            </Button>
          </>
        )}
      </Topbar>
      {job.data && run.data ? (
        <>
          <StaleBanner query={active} readAtMs={active.data?.readAtMs} />
          {control.error && <PartialProblems problems={[problemOf(control.error)]} />}
          {run.data.owed.map((owed) => (
            <OwedThrottle key={owed.job} owed={owed} controlJob={controlJob} />
          ))}
          <Run job={job.data} run={run.data} active={active.data} />
        </>
      ) : error ? (
        <ProblemView problem={problemOf(error)} onRetry={() => void Promise.all([job.refetch(), run.refetch()])} />
      ) : (
        <TableSkeleton />
      )}
      {isThrottling && <ThrottleDialog onClose={() => setThrottling(false)} />}
      {isStopping && job.data && (
        <StopJobDialog job={job.data} controlJob={controlJob} onClose={() => setStopping(false)} />
      )}
    </>
  );
}

const idleTitles: Partial<Record<JobState, string>> = { paused: "Paused", queued: "Waits for its turn" };
const idleReasons: Partial<Record<JobState, string>> = {
  paused: "Brokers have finished the batch that was under way, or go on with it. The next one waits.",
  queued: "Moves under a throttle are made one job after another: this one begins when the one before has ended.",
};

type RunProps = { job: JobDetail; run: ReassignmentRun; active: ActiveMoves | undefined };

function Run({ job, run, active }: RunProps) {
  const cluster = useCluster();
  const [zone] = useZone();
  const own = new Set(run.underWay);
  const moves = (active?.moves ?? []).filter(({ topic, partition }) => own.has(`${topic}-${partition}`));
  const isEnded = job.endedAtMs !== null;
  return (
    <section aria-label="Moves" className="flex min-h-0 flex-1 flex-col">
      <RunSummary job={job} run={run} moves={isEnded ? [] : moves} />
      {job.problem && (
        <div className="shrink-0 px-6 py-3">
          <ProblemNote problem={job.problem} />
        </div>
      )}
      <PartialProblems problems={active?.problems ?? []} />
      <div className="flex min-h-0 flex-1 flex-col @3xl:flex-row">
        <div className="flex min-h-40 min-w-0 flex-1 flex-col">
          {isEnded ? (
            <EmptyState
              icon={<CircleCheck />}
              title={jobStateLook(job.state).text}
              actions={
                <>
                  <Link href={reassignPath(cluster)} className="text-accent hover:underline">
                    Plan more moves
                  </Link>
                  <Link href={journalPath(cluster)} className="text-accent hover:underline">
                    Take it back in the journal
                  </Link>
                </>
              }
            >
              {formatNumberOf(run.movesDone, "move")} of {run.moves} were made.
            </EmptyState>
          ) : moves.length > 0 ? (
            <>
              <p className="shrink-0 px-6 py-2.5">
                <b className="font-medium">Copying now</b>{" "}
                <span className="text-ink-faint tabular-nums">{moves.length}</span>
              </p>
              <ActiveMovesTable moves={moves} />
            </>
          ) : (
            <EmptyState icon={<Gauge />} title={idleTitles[job.state] ?? "Nothing is being copied at the moment"}>
              {idleReasons[job.state] ?? "The next batch begins in a moment."}
            </EmptyState>
          )}
        </div>
        <RunSide job={job} run={run} />
      </div>
      <PageFooter fresh={active && <UpdatedAgo atMs={active.readAtMs} />}>
        {jobStateLook(job.state).text} · started by {job.actor}
        {job.startedAtMs !== null && ` at ${formatClock(job.startedAtMs, zone).slice(0, 5)}`} · job {job.id}
      </PageFooter>
    </section>
  );
}
