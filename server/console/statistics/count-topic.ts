import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import { problem, ProblemError } from "../../../lib/problem.ts";
import type { ClusterClient } from "../../client/cluster-client.ts";
import { readPartitions } from "../../client/read-partitions.ts";
import { prepareReading } from "../../client/read-records.ts";
import { type Identity, kafkaProblem } from "../to-problem.ts";
import { keptTally, Tally } from "./tally.ts";

/** Partitions of one answer, and what they may bring: counted in one go, some ten milliseconds. */
const PARTITIONS = 4;
const PARTITION_BYTES = 512 * 1024;
const ANSWER_BYTES = 1024 * 1024;
/** Between two of its news. */
const NEWS_PAUSE_MS = 500;
/** A leader that moves is waited for this long, this often. */
const AWAY_MS = 500;
const AWAY_ATTEMPTS = 60;
/** Kafka's OFFSET_OUT_OF_RANGE. */
const OFFSET_OUT_OF_RANGE = 1;
/** CORRUPT_MESSAGE, UNKNOWN_TOPIC_OR_PARTITION, TOPIC_AUTHORIZATION_FAILED: asking again would change nothing. */
const FINAL: readonly number[] = [2, 3, 29];

/** How far a topic is counted, and what was counted so far. */
export const countProgress = z.object({
  /** Next offset, and where the partition ended when the job began. */
  ranges: z.array(z.object({ partition: z.number(), start: z.number(), next: z.number(), end: z.number() })),
  tally: z.nullable(keptTally),
});
export type CountProgress = z.infer<typeof countProgress>;

/** What is to be counted, from where. All of it can be sent to a thread. */
export type CountTask = { readonly topic: string; readonly progress: CountProgress; readonly identity: Identity };

type Options = { readonly signal: AbortSignal; readonly onNews: (progress: CountProgress) => void };

/** Reads a topic up to the ends given, and counts. Tells how far it is now and then; returns that at the end. Throws ProblemError when it cannot go on. */
export async function countTopic(
  client: ClusterClient,
  { topic, progress, identity }: CountTask,
  { signal, onNews }: Options,
): Promise<CountProgress> {
  await prepareReading();
  const ranges = progress.ranges.map((range) => ({ ...range }));
  const tally = new Tally(progress.tally ?? undefined);
  const now = () => ({ ranges: ranges.map((range) => ({ ...range })), tally: tally.checkpoint() });
  let attempts = 0;
  let toldAtMs = performance.now();
  for (;;) {
    const open = ranges.filter(({ next, end }) => next < end);
    if (open.length === 0 || signal.aborted) return now();
    const moved = await readOnce(client, { topic, open, identity }, tally);
    attempts = moved ? 0 : attempts + 1;
    if (attempts >= AWAY_ATTEMPTS) throw new ProblemError(stuck(topic));
    if (performance.now() - toldAtMs > NEWS_PAUSE_MS) {
      toldAtMs = performance.now();
      onNews(now());
    }
    if (!moved) await pause(AWAY_MS, undefined, { signal }).catch(() => undefined);
  }
}

type Reading = { readonly topic: string; readonly open: CountProgress["ranges"]; readonly identity: Identity };

/** Reads a little of some partitions; false when nothing moved on. */
async function readOnce(client: ClusterClient, { topic, open, identity }: Reading, tally: Tally): Promise<boolean> {
  const read = open.slice(0, PARTITIONS);
  const answers = await readPartitions(client, {
    topic,
    positions: new Map(read.map(({ partition, next }) => [partition, next])),
    isolation: "uncommitted",
    partitionBytesMax: PARTITION_BYTES,
    answerBytesMax: ANSWER_BYTES,
  });
  let moved = false;
  for (const range of read) {
    const answer = answers.get(range.partition);
    if (answer === undefined || answer.failure) continue;
    const { errorCode, fault } = answer;
    if (FINAL.includes(errorCode)) {
      const title = `${topic} could not be read on`;
      const needs = { operation: "Read", resource: { topic } };
      throw new ProblemError(kafkaProblem(errorCode, fault, { title, needs, identity }));
    }
    // Retention took what was next: what is gone cannot be counted.
    const next =
      errorCode === OFFSET_OUT_OF_RANGE ? Math.max(range.next + 1, answer.logStartOffset) : answer.nextOffset;
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
