import type { GroupOutlook } from "../../../../lib/contracts/groups.ts";
import type { Counters } from "./counters.ts";
import { SAMPLE_STEP } from "../history/history.ts";
import { outlookOf } from "./outlook.ts";
import { Recent } from "./recent.ts";
import type { ClusterSnapshot } from "./snapshot.ts";

/** What a group was seen to do: since when its offsets stand, since when it is in its state. */
type Watched = {
  /** Times of the sweeps that found it rebalancing, in seconds, of the last hour. */
  rebalancing: number[];
  seenAt: number;
  movedAt: number | null;
  consumed: number;
  state: string;
  stateSince: number;
};

/** States in which members get or give up partitions. */
export const REBALANCING: ReadonlySet<string> = new Set([
  "PreparingRebalance",
  "CompletingRebalance",
  "Assigning",
  "Reconciling",
  "NotReady",
]);

const HOUR = 3_600;
/** Over how many seconds a group's speed is told. */
const RATE_OVER = 60;
/** Follows groups from sweep to sweep, and judges what becomes of them. */
export class GroupWatch {
  private readonly watched = new Map<string, Watched>();
  private readonly lags = new Recent();
  private readonly consumed = new Recent();
  /** Of the last sweep, in seconds. */
  private now = 0;

  tell({ groups, readAtMs }: ClusterSnapshot, counters: Counters): void {
    const now = Math.floor(readAtMs / 1_000);
    this.now = now;
    const known = new Set<string>();
    for (const group of groups?.value.values() ?? []) {
      const { groupId } = group;
      known.add(groupId);
      if (group.readAtMs < readAtMs) continue;
      const consumed = counters.consumedByGroup(groupId);
      if (group.lagMessages !== null) this.lags.add(groupId, now, group.lagMessages);
      if (group.offsets !== null) this.consumed.add(groupId, now, consumed);
      this.watched.set(groupId, watchedOf(this.watched.get(groupId), { now, consumed, state: group.state }));
    }
    for (const groupId of this.watched.keys()) if (!known.has(groupId)) this.watched.delete(groupId);
    this.lags.keepOnly(known);
    this.consumed.keepOnly(known);
  }

  consumedPerSecond(groupId: string): number | null {
    return this.consumed.rate(groupId, RATE_OVER, this.now);
  }

  outlook(groupId: string): GroupOutlook {
    const own = this.watched.get(groupId);
    if (own === undefined) return { kind: "unknown" };
    const { movedAt, seenAt } = own;
    return outlookOf({
      lags: this.lags.points(groupId),
      consumedPerSecond: this.consumedPerSecond(groupId),
      movedAt,
      seenAt,
    });
  }

  /** How long a group was watched; 0 for one that was not yet. */
  watchedForMs(groupId: string): number {
    return (this.now - (this.watched.get(groupId)?.seenAt ?? this.now)) * 1_000;
  }

  /** Since when a group is in its state, as far as it was seen; null when it was not. */
  stateSinceMs(groupId: string): number | null {
    const own = this.watched.get(groupId);
    return own === undefined ? null : own.stateSince * 1_000;
  }

  /** About how long it rebalanced in the last hour: what a sweep finds stands for the time until the next. */
  rebalancingMs(groupId: string): number {
    const own = this.watched.get(groupId);
    return (own?.rebalancing.filter((at) => at > this.now - HOUR).length ?? 0) * SAMPLE_STEP * 1_000;
  }

  /** Its lag is larger than some minutes ago. */
  isGrowing(groupId: string): boolean {
    const points = this.lags.points(groupId);
    return (points.at(-1)?.value ?? 0) > (points[0]?.value ?? 0);
  }
}

type Seen = { readonly now: number; readonly consumed: number; readonly state: string };

function watchedOf(before: Watched | undefined, { now, consumed, state }: Seen): Watched {
  const rebalancing = (before?.rebalancing ?? []).filter((at) => at > now - HOUR);
  if (REBALANCING.has(state)) rebalancing.push(now);
  if (before === undefined) return { rebalancing, seenAt: now, movedAt: null, consumed, state, stateSince: now };
  return {
    rebalancing,
    seenAt: before.seenAt,
    movedAt: consumed > before.consumed ? now : before.movedAt,
    consumed,
    state,
    stateSince: state === before.state ? before.stateSince : now,
  };
}
