import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { activeMoves, type ReassignmentQuery, reassignmentPlan, reassignmentRun } from "@/lib/contracts/reassignment";
import { jobKeys } from "@/lib/queries/jobs";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** Moves for a goal. Made anew whenever it is asked for: a plan is for the cluster as it is now. */
export function reassignmentPlanOf({ cluster, ...body }: ReassignmentQuery) {
  return queryOptions({
    queryKey: [cluster, "reassignment", body],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "reassignment"), reassignmentPlan, {
        method: "POST",
        headers: { accept: "application/json", "content-type": "application/json" },
        body: JSON.stringify(body),
        signal,
      }),
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}

/** Partitions that are being moved now. */
export function activeMoveList(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "moves"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "moves"), activeMoves, { signal }),
    staleTime: 1_000,
    refetchInterval: 2_000,
  });
}

/** A job of moves: its batches and how far they are. */
export function reassignmentJob(cluster: string, job: number) {
  return queryOptions({
    queryKey: [...jobKeys(cluster), "reassignment", job],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "jobs", String(job), "reassignment"), reassignmentRun, { signal }),
    staleTime: 1_000,
    refetchInterval: 2_000,
  });
}
