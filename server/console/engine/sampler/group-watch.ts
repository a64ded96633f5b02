import type { GroupOutlook, GroupSummary } from "../../../../lib/contracts/groups.ts";
import { formatCount, formatDuration, formatNumberOf } from "../../../../lib/format.ts";
import type { Counters } from "./counters.ts";
import { outlookOf } from "./outlook.ts";
import { Recent } from "./recent.ts";
import type { ClusterSnapshot, SampledGroup } from "./snapshot.ts";

/** What a group was seen to do: since when its offsets stand, since when it is in its state. */
type Watched = { seenAt: number; movedAt: number | null; consumed: number; state: string; stateSince: number };

/** Over how many seconds a group's speed is told. */
const RATE_OVER = 60;
/** A rebalance takes some seconds; one that takes longer is trouble. */
const REBALANCE_MAX = 60;

const REBALANCING = new Set(["PreparingRebalance", "CompletingRebalance", "Assigning", "Reconciling"]);

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

  /** What is wrong with a group, in one line; null when nothing is. */
  attention(group: SampledGroup, nowMs: number): GroupSummary["attention"] {
    const own = this.watched.get(group.groupId);
    const outlook = this.outlook(group.groupId);
    const lag = group.lagMessages ?? 0;
    if (own && REBALANCING.has(group.state) && nowMs / 1_000 - own.stateSince > REBALANCE_MAX)
      return warning(
        `Rebalances for ${formatDuration(nowMs - own.stateSince * 1_000)}: its members read nothing meanwhile.`,
      );
    const hasMembers = (group.members?.length ?? 0) > 0;
    if (outlook.kind === "stands-still" && hasMembers) {
      const text = `Committed nothing for ${formatDuration(nowMs - outlook.sinceMs)}; ${formatNumberOf(lag, "message")} wait.`;
      return { severity: "critical", text };
    }
    if (group.members?.length === 0 && this.isGrowing(group.groupId))
      return warning(`Has no members; ${formatNumberOf(lag, "message")} wait and more come.`);
    if (outlook.kind === "falls-behind")
      return warning(`Falls behind by ${formatCount(outlook.perSecond)} messages a second.`);
    return null;
  }

  private isGrowing(groupId: string): boolean {
    const points = this.lags.points(groupId);
    return (points.at(-1)?.value ?? 0) > (points[0]?.value ?? 0);
  }
}

type Seen = { readonly now: number; readonly consumed: number; readonly state: string };

function watchedOf(before: Watched | undefined, { now, consumed, state }: Seen): Watched {
  if (before === undefined) return { seenAt: now, movedAt: null, consumed, state, stateSince: now };
  return {
    seenAt: before.seenAt,
    movedAt: consumed > before.consumed ? now : before.movedAt,
    consumed,
    state,
    stateSince: state === before.state ? before.stateSince : now,
  };
}

function warning(text: string): GroupSummary["attention"] {
  return { severity: "warning", text };
}
