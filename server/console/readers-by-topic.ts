import type { TopicTrends } from "../../lib/contracts/trends.ts";
import { type ClusterSnapshot, partitionKey } from "./engine/sampler/snapshot.ts";

/** A group that reads a topic, and what it has not read of it. */
export type Reader = TopicTrends["topics"][string]["readers"][number];

/** Each topic's groups: those that have the most to read first, those that have committed nothing in it last. */
export function readersByTopic({ groups }: Pick<ClusterSnapshot, "groups">): Map<string, Reader[]> {
  const readers = new Map<string, Reader[]>();
  for (const { groupId, offsets, members, lagOf } of groups?.value.values() ?? []) {
    const lags = new Map<string, number | "unknown" | "none">();
    for (const { assignment } of members ?? []) for (const { topic } of assignment ?? []) lags.set(topic, "none");
    for (const { topic, partition } of offsets ?? []) {
      const known = lags.get(topic) ?? "none";
      const lag = lagOf.get(partitionKey(topic, partition));
      lags.set(topic, lag === undefined || known === "unknown" ? "unknown" : lag + (known === "none" ? 0 : known));
    }
    for (const [topic, lag] of lags) {
      const reader = { groupId, lag: typeof lag === "number" ? lag : null, hasCommitted: lag !== "none" };
      const own = readers.get(topic);
      if (own) own.push(reader);
      else readers.set(topic, [reader]);
    }
  }
  for (const own of readers.values()) own.sort((a, b) => rank(b) - rank(a));
  return readers;
}

function rank({ lag, hasCommitted }: Reader): number {
  return lag ?? (hasCommitted ? -1 : -2);
}
