import type { ActiveMove } from "../../../lib/contracts/reassignment.ts";
import type { Problem } from "../../../lib/problem.ts";
import { sampledOf } from "../sampled.ts";
import { settle } from "../settled.ts";
import type { ReplicaSize } from "../topic-columns/sizes-column.ts";
import type { Scope } from "../use-case.ts";
import type { PlanBroker, PlanPartition } from "./plan-world.ts";

/** A cluster read for a plan. */
export type ReadWorld = {
  readonly brokers: readonly (PlanBroker & { readonly usableBytes: number | null })[];
  /** Those that are being moved as they will be. */
  readonly partitions: readonly PlanPartition[];
  /** Partitions that are being moved, as "topic/partition". */
  readonly underWay: ReadonlySet<string>;
  /** min.insync.replicas by topic. */
  readonly minIsr: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
  readonly readAtMs: number;
};

/** Reads assignments now, and sizes as fresh as all pages share them. A partition whose size is not told counts for nothing. */
export async function readWorld(scope: Scope): Promise<ReadWorld> {
  const { cluster } = scope;
  cluster.topics.forget();
  const { topics, readAtMs } = await cluster.topics.get();
  const { snapshot } = await sampledOf(scope);
  const attempt = { title: "Sizes could not be read: the plan counts replicas only", identity: cluster.identity };
  const sizes = await settle(cluster.sizes.get(), attempt);
  cluster.moves.forget();
  const seen = { title: "What is being moved now could not be read", identity: cluster.identity };
  const active = await settle(cluster.moves.get(), seen);
  const going = goingOf(active.value?.moves ?? []);
  const partitions = topics
    .filter(({ errorCode }) => errorCode === 0)
    .flatMap(({ name, partitions: own }) => {
      const sizeOf = sizesOf(sizes.value?.values.get(name ?? "") ?? []);
      return own.map(({ partitionIndex, replicaNodes, leaderId, isrNodes }) => ({
        topic: name ?? "",
        partition: partitionIndex,
        replicas: going.get(`${name}/${partitionIndex}`) ?? replicaNodes,
        leader: leaderId,
        isr: isrNodes,
        sizeBytes: sizeOf(partitionIndex, leaderId),
      }));
    })
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
  const named = cluster.client.metadata.brokers;
  const ids = new Set([...named.keys(), ...partitions.flatMap(({ replicas }) => replicas)]);
  return {
    brokers: [...ids]
      .sort((a, b) => a - b)
      .map((id) => ({
        id,
        rack: named.get(id)?.rack ?? null,
        isAlive: named.has(id),
        capacityBytes: snapshot.disks?.value.brokers.get(id)?.totalBytes ?? null,
        usableBytes: snapshot.disks?.value.brokers.get(id)?.usableBytes ?? null,
      })),
    partitions,
    underWay: new Set(going.keys()),
    minIsr: snapshot.minIsr,
    problems: [...sizes.problems, ...(sizes.value?.problems ?? []), ...active.problems],
    readAtMs,
  };
}

/** Where partitions that are being moved will be, by "topic/partition". */
export function goingOf(
  moves: readonly Pick<ActiveMove, "topic" | "partition" | "replicas" | "removing">[],
): ReadonlyMap<string, readonly number[]> {
  return new Map(
    moves.map(({ topic, partition, replicas, removing }) => [
      `${topic}/${partition}`,
      replicas.filter((id) => !removing.includes(id)),
    ]),
  );
}

/** The leader's size of a partition; without it the largest. */
function sizesOf(sizes: readonly ReplicaSize[]): (partition: number, leader: number) => number {
  const leaders = new Map(sizes.map(({ partition, broker, sizeBytes }) => [`${partition}/${broker}`, sizeBytes]));
  const largest = new Map<number, number>();
  for (const { partition, sizeBytes } of sizes)
    largest.set(partition, Math.max(sizeBytes, largest.get(partition) ?? 0));
  return (partition, leader) => leaders.get(`${partition}/${leader}`) ?? largest.get(partition) ?? 0;
}
