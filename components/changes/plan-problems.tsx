import { StatusMark } from "@/components/ui/status";
import type { ChangePlan } from "@/lib/contracts/changes";

/** What could not be found out for a plan. */
export function PlanProblems({ problems }: Pick<ChangePlan, "problems">) {
  return problems.map((problem) => (
    <p key={problem.title} className="mt-2 flex gap-2 text-xs text-ink-muted">
      <StatusMark kind="idle" className="mt-0.5" />
      <span>
        {problem.title}. {problem.detail}
      </span>
    </p>
  ));
}
