"use client";
import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMakeChange } from "@/components/changes/change-context";
import { useCluster } from "@/components/live/live-provider";
import { confirmToast } from "@/components/ui/confirm-toast";
import { callAction } from "@/lib/call-action";
import type { ChangeMade } from "@/lib/contracts/changes";
import { changePlan } from "@/lib/queries/changes";

/** The plan of a change, and the mutation that makes it by the plan's fingerprint. An input of null is one that is not whole yet: it has no plan. */
export function usePlannedChange(
  kind: string,
  input: Readonly<Record<string, unknown>> | null,
  onMade: (made: ChangeMade) => void,
) {
  const cluster = useCluster();
  const client = useQueryClient();
  const makeChange = useMakeChange();
  const options = changePlan({ cluster, kind, input: { ...input } });
  const plan = useQuery({ ...options, ...(input === null && { queryFn: skipToken }) });
  const mutation = useMutation({
    mutationFn: (fingerprint: string) => callAction(makeChange, { cluster, kind, input: { ...input }, fingerprint }),
    onSuccess: async (made) => {
      confirmToast(plan.data?.title ?? made.summary);
      onMade(made);
      // Whatever it was about is another now.
      await client.invalidateQueries({ predicate: (query) => query.queryKey[0] === cluster });
    },
  });
  return { plan, mutation };
}
