import type { JobControl, JobState } from "../../../../lib/contracts/jobs.ts";

const controls: Readonly<Record<JobState, readonly JobControl[]>> = {
  queued: ["pause", "cancel"],
  running: ["pause", "cancel"],
  pausing: ["cancel"],
  paused: ["resume", "cancel"],
  stopping: [],
  completed: ["forget"],
  failed: ["retry", "cancel", "forget"],
  cancelled: ["forget"],
};

/** What can be done to a job in a state. */
export function controlsOf(state: JobState): JobControl[] {
  return [...controls[state]];
}

/** It has come to its end; a failed one may be tried again. */
export function isEnded(state: JobState): boolean {
  return state === "completed" || state === "failed" || state === "cancelled";
}

/** It runs, waits, or is paused. */
export function isUnderWay(state: JobState): boolean {
  return !isEnded(state);
}
