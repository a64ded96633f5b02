import type { ClusterSnapshot } from "./snapshot.ts";
import { partitionKey } from "./snapshot.ts";

/** What was written and read since the console started: counts that only grow, whatever happens to single topics and groups. */
export class Counters {
  private readonly ends = new Map<string, number>();
  private readonly committed = new Map<string, number>();
  private readonly consumedBy = new Map<string, number>();
  private readonly consumedOf = new Map<string, number>();
  /** Messages written to all topics but internal ones. */
  produced = 0;
  /** Messages that all groups have committed. */
  consumed = 0;

  /** Adds what has grown since the sweep before. The first sight of a partition counts nothing. */
  tell({ topics, offsets, groups }: ClusterSnapshot): void {
    const internal = new Set(topics.filter(({ isInternal }) => isInternal).map(({ name }) => name));
    for (const [topic, partitions] of offsets?.value ?? []) {
      if (internal.has(topic)) continue;
      for (const [partition, { end }] of partitions)
        this.produced += grownBy(this.ends, partitionKey(topic, partition), end);
    }
    for (const { groupId, offsets: own } of groups?.value.values() ?? []) {
      if (own === null) continue;
      let consumed = this.consumedBy.get(groupId) ?? 0;
      for (const { topic, partition, offset } of own) {
        const grown = grownBy(this.committed, `${groupId}\n${partitionKey(topic, partition)}`, offset);
        consumed += grown;
        this.consumed += grown;
        this.consumedOf.set(topic, (this.consumedOf.get(topic) ?? 0) + grown);
      }
      this.consumedBy.set(groupId, consumed);
    }
  }

  /** Messages that a group has committed since it was first seen. */
  consumedByGroup(groupId: string): number {
    return this.consumedBy.get(groupId) ?? 0;
  }

  /** Messages of a topic that groups have committed since they were first seen; undefined when none ever did. */
  consumedOfTopic(topic: string): number | undefined {
    return this.consumedOf.get(topic);
  }
}

function grownBy(last: Map<string, number>, key: string, value: number): number {
  const before = last.get(key);
  last.set(key, value);
  return before === undefined ? 0 : Math.max(0, value - before);
}
