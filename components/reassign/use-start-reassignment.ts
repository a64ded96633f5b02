"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCluster } from "@/components/live/live-provider";
import { callAction } from "@/lib/call-action";
import type { StartReassignmentInput } from "@/lib/contracts/reassignment";
import { jobKeys } from "@/lib/queries/jobs";
import type { Result } from "@/lib/result";
import { movesPath } from "@/lib/operate-url";

/** The server action that begins the moves of a plan; the page passes it in. */
export type StartReassignment = (input: StartReassignmentInput) => Promise<Result<{ readonly jobId: number }>>;

/** Begins the moves of a plan, and goes to where they are watched. */
export function useStartReassignment(startReassignment: StartReassignment) {
  const cluster = useCluster();
  const router = useRouter();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<StartReassignmentInput, "cluster">) =>
      callAction(startReassignment, { cluster, ...input }),
    onSuccess: ({ jobId }) => {
      router.push(movesPath(cluster, jobId));
      void client.invalidateQueries({ queryKey: jobKeys(cluster) });
    },
  });
}
