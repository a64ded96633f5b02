import type { PartitionList } from "@/lib/contracts/partitions";

/** What a broker has of a topic. */
export type BrokerShare = {
  readonly broker: number;
  readonly rack: string | null;
  readonly isAlive: boolean;
  readonly leads: readonly number[];
  readonly follows: readonly number[];
  readonly outOfSync: readonly number[];
  /** Log directories that its replicas are in, each with how many. */
  readonly directories: readonly { readonly path: string; readonly replicas: number }[];
  /** Null when a replica's size is not known. */
  readonly sizeBytes: number | null;
  /** Of the largest broker. */
  readonly sizeShare: number;
};

/** Sees a topic's partitions by broker; brokers without a replica have empty lists. */
export function sharesOf({
  partitions,
  brokers,
}: Pick<PartitionList, "partitions" | "brokers">): readonly BrokerShare[] {
  const named = new Map(brokers.map((broker) => [broker.id, broker]));
  const ids = new Set([...named.keys(), ...partitions.flatMap(({ replicas }) => replicas.map(({ broker }) => broker))]);
  const shares = [...ids]
    .toSorted((a, b) => a - b)
    .map((broker) => {
      const own = partitions.flatMap(({ partition, leader, replicas }) =>
        replicas.filter((replica) => replica.broker === broker).map((replica) => ({ partition, leader, replica })),
      );
      const numbers = (found: typeof own) => found.map(({ partition }) => partition);
      const sizes = own.map(({ replica }) => replica.sizeBytes);
      return {
        broker,
        rack: named.get(broker)?.rack ?? null,
        isAlive: named.has(broker),
        leads: numbers(own.filter(({ leader }) => leader === broker)),
        follows: numbers(own.filter(({ leader }) => leader !== broker)),
        outOfSync: numbers(own.filter(({ replica }) => replica.state !== "in-sync")),
        directories: directoriesOf(own.map(({ replica }) => replica.directory)),
        sizeBytes: sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
      };
    });
  const largest = shares.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes ?? 0), 1);
  return shares.map((share) => ({ ...share, sizeShare: (share.sizeBytes ?? 0) / largest }));
}

function directoriesOf(paths: readonly (string | null)[]): BrokerShare["directories"] {
  const counts = new Map<string, number>();
  for (const path of paths) if (path !== null) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts].map(([path, replicas]) => ({ path, replicas })).toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
