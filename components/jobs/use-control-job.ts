"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCluster } from "@/components/live/live-provider";
import { callAction } from "@/lib/call-action";
import type { ControlJobInput, JobSummary } from "@/lib/contracts/jobs";
import { jobKeys } from "@/lib/queries/jobs";
import type { Result } from "@/lib/result";

/** The server action that controls a job; the page passes it in. */
export type ControlJob = (input: ControlJobInput) => Promise<Result<JobSummary>>;

/** Controls a job, and reads the jobs again. */
export function useControlJob(controlJob: ControlJob, onDone?: () => void) {
  const cluster = useCluster();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Pick<ControlJobInput, "job" | "control">) => callAction(controlJob, { cluster, ...input }),
    onSuccess: async () => {
      onDone?.();
      await client.invalidateQueries({ queryKey: jobKeys(cluster) });
    },
  });
}
