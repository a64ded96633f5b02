import type { JobDetail } from "../../lib/contracts/jobs.ts";
import { fail, succeed } from "../../lib/result.ts";
import { jobNotFound } from "./engine/jobs/job-runner.ts";
import { defineUseCase } from "./use-case.ts";

/** One job with the last lines of its log. Asks no cluster. */
export const readJob = defineUseCase<{ readonly cluster: string; readonly job: number }, JobDetail>({
  failed: ({ job }) => `Job ${job} could not be read`,
  run: ({ context, cluster }, { job }) => {
    const found = context.engine.jobs.find(cluster.options.id, job);
    return Promise.resolve(found ? succeed(found) : fail(jobNotFound(job)));
  },
});
