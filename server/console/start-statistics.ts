import { type StartStatisticsInput, statisticsStatus, type StatisticsStatus } from "../../lib/contracts/statistics.ts";
import { succeed } from "../../lib/result.ts";
import { findTopic } from "./find-topic.ts";
import { STATISTICS, statisticsCheckpoint } from "./statistics/statistics-job.ts";
import { statisticsOf } from "./statistics/tally.ts";
import { defineUseCase, type Scope } from "./use-case.ts";

/** Begins the job that counts what a topic is made of. It changes nothing in the cluster, so whoever may read may begin it. */
export const startStatistics = defineUseCase<StartStatisticsInput, StatisticsStatus>({
  failed: ({ topic }) => `Statistics of ${topic} were not begun`,
  async run(scope, { cluster, topic }, title) {
    const found = await findTopic(scope.cluster, topic, title);
    if (!found.ok) return found;
    const running = newestJob(scope, topic);
    if (running && ["queued", "running", "paused"].includes(running.state)) return succeed(statusOf(scope, topic));
    scope.context.engine.jobs.add({
      kind: STATISTICS,
      cluster,
      title: `Statistics of ${topic}`,
      detail: topic,
      actor: scope.actor.name,
      input: { topic },
    });
    return succeed(statusOf(scope, topic));
  },
});

/** What the newest statistics job of a topic has found so far. */
export const readStatistics = defineUseCase<StartStatisticsInput, StatisticsStatus>({
  failed: ({ topic }) => `Statistics of ${topic} could not be read`,
  run: (scope, { topic }) => Promise.resolve(succeed(statusOf(scope, topic))),
});

function newestJob({ context, cluster }: Scope, topic: string) {
  return context.engine.jobs
    .list(cluster.options.id)
    .filter(({ kind, detail }) => kind === STATISTICS && detail === topic)
    .sort((a, b) => b.id - a.id)[0];
}

function statusOf(scope: Scope, topic: string): StatisticsStatus {
  const job = newestJob(scope, topic);
  const kept = job && statisticsCheckpoint.safeParse(scope.context.engine.jobs.stored(job.cluster, job.id)?.checkpoint);
  const statistics = kept?.success && kept.data.tally ? statisticsOf(kept.data.tally) : null;
  return statisticsStatus.parse({ job: job ?? null, statistics });
}
