import type { StatusKind } from "@/components/ui/status";
import type { ChangeOutcome, JournalSummary } from "@/lib/contracts/journal";
import { type Zone, formatDay } from "@/lib/instant";

const marks: Record<ChangeOutcome, StatusKind> = { done: "ok", started: "idle", refused: "warn", failed: "bad" };

/** The mark of a change: what was taken back rests, whatever it was before. */
export function changeMark({ outcome, revertedBy }: Pick<JournalSummary, "outcome" | "revertedBy">): StatusKind {
  return revertedBy === null ? marks[outcome] : "paused";
}

/** What became of a change, in a word. */
export function outcomeText({ outcome, revertedBy }: Pick<JournalSummary, "outcome" | "revertedBy">): string {
  return revertedBy === null ? outcome : `${outcome}, then taken back`;
}

/** A kind of change in words: "Delete topics". */
export function kindText(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll("-", " ");
}

/** A change's title in two: what was done, and to what; the name is one that people paste. */
export function titleParts({ title, target }: Pick<JournalSummary, "title" | "target">): readonly [string, string] {
  return title.endsWith(` ${target.name}`) ? [title.slice(0, -target.name.length - 1), target.name] : [title, ""];
}

const dayMs = 86_400_000;

/** The heading of a day: "Today, 22 November 2026". */
export function dayHeading(atMs: number, nowMs: number, zone: Zone): string {
  const day = formatDay(atMs, zone);
  if (nowMs === 0) return day;
  if (day === formatDay(nowMs, zone)) return `Today, ${day}`;
  return day === formatDay(nowMs - dayMs, zone) ? `Yesterday, ${day}` : day;
}
