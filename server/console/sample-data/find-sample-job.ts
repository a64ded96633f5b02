import type { JobSummary } from "../../../lib/contracts/jobs.ts";
import type { JobRunner } from "../engine/jobs/job-runner.ts";
import { SAMPLE_DATA } from "./sample-job.ts";

/** The job that keeps a cluster's sample data, if there is any: under way, paused, or failed before it removed what it made. */
export function sampleJob(jobs: JobRunner, cluster: string): JobSummary | undefined {
  return jobs
    .list(cluster)
    .find(({ kind, state }) => kind === SAMPLE_DATA && state !== "completed" && state !== "cancelled");
}
