import { StatusMark } from "@/components/ui/status";
import type { Problem } from "@/lib/problem";

/** A failed change inside its dialog or panel, which stays open. */
export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <div role="alert" className="flex gap-2 rounded-md bg-bad-soft px-3 py-2 text-xs">
      <StatusMark kind="bad" className="mt-0.5" />
      <div className="min-w-0 wrap-anywhere">
        <p className="font-medium">{problem.title}</p>
        <p>{problem.detail}</p>
        {problem.suggestion && <p className="mt-0.5">{problem.suggestion}</p>}
        {problem.facts.length > 0 && (
          <p className="mt-1 font-mono text-2xs">
            {problem.facts.map(([name, value]) => `${name} ${value}`).join(" · ")}
          </p>
        )}
      </div>
    </div>
  );
}
