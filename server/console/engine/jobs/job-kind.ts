import * as z from "zod/mini";
import type { Problem } from "../../../../lib/problem.ts";
import type { StoredProgress } from "./job-store.ts";

/** What a running job is told of itself. */
export type JobFacts<Input, Checkpoint> = {
  readonly id: number;
  readonly cluster: string;
  readonly input: Input;
  /** Where the run before got to; null at the first run. */
  readonly checkpoint: Checkpoint | null;
};

/** How a running job speaks with the runner. */
export type JobRun<Checkpoint> = {
  /** Aborted when the job should stop at once: paused, cancelled, or the console ends. */
  readonly signal: AbortSignal;
  /**
   * Says how far it is and from where it would go on; kept before this returns if `isDurable`, else within a second. Throws JobStopped when the
   * job should stop: let it through. Call it at least every second.
   */
  checkpoint(checkpoint: Checkpoint, progress: StoredProgress, options?: { readonly isDurable?: boolean }): void;
  /** Adds a line to the job's log. */
  log(text: string): void;
};

/** A kind of long work. It goes on from its last checkpoint after a pause, a restart or a kill, so what it did since is done again. */
export type JobKind<Input, Checkpoint> = {
  /** "sample-data" */
  readonly kind: string;
  readonly input: z.core.$ZodType<Input>;
  readonly checkpoint: z.core.$ZodType<Checkpoint>;
  /** What one of `done` and `total` is: "records". */
  readonly unit: string;
  /** What cancelling does beyond stopping: "Removes 4 topics."; null when it only stops. */
  readonly cancelMeans: string | null;
  /** Jobs of this kind that run at once, beside the others: they do their work elsewhere. Absent: a place among all jobs. */
  readonly runningMax?: number;
  /** What it holds of its cluster from its start to its end: jobs that hold the same run one after another. Null, or absent: nothing. */
  readonly holds?: (input: Input) => string | null;
  /** Works until it is done. Throws JobStopped through, JobFailed for what people should know; anything else is a bug. */
  readonly run: (job: JobFacts<Input, Checkpoint>, run: JobRun<Checkpoint>) => Promise<void>;
  /** Removes what it made, after it was cancelled. May run twice. Its failure is the job's. */
  readonly undo?: (job: JobFacts<Input, Checkpoint>, log: (text: string) => void) => Promise<void>;
};

/** A kind whose types the runner does not know: it parses what it stored. */
export type AnyJobKind = Pick<JobKind<never, never>, "kind" | "unit" | "cancelMeans"> & {
  readonly hasUndo: boolean;
  readonly runningMax: number | undefined;
  readonly holds: (input: unknown) => string | null;
  readonly run: (job: JobFacts<unknown, unknown>, run: JobRun<unknown>) => Promise<void>;
  readonly undo: (job: JobFacts<unknown, unknown>, log: (text: string) => void) => Promise<void>;
};

/** Declares a kind of job. What was stored by an older console and no longer parses fails the job, with the fault named. */
export function jobKind<Input, Checkpoint>(own: JobKind<Input, Checkpoint>): AnyJobKind {
  const parsed = (job: JobFacts<unknown, unknown>): JobFacts<Input, Checkpoint> => ({
    ...job,
    input: z.parse(own.input, job.input),
    checkpoint: job.checkpoint === null ? null : z.parse(own.checkpoint, job.checkpoint),
  });
  return {
    kind: own.kind,
    unit: own.unit,
    cancelMeans: own.cancelMeans,
    hasUndo: own.undo !== undefined,
    runningMax: own.runningMax,
    holds: (input) => {
      const known = z.safeParse(own.input, input);
      return known.success ? (own.holds?.(known.data) ?? null) : null;
    },
    run: (job, run) => own.run(parsed(job), run),
    undo: async (job, log) => own.undo?.(parsed(job), log),
  };
}

/** Thrown out of `checkpoint` when the job should stop. */
export class JobStopped extends Error {
  override readonly name = "JobStopped";
}

/** A job that cannot go on, with what people should know. */
export class JobFailed extends Error {
  override readonly name = "JobFailed";
  constructor(readonly problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
  }
}
