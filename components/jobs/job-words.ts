import type { StatusKind } from "@/components/ui/status";
import type { JobControl, JobProgress, JobState, JobSummary } from "@/lib/contracts/jobs";
import { formatBytes, formatCount, formatDuration, formatRate } from "@/lib/format";

type StateLook = { readonly kind: StatusKind; readonly text: string };

const looks: Record<JobState, StateLook> = {
  queued: { kind: "idle", text: "Waiting" },
  running: { kind: "ok", text: "Running" },
  pausing: { kind: "paused", text: "Pausing" },
  paused: { kind: "paused", text: "Paused" },
  stopping: { kind: "paused", text: "Stopping" },
  completed: { kind: "ok", text: "Done" },
  failed: { kind: "bad", text: "Failed" },
  cancelled: { kind: "paused", text: "Stopped" },
};

/** A job's state in a word, with its mark. */
export function jobStateLook(state: JobState): StateLook {
  return looks[state];
}

/** It has come to its end. */
export function isEnded({ state }: Pick<JobSummary, "state">): boolean {
  return state === "completed" || state === "failed" || state === "cancelled";
}

/** How much of it is done, from 0 to 1; undefined where it has no end, or nobody knows it. */
export function doneShare({ state, progress }: Pick<JobSummary, "state" | "progress">): number | undefined {
  if (state === "completed") return 1;
  if (progress.total === null) return undefined;
  return progress.total === 0 ? 0 : Math.min(1, progress.done / progress.total);
}

function amount(value: number, unit: string): string {
  return unit === "bytes" ? formatBytes(value) : formatCount(value);
}

/** "12.1k of 44.6k records · 1,284 hits"; empty where a job counts nothing. */
export function progressText({ done, total, unit, note }: JobProgress): string {
  const noun = unit === "bytes" ? "" : ` ${unit}`;
  const counted =
    unit === "" ? "" : `${amount(done, unit)}${total === null ? "" : ` of ${amount(total, unit)}`}${noun}`;
  return [counted, note ?? ""].filter((part) => part !== "").join(" · ");
}

/** "620k/s"; undefined while there is no rate. */
export function rateText({ ratePerSecond, unit }: JobProgress): string | undefined {
  if (ratePerSecond === null || unit === "") return undefined;
  return unit === "bytes" ? `${formatBytes(ratePerSecond)}/s` : `${formatRate(ratePerSecond)}/s`;
}

/** The time left, or undefined when nobody can tell. */
export function leftText({ etaMs }: JobProgress): string | undefined {
  return etaMs === null ? undefined : formatDuration(Math.max(1_000, etaMs));
}

/** What can be done to a job, in the order of buttons. Stopping what has failed is worth a button only where it removes something. */
export function shownControls({ state, controls, cancelMeans }: JobSummary): readonly JobControl[] {
  const order: readonly JobControl[] = ["pause", "resume", "retry", "cancel", "forget"];
  return order.filter(
    (control) => controls.includes(control) && !(control === "cancel" && state === "failed" && cancelMeans === null),
  );
}
