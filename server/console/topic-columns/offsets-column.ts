import type { Problem } from "../../../lib/problem.ts";
import { EARLIEST, LATEST, listOffsets } from "../../client/admin/list-offsets.ts";
import type { TopicMetadata } from "../../client/metadata-image.ts";
import { kafkaProblem, toProblem } from "../to-problem.ts";
import { type Column, type ColumnSource, columnKey, distinctProblems } from "./column.ts";

/** First and next offset of a partition (log start, high watermark). */
export type PartitionOffsets = { readonly start: number; readonly end: number };

/** Offsets of each topic by partition; a partition that could not be asked is not there. */
export type OffsetsColumn = Column<ReadonlyMap<number, PartitionOffsets>>;

/** Asks each leader once for the ends and once for the starts. Partitions without a leader have no offsets and are no problem of this column. */
export async function readOffsetsColumn(
  { client, identity }: ColumnSource,
  topics: readonly TopicMetadata[],
): Promise<OffsetsColumn> {
  const partitions = topics.flatMap(({ name, partitions: own }) =>
    own
      .filter(({ leaderId }) => leaderId >= 0)
      .map(({ partitionIndex }) => ({ topic: name ?? "", partition: partitionIndex })),
  );
  const ends = partitions.map((one) => ({ ...one, timestampMs: LATEST }));
  const starts = partitions.map((one) => ({ ...one, timestampMs: EARLIEST }));
  const answers = await listOffsets(client, [...ends, ...starts]);
  const values = new Map<string, Map<number, PartitionOffsets>>(topics.map(({ name }) => [name ?? "", new Map()]));
  const problems: Problem[] = [];
  const title = "Offsets of some partitions could not be read";
  for (const [index, { topic, partition }] of partitions.entries()) {
    const end = answers[index];
    const start = answers[index + partitions.length];
    const bad = [end, start].find((answer) => answer !== undefined && answer.errorCode !== 0);
    if (bad) {
      const needs = { operation: "Describe", resource: { topic } };
      const attempt = { title, facts: [["partition", `${topic}-${partition}`]] as const, needs, identity };
      const cause = bad.failure && toProblem(bad.failure, attempt);
      problems.push(cause ?? kafkaProblem(bad.errorCode, null, attempt));
    } else if (end && start) {
      values.get(topic)?.set(partition, { start: start.offset, end: end.offset });
    }
  }
  return { covers: new Set(topics.map(columnKey)), values, problems: distinctProblems(problems) };
}

/** Messages of a topic, if all of its partitions are known. */
export function messageCount(
  partitionCount: number,
  offsets: ReadonlyMap<number, PartitionOffsets> | undefined,
): number | null {
  if (offsets === undefined || offsets.size < partitionCount) return null;
  let messages = 0;
  for (const { start, end } of offsets.values()) messages += Math.max(0, end - start);
  return messages;
}
