import type { Problem } from "../../lib/problem.ts";

/** What was done, in a line, and what of it was refused: "retention.ms of 3 topics; not orders: Topic authorization failed." */
export function partly(done: string, refusals: readonly Problem[]): string {
  const [first] = refusals;
  if (first === undefined) return done;
  const name = first.facts.find(([fact]) => ["topic", "partition", "broker"].includes(fact))?.[1];
  const rest = refusals.length > 1 ? ` (and ${refusals.length - 1} more)` : "";
  return `${done}; not ${name ?? "all"}${rest}: ${first.detail}`;
}
