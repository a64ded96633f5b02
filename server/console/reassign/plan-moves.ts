import type { BrokerLoad, PlannedBroker, ReassignmentGoal, ReplicaMove } from "../../../lib/contracts/reassignment.ts";
import { reach } from "./goals.ts";
import { Draft, type PlanPartition, type PlanWorld } from "./plan-world.ts";

/** Moves that reach a goal, and every broker's load before and after. */
export type MovePlan = {
  readonly moves: readonly ReplicaMove[];
  readonly brokers: readonly (Pick<PlannedBroker, "id" | "rack" | "isAlive" | "capacityBytes"> & {
    readonly before: BrokerLoad;
    readonly after: BrokerLoad;
  })[];
  /** Partitions for which no broker was left. */
  readonly stuck: readonly Pick<PlanPartition, "topic" | "partition">[];
  /** Moved partitions of which one rack then holds two copies, while another holds none. */
  readonly crowdedRacks: number;
};

/** Plans the moves for a goal, as few bytes as it allows, no rack with a copy more than needed. Pure: the largest move is the first. */
export function planMoves(world: PlanWorld, goal: ReassignmentGoal): MovePlan {
  const first = new Draft(world);
  const draft = new Draft(world);
  const { stuck } = reach(draft, goal);
  const changed = draft
    .changed()
    .filter((index) => draft.replicasOf(index).join() !== draft.partitionAt(index).replicas.join());
  const moves = changed.map((index) => moveOf(draft, index));
  const racks = new Set(draft.alive.map((id) => draft.rackOf(id))).size;
  return {
    moves: moves.sort((a, b) => b.copyBytes - a.copyBytes || nameOrder(a, b)),
    brokers: [...draft.brokers.values()]
      .sort((a, b) => a.id - b.id)
      .map((broker) => ({ ...broker, before: { ...first.loadOf(broker.id) }, after: { ...draft.loadOf(broker.id) } })),
    stuck: stuck.map((index) => draft.partitionAt(index)),
    crowdedRacks: draft.isRackAware ? changed.filter((index) => isCrowded(draft, index, racks)).length : 0,
  };
}

function isCrowded(draft: Draft, index: number, racks: number): boolean {
  const replicas = draft.replicasOf(index);
  return new Set(replicas.map((id) => draft.rackOf(id))).size < Math.min(racks, replicas.length);
}

function moveOf(draft: Draft, index: number): ReplicaMove {
  const { topic, partition, replicas: from, leader, sizeBytes } = draft.partitionAt(index);
  const to = draft.replicasOf(index);
  const added = to.filter((id) => !from.includes(id)).length;
  return {
    topic,
    partition,
    from: [...from],
    to: [...to],
    sizeBytes,
    copyBytes: added * sizeBytes,
    movesLeader: draft.leaderOf(index) !== leader,
  };
}

function nameOrder(a: ReplicaMove, b: ReplicaMove): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  return a.partition - b.partition;
}
