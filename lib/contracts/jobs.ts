import * as z from "zod/mini";
import { clusterSlug, instantMs } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** `queued` waits for a free place; `stopping` and `pausing` end at the job's next step. */
export const jobState = z.enum([
  "queued",
  "running",
  "pausing",
  "paused",
  "stopping",
  "completed",
  "failed",
  "cancelled",
]);
export type JobState = z.infer<typeof jobState>;

/** How far a job is. */
export const jobProgress = z.object({
  done: z.number(),
  /** Null: goes on until it is stopped, or nobody knows. */
  total: z.nullable(z.number()),
  /** "records", "bytes" … */
  unit: z.string(),
  /** A few words beside the bar: "1,284 hits". */
  note: z.nullable(z.string()),
  ratePerSecond: z.nullable(z.number()),
  etaMs: z.nullable(z.number()),
  /** Rates of the last minutes, oldest first. */
  rates: z.array(z.number()),
});
export type JobProgress = z.infer<typeof jobProgress>;

/** What a person can do to a job now. */
export const jobControl = z.enum(["pause", "resume", "cancel", "retry", "forget"]);
export type JobControl = z.infer<typeof jobControl>;

/** One job in the list. */
export const jobSummary = z.object({
  id: z.int(),
  kind: z.string(),
  cluster: clusterSlug,
  title: z.string(),
  /** A second line in mono. */
  detail: z.string(),
  state: jobState,
  progress: jobProgress,
  /** Why it failed. */
  problem: z.nullable(problemSchema),
  actor: z.string(),
  createdAtMs: instantMs,
  startedAtMs: z.nullable(instantMs),
  endedAtMs: z.nullable(instantMs),
  controls: z.array(jobControl),
  /** What cancelling does beyond stopping: "Removes 4 topics and 2 groups."; null when it only stops. */
  cancelMeans: z.nullable(z.string()),
});
export type JobSummary = z.infer<typeof jobSummary>;

/** GET /api/clusters/{cluster}/jobs: under way first, then the newest. */
export const jobList = z.object({
  jobs: z.array(jobSummary),
  /** Jobs that run now, and how many may. */
  running: z.int(),
  runningMax: z.int(),
  /** Jobs live only in memory: why. */
  problem: z.nullable(problemSchema),
  readAtMs: instantMs,
});
export type JobList = z.infer<typeof jobList>;

/** GET /api/clusters/{cluster}/jobs/{job} */
export const jobDetail = z.object({
  ...jobSummary.shape,
  /** Its last lines, oldest first. */
  log: z.array(z.object({ atMs: instantMs, text: z.string() })),
});
export type JobDetail = z.infer<typeof jobDetail>;

/** Input of the action `controlJob`. */
export const controlJobInput = z.object({ cluster: clusterSlug, job: z.int(), control: jobControl });
export type ControlJobInput = z.infer<typeof controlJobInput>;
