"use client";
import { ProblemNote } from "@/components/feedback/problem-note";
import { type ControlJob, useControlJob } from "@/components/jobs/use-control-job";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import type { JobSummary } from "@/lib/contracts/jobs";
import { problemOf } from "@/lib/problem";

type Props = {
  job: Pick<JobSummary, "id" | "title" | "cancelMeans">;
  controlJob: ControlJob;
  onClose: () => void;
  onStopped?: () => void;
};

/** Asks before a job is stopped for good: what it made goes with it. */
export function StopJobDialog({ job, controlJob, onClose, onStopped }: Props) {
  const mutation = useControlJob(controlJob, () => {
    onClose();
    onStopped?.();
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={`Stop ${job.title}?`} description="A job that was stopped does not come back.">
        <div className="min-h-0 space-y-4 overflow-auto px-5 pb-4">
          {job.cancelMeans !== null && <p className="wrap-anywhere">{job.cancelMeans}</p>}
          {mutation.error && <ProblemNote problem={problemOf(mutation.error)} />}
        </div>
        <DialogFooter>
          <span className="flex-1" />
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button
            variant={job.cancelMeans === null ? "primary" : "danger"}
            disabled={mutation.isPending}
            onClick={() => mutation.mutate({ job: job.id, control: "cancel" })}
          >
            {mutation.isPending ? "Stopping…" : "Stop the job"}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
