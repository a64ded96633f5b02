import { type ControlJobInput, controlJobInput, type JobControl, type JobSummary } from "../../lib/contracts/jobs.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { defineChange } from "./change.ts";
import { jobNotFound } from "./engine/jobs/job-runner.ts";
import type { Scope, UseCase } from "./use-case.ts";

const verbs: Readonly<Record<JobControl, string>> = {
  pause: "Pause job",
  resume: "Resume job",
  cancel: "Stop job",
  retry: "Try again job",
  forget: "Forget job",
};

/** Pausing, resuming, stopping, repeating or forgetting a job. */
export const controlJobChange = defineChange<ControlJobInput, JobSummary>({
  kind: "control-job",
  input: controlJobInput,
  verb: ({ control }) => verbs[control],
  failed: ({ job }) => `Job ${job} was not changed`,
  target: ({ job }) => ({ type: "job", name: String(job) }),
  plan: (scope, { job, control }) => {
    const found = findJob(scope, job);
    if (!found.ok) return Promise.resolve(found);
    const { state, title, cancelMeans } = found.value;
    const text = control === "cancel" && cancelMeans !== null ? cancelMeans : `${title} is ${state}.`;
    const severity = control === "cancel" && cancelMeans !== null ? "warning" : "info";
    return Promise.resolve(succeed({ before: { state }, after: {}, impact: [{ severity, text }], problems: [] }));
  },
  act: (scope, { cluster, job, control }) => {
    const before = findJob(scope, job);
    if (!before.ok) return Promise.resolve(before);
    const done = scope.context.engine.jobs.control(cluster, job, control, scope.actor.name);
    if (!done.ok) return Promise.resolve(done);
    const { title, state } = done.value;
    const facts = { before: { state: before.value.state }, after: { state }, summary: title };
    return Promise.resolve(succeed({ value: done.value, ...facts }));
  },
  revert: (_, { cluster, job, control }) => {
    if (control === "pause") return { kind: "control-job", input: { cluster, job, control: "resume" } };
    if (control === "resume") return { kind: "control-job", input: { cluster, job, control: "pause" } };
    return {
      irreversible:
        control === "retry" ? "Stop the job instead." : "A job that was stopped or forgotten does not come back.",
    };
  },
});

/** Controls a job. Answers at once with the state that it goes to. */
export const controlJob: UseCase<ControlJobInput, JobSummary> = (context, actor, input) =>
  controlJobChange.actOn(context, actor, input, {});

function findJob({ context, cluster }: Scope, id: number): Result<JobSummary> {
  const job = context.engine.jobs.find(cluster.options.id, id);
  return job ? succeed(job) : fail(jobNotFound(id));
}
