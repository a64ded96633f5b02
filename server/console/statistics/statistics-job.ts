import * as z from "zod/mini";
import { ProblemError } from "../../../lib/problem.ts";
import type { Cluster } from "../cluster.ts";
import { JobFailed, jobKind, type JobRun, JobStopped } from "../engine/jobs/job-kind.ts";
import { findPlaces } from "../find-places.ts";
import { clusterOfJob } from "../job-cluster.ts";
import { findRanges } from "../reading/find-ranges.ts";
import { countInThread } from "./count-in-thread.ts";
import { countProgress, type CountProgress } from "./count-topic.ts";

/** The kind's name. */
export const STATISTICS = "statistics";
const unit = "records";
/** Threads that count at once, beside those that search. */
const RUNNING_MAX = 2;

const statisticsInput = z.object({ topic: z.string() });
export const statisticsCheckpoint = countProgress;

/** The job that reads a whole topic once, up to where it ended at the beginning, and counts what it is made of. */
export function statisticsKind(clusters: ReadonlyMap<string, Cluster>) {
  return jobKind<{ topic: string }, CountProgress>({
    kind: STATISTICS,
    input: statisticsInput,
    checkpoint: statisticsCheckpoint,
    unit,
    cancelMeans: null,
    runningMax: RUNNING_MAX,
    async run(job, run) {
      const cluster = clusterOfJob(clusters, job.cluster);
      const { topic } = job.input;
      const progress = job.checkpoint ?? (await begin(cluster, topic));
      try {
        await count(cluster, { topic, progress }, run);
      } catch (error) {
        if (error instanceof ProblemError) throw new JobFailed(error.problem);
        throw error;
      }
    },
  });
}

async function begin(cluster: Cluster, topic: string): Promise<CountProgress> {
  const title = `Statistics of ${topic} could not begin`;
  const places = await findPlaces(cluster, { topics: [topic], partitions: null }, title);
  if (!places.ok) throw new JobFailed(places.problem);
  const ranges = await findRanges(cluster, places.value, { from: "oldest" }, Date.now());
  const bad = ranges.find((range) => range.problem)?.problem;
  if (bad) throw new JobFailed(bad);
  return { ranges: ranges.map(({ partition, start, end }) => ({ partition, start, next: start, end })), tally: null };
}

type Work = { readonly topic: string; readonly progress: CountProgress };

async function count(cluster: Cluster, { topic, progress }: Work, run: JobRun<CountProgress>): Promise<void> {
  const keep = (news: CountProgress, isDurable = false) => {
    const total = news.ranges.reduce((sum, { start, end }) => sum + end - start, 0);
    const done = news.ranges.reduce((sum, { start, next, end }) => sum + Math.min(next, end) - start, 0);
    run.checkpoint(news, { done, total, unit, note: null }, { isDurable });
  };
  keep(progress);
  const task = { topic, progress, identity: cluster.identity };
  const counted = await countInThread(cluster, task, {
    signal: run.signal,
    onNews: (news) => {
      try {
        keep(news);
      } catch (error) {
        // The signal has ended the count already.
        if (!(error instanceof JobStopped)) throw error;
      }
    },
  });
  if (counted === null) throw new JobStopped();
  keep(counted, true);
}
