import type { PlannedBroker, PlanNote, ReassignmentGoal, ReplicaMove } from "../../../lib/contracts/reassignment.ts";
import { formatNumberOf } from "../../../lib/format.ts";
import type { MovePlan } from "./plan-moves.ts";

/** From this share on a disk needs attention, as on the overview. */
export const DISK_ALERT = 0.85;

/** What the goal is called: "Drain broker 3". */
export function titleOf(goal: ReassignmentGoal): string {
  switch (goal.type) {
    case "drain":
      return `Drain ${brokersInWords(goal.brokers)}`;
    case "use":
      return `Use ${brokersInWords(goal.brokers)}`;
    case "balance":
      return "Balance replicas";
    case "replication-factor":
      return `Set replication factor ${goal.factor}`;
    case "racks":
      return "Spread replicas over racks";
    case "by-hand":
      return "Move replicas by hand";
  }
}

function brokersInWords(brokers: readonly number[]): string {
  return `${brokers.length === 1 ? "broker" : "brokers"} ${brokers.join(", ")}`;
}

type Facts = {
  readonly plan: MovePlan;
  readonly brokers: readonly PlannedBroker[];
  readonly minIsr: ReadonlyMap<string, number>;
  readonly goal: ReassignmentGoal;
  readonly underWay: ReadonlySet<string>;
};

/** What to know of a plan before it is begun, worst first. */
export function planNotes({ plan, brokers, goal, minIsr, underWay }: Facts): PlanNote[] {
  const { moves, stuck, crowdedRacks, displacedLeaders } = plan;
  const notes: (PlanNote | false)[] = [
    stuck.length > 0 && {
      severity: "critical",
      text: `${formatNumberOf(stuck.length, "partition")} cannot be moved: every other broker has a copy already. The first is ${stuck[0]?.topic}-${stuck[0]?.partition}.`,
    },
    ...minIsrNotes(moves, minIsr),
    ...diskNotes(brokers),
    ...deadNotes(moves, brokers),
    crowdedRacks > 0 && {
      severity: "warning",
      text: `Of ${formatNumberOf(crowdedRacks, "partition")} one rack then holds two copies: both are lost if it fails.`,
    },
    underWay.size > 0 && { severity: "warning", text: underWayNote(goal, underWay.size) },
    ...unevenNotes(plan, goal),
    displacedLeaders > 0 && {
      severity: "warning",
      text: `${formatNumberOf(displacedLeaders, "partition that stays", "partitions that stay")} ${displacedLeaders === 1 ? "is" : "are"} not led by ${displacedLeaders === 1 ? "its" : "their"} preferred replica now. Here they count as led by it: elect preferred leaders, if the cluster does not by itself.`,
    },
    moves.length > 0 && { severity: "info", text: calm(moves) },
  ];
  return notes.filter((note) => note !== false).sort((a, b) => rank[a.severity] - rank[b.severity]);
}

const rank = { critical: 0, warning: 1, info: 2 } as const;

function underWayNote({ type }: ReassignmentGoal, count: number): string {
  const isOne = count === 1;
  const already = `${formatNumberOf(count, "partition")} ${isOne ? "is" : "are"} being moved already, and ${isOne ? "counts" : "count"} as arrived.`;
  if (type === "by-hand") return `${already} What is written here takes the place of that.`;
  return `${already} ${isOne ? "It is left alone: plan again once it is" : "They are left alone: plan again once they are"} there.`;
}

/** What an even share cannot be reached by. */
function unevenNotes({ uneven }: MovePlan, goal: ReassignmentGoal): PlanNote[] {
  const concerned = goal.type === "use" ? uneven.filter(({ broker }) => goal.brokers.includes(broker)) : uneven;
  const [worst] = goal.type === "use" || goal.type === "balance" ? concerned : [];
  if (worst === undefined) return [];
  const { broker, excess } = worst;
  const others = concerned.length > 1 ? `, ${formatNumberOf(concerned.length - 1, "other")} less so` : "";
  const amount = `${Math.round(Math.abs(excess) * 100)}% ${excess > 0 ? "more" : "less"} than its share`;
  const why = "No replica that may be moved would make it better: they are too large, or bound to their racks.";
  return [{ severity: "warning", text: `Broker ${broker} would hold ${amount} of the bytes${others}. ${why}` }];
}

function calm(moves: readonly ReplicaMove[]): string {
  const leaders = moves.filter(({ movesLeader }) => movesLeader).length;
  const led =
    leaders === 0 ? "No leader moves." : `${formatNumberOf(leaders, "leader")} move; clients find them by themselves.`;
  return `New copies are made before old ones go: no partition falls below min ISR on the way. ${led}`;
}

function minIsrNotes(moves: readonly ReplicaMove[], minIsr: ReadonlyMap<string, number>): PlanNote[] {
  const refused = moves.filter(({ topic, from, to }) => {
    const least = minIsr.get(topic) ?? 1;
    return to.length < least && to.length < from.length;
  });
  if (refused.length === 0) return [];
  return [
    {
      severity: "critical",
      text: `${formatNumberOf(refused.length, "partition")} would have fewer replicas than min.insync.replicas: producers with acks=all are refused (NOT_ENOUGH_REPLICAS).`,
    },
  ];
}

function diskNotes(brokers: readonly PlannedBroker[]): PlanNote[] {
  return brokers.flatMap(({ id, capacityBytes, otherBytes, before, after }): PlanNote[] => {
    if (capacityBytes === null || otherBytes === null || after.sizeBytes <= before.sizeBytes) return [];
    const share = (after.sizeBytes + otherBytes) / capacityBytes;
    if (share < DISK_ALERT) return [];
    const text = `The disk of broker ${id} would be ${Math.round(share * 100)}% full.`;
    return [{ severity: share >= 1 ? "critical" : "warning", text }];
  });
}

function deadNotes(moves: readonly ReplicaMove[], brokers: readonly PlannedBroker[]): PlanNote[] {
  const away = new Set(brokers.filter(({ isAlive }) => !isAlive).map(({ id }) => id));
  const given = moves.filter(({ from, to }) => to.some((id) => away.has(id) && !from.includes(id)));
  if (given.length === 0) return [];
  return [
    {
      severity: "critical",
      text: `${formatNumberOf(given.length, "move")} lead to a broker that the cluster does not name now. The cluster refuses them.`,
    },
  ];
}
