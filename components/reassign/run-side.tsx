"use client";
import { JobLog } from "@/components/jobs/job-log";
import { BatchStrip } from "@/components/reassign/batch-strip";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { Sparkline } from "@/components/ui/sparkline";
import type { JobDetail } from "@/lib/contracts/jobs";
import type { ReassignmentRun } from "@/lib/contracts/reassignment";
import { formatBytes, formatNumberOf } from "@/lib/format";

/** Batches, the rate so far, what cancel, a stop of the console and the end will do, and what was done. */
export function RunSide({ job, run }: { job: JobDetail; run: ReassignmentRun }) {
  const current = run.batches[run.batchesDone];
  const inBatch = job.progress.done - run.doneBytes;
  const share = current && current.copyBytes > 0 ? Math.min(1, Math.max(0, inBatch / current.copyBytes)) : 0;
  const isEnded = job.endedAtMs !== null;
  return (
    <aside
      aria-label="Course"
      className="flex max-h-1/2 w-full shrink-0 flex-col border-t bg-sunken @3xl:max-h-none @3xl:w-92 @3xl:border-t-0 @3xl:border-l @5xl:w-107"
    >
      <ScrollRegion label="Course of the moves" className="divide-y">
        <section aria-label="Batches of the run" className="px-6 py-3">
          <h2 className="mb-2.5 font-medium">Batches</h2>
          <BatchStrip batches={run.batches} done={run.batchesDone} share={share} />
        </section>
        {job.progress.rates.length > 1 && (
          <figure aria-label="Copied between brokers" className="px-6 py-3">
            <figcaption className="mb-2 flex items-baseline justify-between">
              <span className="font-medium">Copied between brokers</span>
              <span className="text-xs text-ink-muted tabular-nums">
                {formatBytes(job.progress.rates.at(-1) ?? 0)}/s now, {formatBytes(Math.max(...job.progress.rates))}/s at
                most
              </span>
            </figcaption>
            <Sparkline values={job.progress.rates} label="Bytes a second since the start" width={340} height={72} />
          </figure>
        )}
        {!isEnded && <Outlook run={run} />}
        <section aria-labelledby="run-log" className="px-6 py-3">
          <h2 id="run-log" className="mb-2 font-medium">
            Log
          </h2>
          <JobLog log={job.log} />
        </section>
      </ScrollRegion>
    </aside>
  );
}

function Outlook({ run }: { run: ReassignmentRun }) {
  const { batches, batchesDone, movesDone, throttledBrokers, throttledTopics } = run;
  const later = batches.length - batchesDone - 1;
  const batch = `Batch ${batchesDone + 1}`;
  const lines = [
    {
      label: "When you cancel",
      text: `What is under way of ${batch.toLowerCase()} goes back to what it was${later > 0 ? `, ${formatNumberOf(later, "batch", "batches")} are not begun` : ""}. ${formatNumberOf(movesDone, "move")} stay done; the journal can take them back.`,
    },
    {
      label: "If the console stops",
      text: `Brokers go on with ${batch.toLowerCase()}. ${later > 0 ? "Later batches and the" : "The"} throttle's end wait for it.`,
    },
    {
      label: "At the end",
      text:
        throttledBrokers === 0
          ? "Nothing is left to undo: there is no throttle."
          : `The throttle is removed from ${formatNumberOf(throttledBrokers, "broker")} and ${formatNumberOf(throttledTopics, "topic")}.`,
    },
  ];
  return (
    <dl className="space-y-2.5 px-6 py-3 text-xs">
      {lines.map(({ label, text }) => (
        <div key={label} className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3">
          <dt className="text-ink-muted">{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
