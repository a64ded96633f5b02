"use client";
import { PlanProblems } from "@/components/changes/plan-problems";
import { StatusMark } from "@/components/ui/status";
import type { ChangePlan, Impact } from "@/lib/contracts/changes";

const marks = { info: "idle", warning: "warn", critical: "bad" } as const;
const words: Record<Impact["severity"], string> = { info: "", warning: "Warning: ", critical: "Severe: " };

/** What a change would do to those who meet it, worst first, and what could not be found out. */
export function ImpactList({ plan }: { plan: Pick<ChangePlan, "impact" | "problems" | "irreversible"> }) {
  return (
    <div>
      {plan.impact.length > 0 && (
        <ul aria-label="What it does" className="divide-y rounded-lg bg-tray shadow-hairline">
          {plan.impact.map(({ severity, text }) => (
            <li key={text} className="flex items-start gap-2.5 px-3 py-2">
              <StatusMark kind={marks[severity]} className="mt-1" />
              <span className="min-w-0 flex-1 wrap-anywhere">
                <span className="sr-only">{words[severity]}</span>
                {text}
              </span>
            </li>
          ))}
        </ul>
      )}
      {plan.irreversible !== null && (
        <p className="mt-3 text-xs text-ink-muted">It cannot be taken back. {plan.irreversible}</p>
      )}
      <PlanProblems problems={plan.problems} />
    </div>
  );
}
