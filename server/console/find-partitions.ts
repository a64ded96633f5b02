import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";

/** One partition of a topic that was asked for by number, or all in order; `partition-not-found` when there is none of that number. */
export function findPartitions(
  { name, partitions }: TopicMetadata,
  partition: number | null,
  title: string,
): Result<number[]> {
  const numbers = partitions.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b);
  if (partition === null) return succeed(numbers);
  if (numbers.includes(partition)) return succeed([partition]);
  return fail(
    problem({
      code: "partition-not-found",
      title,
      detail: `${name ?? ""} has partitions 0 to ${numbers.length - 1}.`,
      suggestion: "Choose one of these.",
      facts: [["partition", String(partition)]],
    }),
  );
}
