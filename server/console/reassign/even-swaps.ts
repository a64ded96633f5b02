import { type Draft, SLACK_BYTES } from "./plan-world.ts";

/** An exchange is worth it only where it evens more than this part of what it copies. */
const WORTH = 0.1;
/** Exchanges of a plan: each copies two replicas that were too large to be moved alone. */
const SWAPS_MAX = 100;

type Work = {
  /** Brokers that may give and take. */
  readonly brokers: readonly number[];
  readonly shares: ReadonlyMap<number, number>;
  /** How far from its share a broker is left as it is, as part of it. */
  readonly tolerance: number;
};

/** Two replicas that would change places: the larger leaves the donor. */
type Swap = { readonly given: number; readonly taken: number };

/**
 * Exchanges a replica of a broker that holds too much for a smaller one of a broker that holds too little, where no move of one alone helps. One of
 * the two must be out of tolerance; neither is turned round; no rack gets another copy; each replica changes its place at most once. Of all that
 * is possible the exchange that evens most is made, less a tenth of what it copies; none where nothing is left of that.
 */
export function evenSwaps(draft: Draft, { brokers, shares, tolerance }: Work): void {
  const share = (id: number) => shares.get(id) ?? 0;
  const surplus = (id: number) => draft.loadOf(id).sizeBytes - share(id);
  const isOut = (id: number) => Math.abs(surplus(id)) > Math.max(SLACK_BYTES, tolerance * share(id));
  // Limits and replicas only get fewer: what two cannot exchange now they cannot later.
  const finished = new Set<string>();
  let homes: ReadonlyMap<number, readonly number[]> | undefined;
  for (let swaps = 0; swaps < SWAPS_MAX; swaps += 1) {
    const pairs = brokers
      .flatMap((donor) => brokers.map((receiver) => ({ donor, receiver })))
      .filter(({ donor, receiver }) => surplus(donor) > 0 && surplus(receiver) < 0 && (isOut(donor) || isOut(receiver)))
      .filter(({ donor, receiver }) => !finished.has(`${donor}>${receiver}`))
      .sort((a, b) => surplus(b.donor) - surplus(b.receiver) - surplus(a.donor) + surplus(a.receiver));
    if (pairs.length === 0) return;
    homes ??= homesBySize(draft);
    const home = homes;
    const isMade = pairs.some(({ donor, receiver }) => {
      const limit = Math.min(surplus(donor), -surplus(receiver));
      const swap = bestSwap(draft, {
        given: able(draft, home.get(donor) ?? [], donor, receiver),
        taken: able(draft, home.get(receiver) ?? [], receiver, donor),
        limit,
      });
      if (swap === undefined) return void finished.add(`${donor}>${receiver}`);
      draft.replace(swap.given, donor, receiver);
      draft.replace(swap.taken, receiver, donor);
      return true;
    });
    if (!isMade) return;
  }
}

/** What each broker held at first, the smallest first. */
function homesBySize({ world: { partitions, isInScope } }: Draft): ReadonlyMap<number, readonly number[]> {
  const homes = new Map<number, number[]>();
  for (const [index, { replicas }] of partitions.entries())
    if (isInScope(index))
      for (const id of replicas) {
        const own = homes.get(id);
        if (own) own.push(index);
        else homes.set(id, [index]);
      }
  const size = (index: number) => partitions[index]?.sizeBytes ?? 0;
  for (const own of homes.values()) own.sort((a, b) => size(a) - size(b));
  return homes;
}

/** Those that are still on `from` and may go to `to` without a rack getting another copy. */
function able(draft: Draft, own: readonly number[], from: number, to: number): number[] {
  return own.filter((index) => {
    const replicas = draft.replicasOf(index);
    if (!replicas.includes(from) || replicas.includes(to)) return false;
    return draft.copiesInRackOf(index, to, from) <= draft.copiesInRackOf(index, from, from);
  });
}

type Choice = { readonly given: readonly number[]; readonly taken: readonly number[]; readonly limit: number };

/** For each replica that could be given the best one in return is the smallest that does not turn the two brokers round. */
function bestSwap(draft: Draft, { given, taken, limit }: Choice): Swap | undefined {
  const size = (index: number) => draft.partitionAt(index).sizeBytes;
  let best: (Swap & { readonly worth: number }) | undefined;
  let at = 0;
  for (const larger of given) {
    while (at < taken.length && size(larger) - size(taken[at] ?? 0) > limit) at += 1;
    const smaller = taken[at];
    if (smaller === undefined) return best;
    const worth = size(larger) - size(smaller) - WORTH * (size(larger) + size(smaller));
    if (worth > (best?.worth ?? 0)) best = { given: larger, taken: smaller, worth };
  }
  return best;
}
