import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";

/** Partitions of a topic that were asked for by number, or all in order; `partition-not-found` when there is none of one number. */
export function findPartitions(
  { name, partitions }: TopicMetadata,
  wanted: readonly number[] | null,
  title: string,
): Result<number[]> {
  const numbers = partitions.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b);
  if (wanted === null) return succeed(numbers);
  const missing = wanted.find((partition) => !numbers.includes(partition));
  if (missing === undefined) return succeed(numbers.filter((number) => wanted.includes(number)));
  return fail(
    problem({
      code: "partition-not-found",
      title,
      detail: `${name ?? ""} has partitions 0 to ${numbers.length - 1}.`,
      suggestion: "Choose one of these.",
      facts: [["partition", String(missing)]],
    }),
  );
}
