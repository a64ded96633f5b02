/** A partition with a replica on the broker that is to be emptied, and where it goes. */
export type Move = { readonly topic: string; readonly partition: number; readonly replicas: readonly number[] };

/** A partition and its replicas. */
export type Placed = Move;

/** A broker that replicas may go to. */
export type Target = { readonly id: number; readonly rack: string | null };

/** Moves that empty a broker, and the partitions that have nowhere to go: every other broker holds a replica already. */
export type DrainPlan = { readonly moves: readonly Move[]; readonly stuck: readonly Placed[] };

/**
 * Plans how a broker is emptied: each of its replicas goes, at the same place of the list, to the broker with the fewest replicas, of a rack that the partition
 * is not on if there is one. Pure.
 */
export function planDrain(broker: number, partitions: readonly Placed[], targets: readonly Target[]): DrainPlan {
  const others = targets.filter(({ id }) => id !== broker);
  const racks = new Map(targets.map(({ id, rack }) => [id, rack]));
  const counts = new Map(others.map(({ id }) => [id, 0]));
  for (const { replicas } of partitions)
    for (const id of replicas) {
      const count = counts.get(id);
      if (count !== undefined) counts.set(id, count + 1);
    }
  const moves: Move[] = [];
  const stuck: Placed[] = [];
  for (const placed of partitions) {
    if (!placed.replicas.includes(broker)) continue;
    const taken = new Set(placed.replicas.filter((id) => id !== broker).map((id) => racks.get(id)));
    const [best] = others
      .filter(({ id }) => !placed.replicas.includes(id))
      .map(({ id, rack }) => ({ id, isNewRack: rack !== null && !taken.has(rack), count: counts.get(id) ?? 0 }))
      .sort((a, b) => Number(b.isNewRack) - Number(a.isNewRack) || a.count - b.count || a.id - b.id);
    if (best === undefined) {
      stuck.push(placed);
      continue;
    }
    counts.set(best.id, best.count + 1);
    const replicas = placed.replicas.map((id) => (id === broker ? best.id : id));
    moves.push({ topic: placed.topic, partition: placed.partition, replicas });
  }
  return { moves, stuck };
}
