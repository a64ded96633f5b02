import { stat } from "node:fs/promises";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { jobNotFound } from "./engine/jobs/job-runner.ts";
import { SAVE_TOPIC } from "./save-topic-job.ts";
import { savedFile } from "./saved-topic-file.ts";
import { defineUseCase } from "./use-case.ts";

/** A file of a job, with the name that people keep it under. */
export type SavedTopic = {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly messages: number;
};

/** Finds the file in which a job has saved a topic. Asks no cluster. */
export const findSavedTopic = defineUseCase<{ readonly cluster: string; readonly job: number }, SavedTopic>({
  failed: ({ job }) => `The file of job ${job} was not found`,
  async run({ context, cluster }, { job: id }, title) {
    const job = context.engine.jobs.find(cluster.options.id, id);
    if (job === undefined || job.kind !== SAVE_TOPIC) return fail(jobNotFound(id));
    const path = savedFile(context.options.dataDirectory, id);
    const found = await stat(path).catch(() => undefined);
    if (job.state === "completed" && found)
      return succeed({ path, name: `${job.detail}.jsonl.gz`, sizeBytes: found.size, messages: job.progress.done });
    const detail = job.state === "completed" ? `${path} is not there any more.` : "It is not whole yet.";
    return fail(problem({ code: "not-possible", title, detail }));
  },
});
