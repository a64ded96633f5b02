"use client";
import { useState } from "react";
import { StopJobDialog } from "@/components/jobs/stop-job-dialog";
import type { ControlJob } from "@/components/jobs/use-control-job";
import { Button } from "@/components/ui/button";
import { StatusMark } from "@/components/ui/status";
import type { ReassignmentRun } from "@/lib/contracts/reassignment";

type Props = { owed: ReassignmentRun["owed"][number]; controlJob: ControlJob };

/** Brokers that keep the throttle of a run because they were away at its end: whom it waits for, and the way to give it up. */
export function OwedThrottle({ owed: { job, brokers }, controlJob }: Props) {
  const [isStopping, setStopping] = useState(false);
  const names = `broker ${brokers.join(", ")}`;
  return (
    <div
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b bg-warn-soft px-6 py-1.5 text-xs"
    >
      <StatusMark kind="warn" />
      <span className="min-w-0 flex-1 wrap-anywhere">
        <span className="font-medium">The throttle waits for {names} to come back.</span> It is removed there then, by
        job {job}.
      </span>
      <Button size="sm" onClick={() => setStopping(true)}>
        Give up…
      </Button>
      {isStopping && (
        <StopJobDialog
          job={{
            id: job,
            title: `waiting for ${names}`,
            cancelMeans: "The rate stays on the broker until somebody removes it.",
          }}
          controlJob={controlJob}
          onClose={() => setStopping(false)}
        />
      )}
    </div>
  );
}
