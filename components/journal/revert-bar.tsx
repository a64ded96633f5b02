"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { useCluster } from "@/components/live/live-provider";
import { Button } from "@/components/ui/button";
import { confirmToast } from "@/components/ui/confirm-toast";
import { StatusMark } from "@/components/ui/status";
import { callAction } from "@/lib/call-action";
import type { JournalEntry, RevertChangeInput } from "@/lib/contracts/journal";
import { problemOf } from "@/lib/problem";
import { revertPlan } from "@/lib/queries/journal";
import type { Result } from "@/lib/result";

/** The server action that takes a change back; the page passes it in. */
export type RevertChange = (input: RevertChangeInput) => Promise<Result<JournalEntry>>;

const marks = { info: "idle", warning: "warn", critical: "bad" } as const;

type Props = { entry: JournalEntry; revertChange: RevertChange };

/** The way back: what it would cost, said beside the button before anyone asks; or why there is none. */
export function RevertBar({ entry, revertChange }: Props) {
  if (entry.irreversible !== null)
    return (
      <p className="shrink-0 border-t px-4 py-2.5 text-xs text-ink-muted">
        {entry.outcome === "refused" || entry.outcome === "failed" ? "" : "Cannot be taken back. "}
        {entry.irreversible}
      </p>
    );
  return <Reversible key={entry.id} entry={entry} revertChange={revertChange} />;
}

function Reversible({ entry, revertChange }: Props) {
  const cluster = useCluster();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const plan = useQuery(revertPlan(cluster, entry.id));
  const mutation = useMutation({
    mutationFn: (fingerprint: string) => callAction(revertChange, { cluster, entry: entry.id, fingerprint }),
    onSuccess: async () => {
      setAsking(false);
      confirmToast(`Took back: ${entry.title}`);
      // Whatever it was about is another now.
      await client.invalidateQueries({ predicate: (query) => query.queryKey[0] === cluster });
    },
  });
  const [worst] = plan.data?.impact ?? [];
  const problem = plan.error && problemOf(plan.error);
  return (
    <div className="flex shrink-0 items-center gap-3 border-t px-4 py-2.5">
      <p className="flex min-w-0 flex-1 gap-2 text-xs text-ink-muted">
        {problem ? (
          <>
            <StatusMark kind="warn" className="mt-0.5 size-2.5" />
            {problem.detail}
          </>
        ) : (
          worst && (
            <>
              <StatusMark kind={marks[worst.severity]} className="mt-0.5 size-2.5" />
              {worst.text}
            </>
          )
        )}
      </p>
      <Button disabled={plan.data === undefined} onClick={() => setAsking(true)}>
        <Undo2 />
        Revert…
      </Button>
      {isAsking && (
        <ChangeDialog
          title="Take this change back?"
          description={entry.title}
          plan={plan}
          mutation={mutation}
          confirm="Revert"
          pending="Reverting…"
          hasDiff
          isDanger={worst?.severity === "critical"}
          {...(entry.target.type === "topic" && { typed: entry.target.name })}
          onClose={() => {
            setAsking(false);
            mutation.reset();
          }}
        />
      )}
    </div>
  );
}
