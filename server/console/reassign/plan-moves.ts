import type { BrokerLoad, PlannedBroker, ReassignmentGoal, ReplicaMove } from "../../../lib/contracts/reassignment.ts";
import { byteShares } from "./even-out.ts";
import { reach } from "./goals.ts";
import { Draft, leaderToBe, type PlanPartition, type PlanWorld, SLACK_BYTES } from "./plan-world.ts";

/** From this part of its share on it is worth a word that a broker stays uneven. */
const NOTED_EXCESS = 0.06;

/** Moves that reach a goal, and every broker's load before and after. */
export type MovePlan = {
  readonly moves: readonly ReplicaMove[];
  readonly brokers: readonly (Pick<PlannedBroker, "id" | "rack" | "isAlive" | "capacityBytes"> & {
    readonly before: BrokerLoad;
    readonly after: BrokerLoad;
  })[];
  /** Partitions for which no broker was left. */
  readonly stuck: readonly Pick<PlanPartition, "topic" | "partition">[];
  /** Brokers that would still hold more or less bytes than their share, as part of it (0.2: a fifth more); the worst first. */
  readonly uneven: readonly { readonly broker: number; readonly excess: number }[];
  /** Partitions that stay as they are and that another leads now than their preferred replica, which is in sync. */
  readonly displacedLeaders: number;
  /** Moved partitions of which one rack then holds two copies, while another holds none. */
  readonly crowdedRacks: number;
};

/** Plans the moves for a goal, as few bytes as it allows, no rack with a copy more than needed. Pure: the largest move is the first. */
export function planMoves(world: PlanWorld, goal: ReassignmentGoal): MovePlan {
  const first = loadsOf(world);
  const draft = new Draft(world);
  const { stuck } = reach(draft, goal);
  const changed = draft
    .changed()
    .filter((index) => draft.replicasOf(index).join() !== draft.partitionAt(index).replicas.join());
  const moves = changed.map((index) => moveOf(draft, index));
  const isMoved = new Set(changed);
  const racks = new Set(draft.alive.map((id) => draft.rackOf(id))).size;
  return {
    moves: moves.sort((a, b) => b.copyBytes - a.copyBytes || nameOrder(a, b)),
    brokers: [...draft.brokers.values()]
      .sort((a, b) => a.id - b.id)
      .map((broker) => ({ ...broker, before: first.get(broker.id) ?? noLoad, after: { ...draft.loadOf(broker.id) } })),
    uneven: unevenOf(draft),
    displacedLeaders: world.partitions.filter(
      (partition, index) => world.isInScope(index) && !isMoved.has(index) && leaderToBe(partition) !== partition.leader,
    ).length,
    stuck: stuck.map((index) => draft.partitionAt(index)),
    crowdedRacks: draft.isRackAware ? changed.filter((index) => isCrowded(draft, index, racks)).length : 0,
  };
}

const noLoad: BrokerLoad = { replicas: 0, leaders: 0, sizeBytes: 0 };

/** Loads as they are now. */
function loadsOf({ partitions }: PlanWorld): ReadonlyMap<number, BrokerLoad> {
  const loads = new Map<number, { -readonly [Name in keyof BrokerLoad]: number }>();
  const loadOf = (id: number) => {
    const load = loads.get(id) ?? { ...noLoad };
    loads.set(id, load);
    return load;
  };
  for (const { replicas, leader, sizeBytes } of partitions) {
    for (const id of replicas) {
      loadOf(id).replicas += 1;
      loadOf(id).sizeBytes += sizeBytes;
    }
    if (leader >= 0) loadOf(leader).leaders += 1;
  }
  return loads;
}

function unevenOf(draft: Draft): MovePlan["uneven"] {
  const shares = byteShares(draft);
  return draft.alive
    .map((broker) => {
      const share = shares.get(broker) ?? 0;
      const excessBytes = draft.loadOf(broker).sizeBytes - share;
      return { broker, excess: share === 0 ? 0 : excessBytes / share, isWorthIt: Math.abs(excessBytes) > SLACK_BYTES };
    })
    .filter(({ excess, isWorthIt }) => isWorthIt && Math.abs(excess) > NOTED_EXCESS)
    .sort((a, b) => Math.abs(b.excess) - Math.abs(a.excess))
    .map(({ broker, excess }) => ({ broker, excess }));
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
