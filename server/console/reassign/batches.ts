import type { ReplicaMove } from "../../../lib/contracts/reassignment.ts";

type Sized = Pick<ReplicaMove, "from" | "to" | "sizeBytes" | "copyBytes">;

/** Cuts moves into batches of `size`, in their order: one batch is made after another. */
export function batchesOf<Move extends Sized>(moves: readonly Move[], size: number): (readonly Move[])[] {
  const batches: (readonly Move[])[] = [];
  for (let from = 0; from < moves.length; from += size) batches.push(moves.slice(from, from + size));
  return batches;
}

/** How long a throttle makes the moves, and whom it holds up longest. */
export type Estimate = {
  readonly durationMs: number;
  readonly slowest: { readonly broker: number; readonly bytes: number } | null;
};

/**
 * Estimates a throttled reassignment: each broker sends and takes at most so many bytes a second, batches come one after another, and each
 * takes as long as its busiest broker. Copies come from the leader, which is taken to be the first of the old replicas.
 */
export function estimate(batches: readonly (readonly Sized[])[], bytesPerSecond: number): Estimate {
  let seconds = 0;
  const totals = new Map<number, number>();
  for (const batch of batches) {
    const incoming = new Map<number, number>();
    const outgoing = new Map<number, number>();
    for (const { from, to, sizeBytes } of batch)
      for (const id of to)
        if (!from.includes(id)) {
          add(incoming, id, sizeBytes);
          add(totals, id, sizeBytes);
          if (from[0] !== undefined) add(outgoing, from[0], sizeBytes);
        }
    seconds += Math.max(0, ...incoming.values(), ...outgoing.values()) / bytesPerSecond;
  }
  const [busiest] = [...totals].sort((a, b) => b[1] - a[1]);
  return {
    durationMs: Math.round(seconds * 1_000),
    slowest: busiest === undefined ? null : { broker: busiest[0], bytes: busiest[1] },
  };
}

function add(sums: Map<number, number>, id: number, bytes: number): void {
  sums.set(id, (sums.get(id) ?? 0) + bytes);
}
