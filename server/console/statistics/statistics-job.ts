import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import { problem } from "../../../lib/problem.ts";
import { readPartitions } from "../../client/read-partitions.ts";
import { prepareReading } from "../../client/read-records.ts";
import type { Cluster } from "../cluster.ts";
import { JobFailed, jobKind, type JobRun } from "../engine/jobs/job-kind.ts";
import { findPlaces } from "../find-places.ts";
import { clusterOfJob } from "../job-cluster.ts";
import { findRanges } from "../reading/find-ranges.ts";
import { kafkaProblem } from "../to-problem.ts";
import { keptTally, type KeptTally, Tally } from "./tally.ts";

/** The kind's name. */
export const STATISTICS = "statistics";
const unit = "records";

/** Small answers, since each is counted in one go while others wait: about two milliseconds of records. */
const PARTITION_BYTES = 64 * 1024;
const ANSWER_BYTES = 256 * 1024;
/** Between two reads, for the rest of the console. */
const BREATH_MS = 2;
/** A leader that moves is waited for this long, this often. */
const AWAY_MS = 500;
const AWAY_ATTEMPTS = 60;

const statisticsInput = z.object({ topic: z.string() });
export const statisticsCheckpoint = z.object({
  /** Next offset, and where the partition ended when the job began. */
  ranges: z.array(z.object({ partition: z.number(), start: z.number(), next: z.number(), end: z.number() })),
  tally: z.nullable(keptTally),
});
type Checkpoint = z.infer<typeof statisticsCheckpoint>;

/** The job that reads a whole topic once, up to where it ended at the beginning, and counts what it is made of. */
export function statisticsKind(clusters: ReadonlyMap<string, Cluster>) {
  return jobKind<{ topic: string }, Checkpoint>({
    kind: STATISTICS,
    input: statisticsInput,
    checkpoint: statisticsCheckpoint,
    unit,
    cancelMeans: null,
    async run(job, run) {
      const cluster = clusterOfJob(clusters, job.cluster);
      const { topic } = job.input;
      await prepareReading();
      const ranges = job.checkpoint?.ranges ?? (await begin(cluster, topic));
      await count(cluster, { topic, ranges, tally: job.checkpoint?.tally ?? undefined }, run);
    },
  });
}

async function begin(cluster: Cluster, topic: string): Promise<Checkpoint["ranges"]> {
  const title = `Statistics of ${topic} could not begin`;
  const places = await findPlaces(cluster, { topics: [topic], partitions: null }, title);
  if (!places.ok) throw new JobFailed(places.problem);
  const ranges = await findRanges(cluster, places.value, { from: "oldest" }, Date.now());
  const bad = ranges.find((range) => range.problem)?.problem;
  if (bad) throw new JobFailed(bad);
  return ranges.map(({ partition, start, end }) => ({ partition, start, next: start, end }));
}

type Work = { readonly topic: string; readonly ranges: Checkpoint["ranges"]; readonly tally: KeptTally | undefined };

async function count(cluster: Cluster, { topic, ranges, tally: kept }: Work, run: JobRun<Checkpoint>): Promise<void> {
  const tally = new Tally(kept);
  const total = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  const tell = (isDurable: boolean) => {
    const done = ranges.reduce((sum, { start, next, end }) => sum + Math.min(next, end) - start, 0);
    const progress = { done, total, unit, note: null };
    run.checkpoint({ ranges: ranges.map((range) => ({ ...range })), tally: tally.checkpoint() }, progress, {
      isDurable,
    });
  };
  let attempts = 0;
  for (let told = 0; ;) {
    const open = ranges.filter(({ next, end }) => next < end);
    if (open.length === 0) break;
    const moved = await readOnce(cluster, { topic, open }, tally);
    attempts = moved ? 0 : attempts + 1;
    if (attempts >= AWAY_ATTEMPTS) throw new JobFailed(stuck(topic));
    if (performance.now() - told > 500) {
      told = performance.now();
      tell(false);
    }
    await pause(moved ? BREATH_MS : AWAY_MS);
  }
  tell(true);
}

/** Reads a little of some partitions; false when nothing moved on. */
async function readOnce(
  cluster: Cluster,
  { topic, open }: { readonly topic: string; readonly open: Checkpoint["ranges"] },
  tally: Tally,
): Promise<boolean> {
  const [first] = open;
  if (first === undefined) return false;
  const positions = new Map(open.slice(0, 4).map(({ partition, next }) => [partition, next]));
  const answers = await readPartitions(cluster.client, {
    topic,
    positions,
    isolation: "uncommitted",
    partitionBytesMax: PARTITION_BYTES,
    answerBytesMax: ANSWER_BYTES,
  });
  let moved = false;
  for (const range of open) {
    const answer = answers.get(range.partition);
    if (answer === undefined || answer.failure) continue;
    if (answer.errorCode === 3 || answer.errorCode === 29)
      throw new JobFailed(
        kafkaProblem(answer.errorCode, answer.fault, {
          title: `${topic} could not be read on`,
          needs: { operation: "Read", resource: { topic } },
          identity: cluster.identity,
        }),
      );
    // Retention took what was next: what is gone cannot be counted.
    const next = answer.errorCode === 1 ? Math.max(range.next + 1, answer.logStartOffset) : answer.nextOffset;
    for (const record of answer.records) if (record.offset < range.end) tally.add(range.partition, record);
    if (next > range.next) moved = true;
    range.next = Math.max(range.next, next);
  }
  return moved;
}

function stuck(topic: string) {
  return problem({
    code: "broker-unavailable",
    title: `${topic} could not be read on`,
    detail: "A partition gave nothing for half a minute.",
    suggestion: "Look whether its leader is up, then repeat the job: it goes on from where it is.",
  });
}
