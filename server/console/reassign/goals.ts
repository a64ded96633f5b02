import type { Assignment, ReassignmentGoal } from "../../../lib/contracts/reassignment.ts";
import { evenLeaders, evenOut } from "./even-out.ts";
import type { Draft } from "./plan-world.ts";

/** Changes a draft until the goal is reached, or as near as the brokers allow. Partitions for which no broker was left are answered, by their place. */
export function reach(draft: Draft, goal: ReassignmentGoal): { readonly stuck: readonly number[] } {
  switch (goal.type) {
    case "drain":
      return { stuck: drain(draft, goal.brokers) };
    case "use":
      share(
        draft,
        draft.alive.filter((id) => goal.brokers.includes(id)),
      );
      return { stuck: [] };
    case "balance":
      share(draft, draft.alive);
      return { stuck: [] };
    case "replication-factor":
      return { stuck: setFactor(draft, goal.factor) };
    case "racks":
      return { stuck: spread(draft) };
    case "by-hand":
      byHand(draft, goal.assignments);
      return { stuck: [] };
  }
}

/** Places in scope, the largest first: they have the fewest brokers that they fit on. */
function largestFirst({ world }: Draft): number[] {
  return [...world.partitions.keys()]
    .filter(world.isInScope)
    .sort((a, b) => (world.partitions[b]?.sizeBytes ?? 0) - (world.partitions[a]?.sizeBytes ?? 0));
}

function drain(draft: Draft, brokers: readonly number[]): number[] {
  const leaving = new Set(brokers);
  const staying = draft.alive.filter((id) => !leaving.has(id));
  const stuck: number[] = [];
  for (const index of largestFirst(draft)) {
    for (const id of draft.replicasOf(index).filter((replica) => leaving.has(replica))) {
      const target = draft.bestTarget(index, staying, id);
      if (target === undefined) stuck.push(index);
      else draft.replace(index, id, target);
    }
    settleLeader(draft, index);
  }
  // New copies may lead as well, once they are in sync: else those that stayed would lead nearly all.
  const moved = new Set(draft.changed());
  evenLeaders(draft, staying, (index) => moved.has(index));
  return [...new Set(stuck)];
}

function share(draft: Draft, receivers: readonly number[]): void {
  evenOut(draft, receivers);
  for (const index of draft.changed()) settleLeader(draft, index);
  evenLeaders(draft, receivers);
}

function setFactor(draft: Draft, factor: number): number[] {
  const stuck: number[] = [];
  for (const index of largestFirst(draft)) {
    while (draft.replicasOf(index).length < factor) {
      const target = draft.bestTarget(index, draft.alive);
      if (target === undefined) {
        stuck.push(index);
        break;
      }
      draft.assign(index, [...draft.replicasOf(index), target]);
    }
    while (draft.replicasOf(index).length > factor) {
      const leaving = mostDispensable(draft, index);
      draft.assign(
        index,
        draft.replicasOf(index).filter((id) => id !== leaving),
      );
    }
    settleLeader(draft, index);
  }
  return stuck;
}

/** The replica that is missed least: one out of sync, then one whose rack has another, then that on the fullest broker. Never the leader. */
function mostDispensable(draft: Draft, index: number): number | undefined {
  const { isr } = draft.partitionAt(index);
  return draft
    .replicasOf(index)
    .filter((id) => id !== draft.leaderOf(index))
    .sort(
      (a, b) =>
        Number(isr.includes(a)) - Number(isr.includes(b)) ||
        draft.copiesInRackOf(index, b) - draft.copiesInRackOf(index, a) ||
        draft.compareLoad(index, b, a),
    )[0];
}

function spread(draft: Draft): number[] {
  if (!draft.isRackAware) return [];
  const stuck: number[] = [];
  for (const index of largestFirst(draft)) {
    for (;;) {
      const crowded = draft
        .replicasOf(index)
        .filter((id) => draft.copiesInRackOf(index, id) > 1)
        .sort((a, b) => leavesFirst(draft, index, a, b));
      const [leaving] = crowded;
      if (leaving === undefined) break;
      const target = draft.bestTarget(index, draft.alive, leaving);
      if (
        target === undefined ||
        draft.copiesInRackOf(index, target, leaving) >= draft.copiesInRackOf(index, leaving, leaving)
      ) {
        // More copies than racks: two in one rack are then no fault.
        if (target === undefined) stuck.push(index);
        break;
      }
      draft.replace(index, leaving, target);
    }
    settleLeader(draft, index);
  }
  return stuck;
}

/** Order of leaving: the leader stays if it can; of the others that on the fullest broker goes. */
function leavesFirst(draft: Draft, index: number, a: number, b: number): number {
  const leader = draft.leaderOf(index);
  return Number(a === leader) - Number(b === leader) || draft.compareLoad(index, b, a);
}

function byHand(draft: Draft, assignments: readonly Assignment[]): void {
  const places = new Map(draft.world.partitions.map(({ topic, partition }, index) => [`${topic}/${partition}`, index]));
  for (const { topic, partition, replicas } of assignments) {
    const index = places.get(`${topic}/${partition}`);
    if (index === undefined || draft.replicasOf(index).join() === replicas.join()) continue;
    draft.assign(index, replicas);
    draft.prefer(index, replicas[0] ?? -1);
  }
}

/** Puts whoever leads a moved partition first, unless the preferred leader is still among its replicas. */
function settleLeader(draft: Draft, index: number): void {
  const { replicas: old } = draft.partitionAt(index);
  const now = draft.replicasOf(index);
  if (now.length === old.length && now.every((id, at) => id === old[at])) return;
  const preferred = old[0];
  if (preferred !== undefined && now.includes(preferred)) {
    if (now[0] !== preferred) draft.prefer(index, preferred);
    return;
  }
  draft.prefer(index, draft.leaderOf(index));
}
