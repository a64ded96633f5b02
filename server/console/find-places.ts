import { type Result, succeed } from "../../lib/result.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { findPartitions } from "./find-partitions.ts";
import { findTopic } from "./find-topic.ts";
import type { Place } from "./reading/find-ranges.ts";

/** Topics, and which of their partitions; null for all. */
export type WantedPlaces = { readonly topics: readonly string[]; readonly partitions: readonly number[] | null };

/** The partitions of some topics that are wanted; with several topics a number that only some of them have is left out of the others. */
export async function findPlaces(
  cluster: Cluster,
  { topics, partitions }: WantedPlaces,
  title: string,
): Promise<Result<Place[]>> {
  const names = [...new Set(topics)];
  const found = await Promise.all(names.map((name) => findTopic(cluster, name, title)));
  const places: Place[] = [];
  for (const [index, one] of found.entries()) {
    if (!one.ok) return one;
    const topic = names[index] ?? "";
    const wanted = names.length === 1 ? partitions : partitionsThere(one.value, partitions);
    const chosen = findPartitions(one.value, wanted, title);
    if (!chosen.ok) return chosen;
    places.push(...chosen.value.map((partition) => ({ topic, partition })));
  }
  return succeed(places);
}

/** Those of the wanted partitions that a topic has; null for all stays null. */
export function partitionsThere(
  { partitions }: TopicMetadata,
  wanted: readonly number[] | null,
): readonly number[] | null {
  const there = new Set(partitions.map(({ partitionIndex }) => partitionIndex));
  return wanted?.filter((partition) => there.has(partition)) ?? null;
}
