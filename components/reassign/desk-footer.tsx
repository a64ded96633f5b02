"use client";
import { Braces, Download, Terminal } from "lucide-react";
import { AbleButton } from "@/components/changes/able-button";
import { ProblemNote } from "@/components/feedback/problem-note";
import { type StartReassignment, useStartReassignment } from "@/components/reassign/use-start-reassignment";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { saveText } from "@/components/ui/save-text";
import { useNow } from "@/components/ui/use-now";
import { reassignmentJson } from "@/lib/cli/reassignment";
import type { ReassignmentPlan, StartReassignmentInput } from "@/lib/contracts/reassignment";
import { formatAge, formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";

type Props = {
  plan: ReassignmentPlan;
  /** A newer plan is being made. */
  isStale: boolean;
  pace: Pick<StartReassignmentInput, "throttleBytesPerSecond" | "batchMoves">;
  startReassignment: StartReassignment;
  onAgain: () => void;
};

/** The plan as a command and as a file, how old it is, and the button that begins it. */
export function DeskFooter({ plan, isStale, pace, startReassignment, onAgain }: Props) {
  const mutation = useStartReassignment(startReassignment);
  const now = useNow();
  const { change, moves, planId } = plan;
  const json = () =>
    reassignmentJson(
      moves.map(({ topic, partition, to }) => ({ topic, partition, replicas: to })),
      2,
    );
  const refused = mutation.error && problemOf(mutation.error);
  const age = formatAge(Math.max(0, now - plan.readAtMs));
  return (
    <div className="shrink-0 border-t">
      {refused && (
        <div className="px-6 pt-3">
          <ProblemNote problem={refused} />
        </div>
      )}
      <div className="flex items-center gap-2 px-6 py-2.5">
        {change?.cli && (
          <CopyButton text={change.cli} label="Copy as CLI command" icon={<Terminal />} className="-ml-2.5">
            Copy as CLI
          </CopyButton>
        )}
        <CopyButton text={json} label="Copy the plan as JSON" icon={<Braces />}>
          Plan as JSON
        </CopyButton>
        <Button
          variant="ghost"
          size="icon"
          aria-label="Save the plan as reassignment.json"
          disabled={moves.length === 0}
          onClick={() => saveText("reassignment.json", "application/json", json())}
        >
          <Download />
        </Button>
        <span className="hidden min-w-0 flex-1 truncate px-2 text-xs text-ink-faint tabular-nums @4xl:block">
          Made for the cluster as it was {age === "just now" ? "a moment" : age} ago; refused if replicas change first
        </span>
        <span className="flex-1 @4xl:hidden" />
        <Button disabled={isStale} onClick={onAgain}>
          Plan again
        </Button>
        <AbleButton
          ability="reassign"
          variant="primary"
          disabled={moves.length === 0 || change === null || isStale || mutation.isPending}
          onClick={() => change && mutation.mutate({ planId, fingerprint: change.fingerprint, ...pace })}
        >
          {mutation.isPending ? "Starting…" : `Start ${formatNumberOf(moves.length, "move")}`}
        </AbleButton>
      </div>
    </div>
  );
}
