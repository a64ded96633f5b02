import type { AnyJobKind } from "./job-kind.ts";
import { isUnderWay } from "./job-states.ts";
import type { StoredJob } from "./job-store.ts";

/** Jobs that run at the same time; the others wait. More would only share the same two cores. */
export const RUNNING_MAX = 4;

type Place = {
  readonly kinds: ReadonlyMap<string, AnyJobKind>;
  /** All jobs, as they are now. */
  readonly jobs: readonly StoredJob[];
  readonly isRunning: (id: number) => boolean;
};

/** Whether one more job of this kind may run beside those that do. */
export function hasRoom({ kind }: StoredJob, { kinds, jobs, isRunning }: Place): boolean {
  const max = kinds.get(kind)?.runningMax;
  const isOwn = (other: string) => (max === undefined ? kinds.get(other)?.runningMax === undefined : other === kind);
  return jobs.filter((other) => isRunning(other.id) && isOwn(other.kind)).length < (max ?? RUNNING_MAX);
}

/** The job that holds what this one would: it runs, or began and has not ended, as one that is paused. */
export function holderBefore(job: StoredJob, { kinds, jobs, isRunning }: Place): StoredJob | undefined {
  const wanted = kinds.get(job.kind)?.holds(job.input) ?? null;
  if (wanted === null) return undefined;
  return jobs.find(
    (other) =>
      other.id !== job.id &&
      other.cluster === job.cluster &&
      other.kind === job.kind &&
      kinds.get(other.kind)?.holds(other.input) === wanted &&
      (isRunning(other.id) || (isUnderWay(other.state) && other.startedAtMs !== null && !isFurther(job, other))),
  );
}

/** It began before, and only waits for the console to go on. */
function isFurther(job: StoredJob, other: StoredJob): boolean {
  return job.startedAtMs !== null && other.state === "queued" && job.id < other.id;
}
