import type { ClusterClient } from "../cluster-client.ts";

/** Something about a partition. */
export type PartitionItem = { readonly topic: string; readonly partition: number };

/** Sorts items by their partition's leader, so that each broker gets one request. Items without a leader come under undefined. */
export async function groupByLeader<T extends PartitionItem>(
  client: ClusterClient,
  items: readonly T[],
  deadlineMs: number,
): Promise<Map<number | undefined, T[]>> {
  const unknown = new Set(
    items.filter(({ topic }) => client.metadata.topic(topic) === undefined).map(({ topic }) => topic),
  );
  if (unknown.size > 0) await client.refresh([...unknown], deadlineMs);
  const byLeader = new Map<number | undefined, T[]>();
  for (const item of items) {
    const leader = client.metadata.partition(item.topic, item.partition)?.leaderId;
    const node = leader === undefined || leader < 0 ? undefined : leader;
    const group = byLeader.get(node);
    if (group) group.push(item);
    else byLeader.set(node, [item]);
  }
  return byLeader;
}

/** Sorts items by topic, in the order in which topics first come. */
export function groupByTopic<T extends PartitionItem>(items: readonly T[]): Map<string, T[]> {
  const byTopic = new Map<string, T[]>();
  for (const item of items) {
    const group = byTopic.get(item.topic);
    if (group) group.push(item);
    else byTopic.set(item.topic, [item]);
  }
  return byTopic;
}
