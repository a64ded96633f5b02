import { evenSwaps } from "./even-swaps.ts";
import { type Draft, SLACK_BYTES } from "./plan-world.ts";

/** A broker within this part of its share is left as it is: the last percents would move much for little. */
const TOLERANCE = 0.03;

/** Moves replicas from brokers that hold more than their share to `receivers`, as few bytes as that takes; exchanges two where one alone does not help. */
export function evenOut(draft: Draft, receivers: readonly number[]): void {
  const shares = byteShares(draft);
  const holdings = new Holdings(draft);
  evenBytes(draft, { receivers, shares, holdings });
  evenPairs(draft, { receivers, shares, holdings: new Holdings(draft) });
  evenSwaps(draft, { brokers: receivers, shares, tolerance: TOLERANCE });
  evenCounts(draft, { receivers, shares, holdings });
}

/** Makes other replicas preferred, so that `receivers` and their fellows lead alike. Moves no data. */
export function evenLeaders(
  draft: Draft,
  receivers: readonly number[],
  mayChange: (index: number) => boolean = draft.world.isInScope,
): void {
  const isReceiver = new Set(receivers);
  const { partitions } = draft.world;
  let isChanged = true;
  while (isChanged) {
    isChanged = false;
    for (const [index, { isr, replicas: old }] of partitions.entries()) {
      if (!mayChange(index)) continue;
      const leader = draft.leaderOf(index);
      const able = draft
        .replicasOf(index)
        .filter((id) => isReceiver.has(id) && (isr.includes(id) || !old.includes(id)));
      if (able.length === 0) continue;
      const best = draft.leastLed(able);
      const excess = leader < 0 ? 2 : draft.loadOf(leader).leaders - draft.loadOf(best).leaders;
      if (best === leader || excess < 2) continue;
      draft.prefer(index, best);
      isChanged = true;
    }
  }
}

/** Bytes that each broker should hold: alike, or by the size of its disk where disks differ. */
export function byteShares(draft: Draft): ReadonlyMap<number, number> {
  const total = draft.alive.reduce((sum, id) => sum + draft.loadOf(id).sizeBytes, 0);
  const capacities = draft.alive.map((id) => draft.brokers.get(id)?.capacityBytes ?? 0);
  const whole = capacities.reduce((sum, capacity) => sum + capacity, 0);
  const byDisk = capacities.every((capacity) => capacity > 0);
  return new Map(
    draft.alive.map((id, index) => {
      const part = byDisk ? (capacities[index] ?? 0) / whole : 1 / draft.alive.length;
      return [id, total * part];
    }),
  );
}

/**
 * What each broker held at first, by size: what came to it by the plan is not moved on. Each pair of brokers is searched through once and never
 * from its beginning again: what one cannot give to the other now it cannot later, and limits only shrink.
 */
class Holdings {
  private readonly bySize = new Map<number, number[]>();
  private readonly fromTop = new Map<string, number>();
  private readonly fromBottom = new Map<string, number>();

  constructor(private readonly draft: Draft) {
    const { partitions, isInScope } = draft.world;
    for (const [index, { replicas }] of partitions.entries())
      if (isInScope(index))
        for (const id of replicas) {
          const own = this.bySize.get(id);
          if (own) own.push(index);
          else this.bySize.set(id, [index]);
        }
    for (const own of this.bySize.values()) own.sort((a, b) => this.sizeAt(a) - this.sizeAt(b));
  }

  /** The largest replica of at most `limit` bytes that `donor` can give to `receiver` without a rack getting another copy. */
  largest(donor: number, receiver: number, limit: number): number | undefined {
    const own = this.bySize.get(donor) ?? [];
    const pair = `${donor}>${receiver}`;
    for (let at = Math.min(this.fromTop.get(pair) ?? own.length, this.countUpTo(own, limit)) - 1; at >= 0; at -= 1) {
      this.fromTop.set(pair, at);
      const index = own[at];
      if (index !== undefined && this.canMove(index, donor, receiver)) return index;
    }
    return undefined;
  }

  /** The smallest replica of at most `limit` bytes that can be given. */
  smallest(donor: number, receiver: number, limit: number): number | undefined {
    const own = this.bySize.get(donor) ?? [];
    const pair = `${donor}>${receiver}`;
    for (let at = this.fromBottom.get(pair) ?? 0; at < own.length; at += 1) {
      this.fromBottom.set(pair, at);
      const index = own[at];
      if (index === undefined || this.sizeAt(index) > limit) return undefined;
      if (this.canMove(index, donor, receiver)) return index;
    }
    this.fromBottom.set(pair, own.length);
    return undefined;
  }

  private countUpTo(own: readonly number[], limit: number): number {
    let [low, high] = [0, own.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sizeAt(own[middle] ?? 0) <= limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private canMove(index: number, donor: number, receiver: number): boolean {
    const replicas = this.draft.replicasOf(index);
    if (!replicas.includes(donor) || replicas.includes(receiver)) return false;
    return this.draft.copiesInRackOf(index, receiver, donor) <= this.draft.copiesInRackOf(index, donor, donor);
  }

  private sizeAt(index: number): number {
    return this.draft.partitionAt(index).sizeBytes;
  }
}

type Work = {
  readonly receivers: readonly number[];
  readonly shares: ReadonlyMap<number, number>;
  readonly holdings: Holdings;
};

/** Never moves more than a donor has too much or a receiver too little, so that no byte is moved twice or back. */
function evenBytes(draft: Draft, { receivers, shares, holdings }: Work): void {
  const surplus = (id: number) => draft.loadOf(id).sizeBytes - (shares.get(id) ?? 0);
  const slack = (id: number) => Math.max(SLACK_BYTES, TOLERANCE * (shares.get(id) ?? 0));
  const finished = new Set<number>();
  for (;;) {
    const donor = worst(draft.alive, (id) => (finished.has(id) ? -Infinity : surplus(id) - slack(id)));
    if (donor === undefined || surplus(donor) <= slack(donor) || finished.has(donor)) return;
    const hungry = receivers.filter((id) => id !== donor && -surplus(id) > 0).sort((a, b) => surplus(a) - surplus(b));
    const isMoved = hungry.some((receiver) => {
      const index = holdings.largest(donor, receiver, Math.min(surplus(donor), -surplus(receiver)));
      if (index === undefined || draft.partitionAt(index).sizeBytes === 0) return false;
      draft.replace(index, donor, receiver);
      return true;
    });
    if (!isMoved) finished.add(donor);
  }
}

/**
 * Where a share cannot be reached, as in a rack that has fewer brokers than others, whoever has little still gets from whoever has more, until
 * the two are alike. No byte is moved that would turn them round.
 */
function evenPairs(draft: Draft, { receivers, shares, holdings }: Work): void {
  const size = (id: number) => draft.loadOf(id).sizeBytes;
  const share = (id: number) => Math.max(1, shares.get(id) ?? 0);
  const lacks = (id: number) => share(id) - size(id) - Math.max(SLACK_BYTES, TOLERANCE * share(id));
  /** What makes two alike, by their shares. */
  const between = (donor: number, receiver: number) =>
    (size(donor) * share(receiver) - size(receiver) * share(donor)) / (share(donor) + share(receiver));
  const isWorthIt = (donor: number, receiver: number) =>
    between(donor, receiver) > Math.max(SLACK_BYTES, TOLERANCE * share(receiver));
  const finished = new Set<number>();
  for (;;) {
    const receiver = worst(receivers, (id) => (finished.has(id) ? -Infinity : lacks(id)));
    if (receiver === undefined || finished.has(receiver) || lacks(receiver) <= 0) return;
    const donors = draft.alive
      .filter((id) => id !== receiver && isWorthIt(id, receiver))
      .sort((a, b) => size(b) / share(b) - size(a) / share(a));
    const isMoved = donors.some((donor) => {
      const index = holdings.largest(donor, receiver, between(donor, receiver));
      if (index === undefined || draft.partitionAt(index).sizeBytes === 0) return false;
      draft.replace(index, donor, receiver);
      return true;
    });
    if (!isMoved) finished.add(receiver);
  }
}

/** Evens the number of replicas by the smallest ones, as long as bytes stay even. */
function evenCounts(draft: Draft, { receivers, shares, holdings }: Work): void {
  const total = draft.alive.reduce((sum, id) => sum + draft.loadOf(id).replicas, 0);
  const mean = total / Math.max(1, draft.alive.length);
  const margin = Math.max(1, TOLERANCE * mean);
  const count = (id: number) => draft.loadOf(id).replicas;
  const bound = (id: number) => Math.max(SLACK_BYTES, 2 * TOLERANCE * (shares.get(id) ?? 0));
  const room = (id: number) => (shares.get(id) ?? 0) + bound(id) - draft.loadOf(id).sizeBytes;
  const spare = (id: number) => draft.loadOf(id).sizeBytes - (shares.get(id) ?? 0) + bound(id);
  const finished = new Set<number>();
  for (;;) {
    const donor = worst(draft.alive, (id) => (finished.has(id) ? -Infinity : count(id)));
    if (donor === undefined || finished.has(donor) || count(donor) < mean + margin) return;
    const hungry = receivers
      .filter((id) => id !== donor && count(id) <= mean - 1 && room(id) >= 0)
      .sort((a, b) => count(a) - count(b));
    const isMoved = hungry.some((receiver) => {
      const index = holdings.smallest(donor, receiver, Math.max(0, Math.min(room(receiver), spare(donor))));
      if (index === undefined) return false;
      draft.replace(index, donor, receiver);
      return true;
    });
    if (!isMoved) finished.add(donor);
  }
}

function worst(ids: readonly number[], badness: (id: number) => number): number | undefined {
  let found: number | undefined;
  for (const id of ids) if (found === undefined || badness(id) > badness(found)) found = id;
  return found;
}
