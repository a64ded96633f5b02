import type { TopicMetadata } from "../../../client/metadata-image.ts";
import type { ClusterSnapshot } from "./snapshot.ts";

/** A broker as partitions and its own answer show it. */
export type BrokerState = {
  readonly id: number;
  /** The words of the contract `brokerSummary`. */
  readonly state: "running" | "catching-up" | "silent" | "gone";
  readonly leaders: number;
  readonly replicas: number;
  readonly outOfSync: number;
};

/** Every broker that the cluster names or a partition has a replica on, by id. */
export function brokerStates({ brokers, topics, answers }: ClusterSnapshot): BrokerState[] {
  const counts = countReplicas(topics);
  const named = new Set(brokers.map(({ id }) => id));
  return [...new Set([...named, ...counts.keys()])]
    .sort((a, b) => a - b)
    .map((id) => {
      const own = counts.get(id) ?? { leaders: 0, replicas: 0, outOfSync: 0 };
      const answer = answers?.value.get(id);
      const isSilent = answer !== undefined && "problem" in answer;
      const state = !named.has(id) ? "gone" : isSilent ? "silent" : own.outOfSync > 0 ? "catching-up" : "running";
      return { id, state, ...own };
    });
}

type Counts = { leaders: number; replicas: number; outOfSync: number };

function countReplicas(topics: readonly TopicMetadata[]): Map<number, Counts> {
  const counts = new Map<number, Counts>();
  for (const { leaderId, replicaNodes, isrNodes } of topics.flatMap(({ partitions }) => partitions))
    for (const id of replicaNodes) {
      const own = counts.get(id) ?? { leaders: 0, replicas: 0, outOfSync: 0 };
      counts.set(id, own);
      own.replicas += 1;
      if (id === leaderId) own.leaders += 1;
      if (!isrNodes.includes(id)) own.outOfSync += 1;
    }
  return counts;
}
