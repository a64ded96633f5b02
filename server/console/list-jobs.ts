import type { JobList } from "../../lib/contracts/jobs.ts";
import { succeed } from "../../lib/result.ts";
import { RUNNING_MAX } from "./engine/jobs/job-places.ts";
import { defineUseCase } from "./use-case.ts";

/** Long work on a cluster: under way first, then the newest. Asks no cluster. */
export const listJobs = defineUseCase<{ readonly cluster: string }, JobList>({
  failed: () => "Jobs could not be listed",
  run: ({ context: { engine }, cluster }) =>
    Promise.resolve(
      succeed({
        jobs: engine.jobs.list(cluster.options.id),
        running: engine.jobs.runningCount,
        runningMax: RUNNING_MAX,
        problem: engine.storeProblem,
        readAtMs: Date.now(),
      }),
    ),
});
