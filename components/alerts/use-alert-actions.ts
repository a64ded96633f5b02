"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCluster } from "@/components/live/live-provider";
import { callAction } from "@/lib/call-action";
import type {
  AlertTargetInput,
  DeleteAlertRuleInput,
  SaveAlertRuleInput,
  SaveAlertTargetInput,
  SilenceAlertRuleInput,
} from "@/lib/contracts/alerts";
import { alertList } from "@/lib/queries/alerts";
import type { Result } from "@/lib/result";

/** Server actions on rules; the page passes them in. */
export type RuleActions = {
  readonly saveAlertRule: (input: SaveAlertRuleInput) => Promise<Result<{ id: number }>>;
  readonly deleteAlertRule: (input: DeleteAlertRuleInput) => Promise<Result<{ id: number }>>;
  readonly silenceAlertRule: (input: SilenceAlertRuleInput) => Promise<Result<{ silencedUntilMs: number | null }>>;
};

/** Server actions on targets; the page passes them in. */
export type TargetActions = {
  readonly saveAlertTarget: (input: SaveAlertTargetInput) => Promise<Result<{ id: number }>>;
  readonly deleteAlertTarget: (input: AlertTargetInput) => Promise<Result<{ id: number }>>;
  readonly testAlertTarget: (input: AlertTargetInput) => Promise<Result<{ id: number }>>;
};

/** Calls one of them for this page's cluster, and reads the alerts again. */
export function useAlertAction<Input extends { readonly cluster: string }, Value>(
  action: (input: Input) => Promise<Result<Value>>,
  onDone?: (input: Input) => void,
) {
  const cluster = useCluster();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => callAction(action, input),
    onSuccess: async (_, input) => {
      onDone?.(input);
      await client.invalidateQueries({ queryKey: alertList(cluster).queryKey });
    },
  });
}
