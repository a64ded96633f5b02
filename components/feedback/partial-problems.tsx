import { StatusMark } from "@/components/ui/status";
import type { Problem } from "@/lib/problem";

/** What could not be read while the rest could: one quiet line each. */
export function PartialProblems({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  // Several reads of a page may fail for one reason.
  const distinct = new Map(problems.map((problem) => [`${problem.code} ${problem.title}`, problem]));
  return (
    <div role="status" className="shrink-0 border-b bg-warn-soft px-6 py-1.5 text-xs">
      <ul>
        {[...distinct].map(([key, problem]) => (
          <li key={key} className="flex gap-2">
            <StatusMark kind="warn" className="mt-0.5" />
            <span className="min-w-0 wrap-anywhere">
              <span className="font-medium">{problem.title}.</span> {problem.detail} {problem.suggestion}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
