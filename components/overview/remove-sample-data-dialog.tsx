"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Database } from "lucide-react";
import { ProblemNote } from "@/components/feedback/problem-note";
import { type ControlJob, useControlJob } from "@/components/jobs/use-control-job";
import { useCluster } from "@/components/live/live-provider";
import { Button } from "@/components/ui/button";
import { confirmToast } from "@/components/ui/confirm-toast";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { problemOf } from "@/lib/problem";
import { jobDetail } from "@/lib/queries/jobs";
import { overview } from "@/lib/queries/overview";

type Props = { job: number; controlJob: ControlJob; onClose: () => void };

/** Stops the job that makes the sample data, which takes with it what it made. */
export function RemoveSampleDataDialog({ job, controlJob, onClose }: Props) {
  const cluster = useCluster();
  const client = useQueryClient();
  const detail = useQuery(jobDetail(cluster, job));
  const mutation = useControlJob(controlJob, () => {
    onClose();
    confirmToast("Sample data is being removed");
    void client.invalidateQueries({ queryKey: overview(cluster).queryKey });
  });
  const problem = mutation.error ?? (detail.data ? null : detail.error);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Remove the sample data?"
        description="Only what it made goes. Messages that others wrote to these topics go with them."
      >
        <div className="min-h-0 space-y-4 overflow-auto px-5 pb-4">
          <p className="flex items-start gap-2.5 rounded-lg bg-tray px-3 py-2 shadow-hairline">
            <Database className="mt-1 size-3.5 shrink-0 text-ink-faint" />
            <span className="min-w-0 wrap-anywhere">
              {detail.data?.cancelMeans ?? "Removes the topics and groups that the job made."}
            </span>
          </p>
          {problem && <ProblemNote problem={problemOf(problem)} />}
        </div>
        <DialogFooter>
          <span className="flex-1" />
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button
            variant="danger"
            disabled={mutation.isPending}
            onClick={() => mutation.mutate({ job, control: "cancel" })}
          >
            {mutation.isPending ? "Removing…" : "Remove sample data"}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
