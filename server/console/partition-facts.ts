import type { ChangeFacts } from "../../lib/contracts/changes.ts";

/** Partitions that facts name as "orders-0", with what is told of each. */
export function partitionFacts(
  facts: ChangeFacts,
): { readonly topic: string; readonly partition: number; readonly fact: string | null }[] {
  return Object.entries(facts).flatMap(([name, fact]) => {
    const [, topic, partition] = /^(.+)-(\d+)$/.exec(name) ?? [];
    return topic === undefined ? [] : [{ topic, partition: Number(partition), fact }];
  });
}
