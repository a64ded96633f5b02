import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { StatusMark } from "@/components/ui/status";
import type { Problem } from "@/lib/problem";

function detailsOf(problem: Problem): string {
  return [problem.title, problem.detail, ...problem.facts.map(([name, value]) => `${name}: ${value}`)].join("\n");
}

function Facts({ facts }: { facts: Problem["facts"] }) {
  return (
    <dl className="mt-3 rounded-md bg-sunken py-1.5 font-mono text-xs shadow-hairline">
      {facts.map(([name, value]) => (
        <div key={name} className="flex gap-3 px-2.5 leading-5">
          <dt className="w-16 shrink-0 text-ink-faint">{name}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A failure in place of the data: what failed, why as Kafka put it, what would help, and facts to paste to a colleague. */
export function ProblemView({
  problem,
  onRetry,
  actions,
}: {
  problem: Problem;
  onRetry?: () => void;
  actions?: ReactNode;
}) {
  // What a cluster cannot do is no failure, and asking again does not help.
  const isAbility = problem.code === "unsupported-by-cluster";
  const grant = problem.facts.find(([name]) => name === "grant")?.[1];
  return (
    <div role="alert" className="grid flex-1 content-center overflow-auto px-8 py-8">
      <div className="mx-auto w-full max-w-100">
        <h2 className="flex items-center gap-2 font-medium">
          <StatusMark kind={isAbility ? "idle" : "bad"} />
          {problem.title}
        </h2>
        <p className="mt-1 wrap-anywhere text-ink-muted">
          {problem.detail}
          {problem.suggestion && ` ${problem.suggestion}`}
        </p>
        {problem.facts.length > 0 && <Facts facts={problem.facts} />}
        <div className="mt-3 flex flex-wrap gap-2">
          {onRetry && !isAbility && (
            <Button variant="primary" onClick={onRetry}>
              Try again
            </Button>
          )}
          {grant && (
            <CopyButton variant="outline" text={grant} label="Copy the command">
              Copy the command
            </CopyButton>
          )}
          {!grant && problem.facts.length > 0 && (
            <CopyButton variant="outline" text={detailsOf(problem)} label="Copy details">
              Copy details
            </CopyButton>
          )}
          {actions}
        </div>
      </div>
    </div>
  );
}
