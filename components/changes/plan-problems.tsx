import { StatusMark } from "@/components/ui/status";
import type { ChangePlan } from "@/lib/contracts/changes";

/** What could not be found out for a plan. */
export function PlanProblems({ problems }: Pick<ChangePlan, "problems">) {
  return problems.map(({ title, detail, facts }) => {
    const topic = facts.find(([name]) => name === "topic")?.[1];
    return (
      <p key={`${title} ${topic} ${detail}`} className="mt-2 flex gap-2 text-xs text-ink-muted">
        <StatusMark kind="idle" className="mt-0.5" />
        <span>
          {topic !== undefined && !title.includes(topic) && <b className="font-mono font-medium">{topic}: </b>}
          {title}. {detail}
        </span>
      </p>
    );
  });
}
