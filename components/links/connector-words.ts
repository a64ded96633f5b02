import type { StatusKind } from "@/components/ui/status";
import type { LinkedConnector } from "@/lib/contracts/topic-links";

/** How a connector stands, with its tasks: "Running, 2 of 2 tasks". */
export function connectorHealth({ state, tasks }: Pick<LinkedConnector, "state" | "tasks">): {
  readonly kind: StatusKind;
  readonly text: string;
} {
  const { total, running, failed } = tasks;
  const word = state.charAt(0) + state.slice(1).toLowerCase();
  const of = `of ${total} ${total === 1 ? "task" : "tasks"}`;
  if (failed > 0) return { kind: "bad", text: `${word}, ${failed} ${of} failed` };
  if (state === "FAILED") return { kind: "bad", text: word };
  if (state === "PAUSED" || state === "STOPPED") return { kind: "paused", text: word };
  const isWhole = state === "RUNNING" && total > 0 && running === total;
  return { kind: isWhole ? "ok" : "warn", text: total === 0 ? `${word}, no tasks` : `${word}, ${running} ${of}` };
}

/** What a connector does with the topic. */
export function connectorUse({ use }: Pick<LinkedConnector, "use">): string {
  if (use === "dead-letters") return "sends what it cannot deliver";
  return use === "reads" ? "reads it" : "writes to it";
}

/** From what it is known. */
export function howKnown({ isNamed, isSeen }: Pick<LinkedConnector, "isNamed" | "isSeen">): string {
  if (!isNamed) return "used, not named in its config";
  if (isSeen === null) return "named in its config";
  return isSeen ? "named in its config, used" : "named in its config, not used yet";
}
