import * as z from "zod/mini";
import { problem } from "../../lib/problem.ts";
import { EARLIEST, LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { describeTopic } from "../client/admin/topics.ts";
import { type ReadRecord, readRecords } from "../client/read-records.ts";
import type { Cluster } from "./cluster.ts";
import { JobFailed } from "./engine/jobs/job-kind.ts";
import { kafkaProblem } from "./to-problem.ts";

/** Of one answer: below Kafka's usual max.message.bytes of 1 MiB, so that it can be written again as one batch. */
const ANSWER_BYTES = 512 * 1024;

/** How far a job has read a partition: until `end` it goes on at `next`. */
export const readingPlace = z.object({ partition: z.int(), next: z.number(), end: z.number() });
export type ReadingPlace = z.infer<typeof readingPlace>;

/** Where each partition of a topic begins and ends now. Throws JobFailed when there is no such topic, and ClientError. */
export async function wholeTopic({ client }: Cluster, topic: string): Promise<ReadingPlace[]> {
  const found = await describeTopic(client, topic);
  if (found?.errorCode !== 0) throw new JobFailed(topicGone(topic));
  const at = (timestampMs: number) =>
    listOffsets(
      client,
      found.partitions.map(({ partitionIndex }) => ({ topic, partition: partitionIndex, timestampMs })),
    );
  const [starts, ends] = [await at(EARLIEST), await at(LATEST)];
  return starts.map(({ partition, offset }, index) => ({
    partition,
    next: offset,
    end: Math.max(offset, ends[index]?.offset ?? offset),
  }));
}

/** Offsets that are left to read. */
export function leftIn(places: readonly ReadingPlace[]): number {
  return places.reduce((sum, { next, end }) => sum + end - next, 0);
}

/** Committed records of a partition from its next offset on, none beyond its end, and where to go on. Throws JobFailed for what the cluster refuses. */
export async function readNext(
  { client, identity }: Cluster,
  topic: string,
  { partition, next, end }: ReadingPlace,
): Promise<{ records: ReadRecord[]; nextOffset: number }> {
  const read = await readRecords(client, {
    topic,
    partition,
    fromOffset: next,
    isolation: "committed",
    maxBytes: ANSWER_BYTES,
    maxWaitMs: 0,
  });
  if (read.errorCode !== 0) {
    const title = `Messages of ${topic}-${partition} could not be read`;
    const needs = { operation: "Read", resource: { topic } };
    throw new JobFailed(kafkaProblem(read.errorCode, read.fault, { title, needs, identity }));
  }
  // Retention took what was there, or a transaction is open: what follows is not to be had now.
  const nextOffset = read.nextOffset > next ? read.nextOffset : end;
  return { records: read.records.filter(({ offset }) => offset < end), nextOffset };
}

/** The problem of a topic that went away under a job. */
export function topicGone(topic: string) {
  return problem({
    code: "topic-not-found",
    title: "There is nothing to read",
    detail: `The cluster has no topic ${topic}.`,
  });
}
