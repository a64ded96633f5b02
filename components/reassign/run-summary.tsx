"use client";
import { Meter } from "@/components/ui/meter";
import { Stat, StatStrip } from "@/components/ui/stat";
import { useNow } from "@/components/ui/use-now";
import { useZone } from "@/components/ui/use-zone";
import type { JobDetail } from "@/lib/contracts/jobs";
import type { ActiveMove, ReassignmentRun } from "@/lib/contracts/reassignment";
import { formatBytes, formatDuration, formatInteger } from "@/lib/format";
import { formatClock } from "@/lib/instant";

type Props = { job: JobDetail; run: ReassignmentRun; moves: readonly ActiveMove[] };

/** How far a job of moves is: one bar for all bytes, then the numbers that matter. */
export function RunSummary({ job, run, moves }: Props) {
  const now = useNow();
  const [zone] = useZone();
  const isDone = job.state === "completed";
  const share = isDone
    ? 1
    : run.copyBytes === 0
      ? run.movesDone / Math.max(1, run.moves)
      : job.progress.done / run.copyBytes;
  const percent = Math.min(100, Math.floor(share * 100));
  const { ratePerSecond, etaMs } = job.progress;
  const since = job.startedAtMs === null ? "" : ` since ${formatClock(job.startedAtMs, zone).slice(0, 5)}`;
  const isRunning = job.state === "running";
  const batch = Math.min(run.batches.length, run.batchesDone + 1);
  return (
    <>
      <div className="shrink-0 px-6 pt-3.5 pb-3">
        <div className="mb-2 flex flex-wrap items-baseline gap-x-2 tabular-nums">
          <b className="text-figure font-medium tracking-tight">{percent}%</b>
          <span className="text-ink-muted">
            {formatBytes(isDone ? run.copyBytes : Math.min(job.progress.done, run.copyBytes))} of{" "}
            {formatBytes(run.copyBytes)} copied
            {since}
          </span>
          <span className="ml-auto text-ink-muted">
            {formatInteger(run.movesDone)} of {formatInteger(run.moves)} moves done
          </span>
        </div>
        <Meter share={share} tone="accent" label={`${percent}% of the bytes are copied`} className="h-1.5" />
      </div>
      <StatStrip className="border-y">
        <Stat
          label="Time left"
          value={isRunning && etaMs !== null ? formatDuration(etaMs) : "–"}
          hint={isRunning && etaMs !== null && `until ${formatClock(now + etaMs, zone).slice(0, 5)}`}
        />
        <Stat label="Rate" value={isRunning && ratePerSecond !== null ? `${formatBytes(ratePerSecond)}/s` : "–"} />
        <Stat
          label="Throttle"
          value={run.throttleBytesPerSecond === null ? "none" : `${formatBytes(run.throttleBytesPerSecond)}/s`}
          unit={run.throttleBytesPerSecond === null ? undefined : "a broker"}
        />
        <Stat
          label="In flight"
          value={moves.length}
          unit={moves.length === 1 ? "partition" : "partitions"}
          hint={isRunning && `batch ${batch} of ${run.batches.length}`}
        />
      </StatStrip>
    </>
  );
}
