import { type Problem, type ProblemCode, problem } from "../../lib/problem.ts";
import type { WayBack } from "./change.ts";
import { changes } from "./changes.ts";
import type { KeptEntry } from "./engine/journal/journal.ts";

/** Problems that came instead of an answer: what was asked for may have been done all the same, or in part. */
const UNANSWERED: readonly ProblemCode[] = ["cluster-unreachable", "broker-unavailable", "timed-out"];

/** The change that takes an entry of the journal back, or why there is none. */
export function wayBackOf(entry: KeptEntry): WayBack {
  if (entry.outcome === "failed" && entry.problem !== null && UNANSWERED.includes(entry.problem.code))
    return {
      irreversible: "It is not known whether it was changed: the cluster did not answer. Look at how it is now.",
    };
  if (entry.outcome === "refused" || entry.outcome === "failed") return { irreversible: "Nothing was changed." };
  if (entry.revertedBy !== null) return { irreversible: `It was taken back by entry ${entry.revertedBy}.` };
  const change = changes.get(entry.kind);
  return change ? change.wayBack(entry) : { irreversible: "This console does not know this kind of change." };
}

/** The problem of an entry that is not there. */
export function entryNotFound(id: number): Problem {
  const detail = "It belongs to another cluster, or is too old to be kept.";
  return problem({ code: "entry-not-found", title: `The journal has no entry ${id}`, detail });
}
