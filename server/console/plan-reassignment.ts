import type { PlannedBroker, ReassignmentPlan, ReassignmentQuery } from "../../lib/contracts/reassignment.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { batchesOf, estimate } from "./reassign/batches.ts";
import { planNotes, titleOf } from "./reassign/plan-notes.ts";
import { planInThread } from "./reassign/plan-in-thread.ts";
import type { MovePlan } from "./reassign/plan-moves.ts";
import { readWorld, type ReadWorld } from "./reassign/read-world.ts";
import { reassignPartitionsChange } from "./reassign-partitions.ts";
import { defineUseCase } from "./use-case.ts";

/** Plans moves for a goal: what they are, what they make of the brokers, how long they take. Changes nothing. */
export const planReassignment = defineUseCase<ReassignmentQuery, ReassignmentPlan>({
  failed: () => "Moves could not be planned",
  async run(scope, query, title) {
    const { cluster, context, actor } = scope;
    const world = await readWorld(scope);
    const wrong = faultOf(query, world, title);
    if (wrong) return wrong;
    const { topics, goal, partitions: only } = query;
    const { brokers: known, partitions, underWay } = world;
    const plan = await planInThread({ brokers: known, partitions, topics, only, underWay, goal });
    const brokers = brokersOf(plan, world);
    const name = titleOf(query.goal);
    const moves = [...plan.moves];
    const { throttleBytesPerSecond, batchMoves } = query;
    const batches = batchesOf(moves, batchMoves);
    const time = throttleBytesPerSecond === null ? null : estimate(batches, throttleBytesPerSecond);
    const input = { cluster: query.cluster, title: name, moves, throttleBytesPerSecond, batchMoves };
    const change = moves.length === 0 ? null : await reassignPartitionsChange.planIt(context, actor, input);
    return succeed({
      planId: cluster.plans.keep({ title: name, moves }),
      title: name,
      moves,
      brokers,
      batches: batches.map((batch) => ({ moves: batch.length, copyBytes: bytesOf(batch) })),
      copyBytes: bytesOf(moves),
      leadersMoved: moves.filter(({ movesLeader }) => movesLeader).length,
      durationMs: time?.durationMs ?? null,
      slowest: time?.slowest ?? null,
      notes: planNotes({ plan, brokers, goal, minIsr: world.minIsr, underWay }),
      underWay: underWay.size,
      change: change?.ok ? change.value : null,
      problems: [...world.problems, ...(change && !change.ok ? [change.problem] : [])],
      current:
        query.goal.type === "by-hand"
          ? world.partitions
              .filter(({ topic }) => topics.length === 0 || topics.includes(topic))
              .filter(({ partition }) => only.length === 0 || only.includes(partition))
              .map(({ topic, partition, replicas }) => ({ topic, partition, replicas: [...replicas] }))
          : [],
      readAtMs: world.readAtMs,
    });
  },
});

function bytesOf(moves: readonly { readonly copyBytes: number }[]): number {
  return moves.reduce((sum, { copyBytes }) => sum + copyBytes, 0);
}

function brokersOf(plan: MovePlan, world: ReadWorld): PlannedBroker[] {
  const usable = new Map(world.brokers.map(({ id, usableBytes }) => [id, usableBytes]));
  return plan.brokers.map(({ id, rack, isAlive, capacityBytes, before, after }) => {
    const free = usable.get(id) ?? null;
    const otherBytes =
      capacityBytes === null || free === null ? null : Math.max(0, capacityBytes - free - before.sizeBytes);
    return { id, rack, isAlive, capacityBytes, otherBytes, before, after };
  });
}

/** What of the goal does not fit this cluster. */
function faultOf(
  { goal, topics, partitions: only }: ReassignmentQuery,
  world: ReadWorld,
  title: string,
): Result<never> | undefined {
  const known = new Map(world.brokers.map((broker) => [broker.id, broker]));
  const alive = world.brokers.filter(({ isAlive }) => isAlive);
  const names = alive.map(({ id }) => id).join(", ");
  const refuse = (field: string, detail: string) =>
    fail(problem({ code: "invalid-input", title, detail, fields: { [field]: detail } }));
  const partitions = new Map(world.partitions.map((one) => [`${one.topic}/${one.partition}`, one]));
  const missing = topics.find((topic) => !partitions.has(`${topic}/0`));
  if (missing !== undefined) return refuse("topics", `There is no topic ${missing}.`);
  if (only.length > 0 && topics.length !== 1)
    return refuse("partitions", "Choose one topic: partitions are numbered in each topic for itself.");
  const unknown = only.find((partition) => !partitions.has(`${topics[0]}/${partition}`));
  if (unknown !== undefined) return refuse("partitions", `${topics[0]} has no partition ${unknown}.`);
  if (goal.type === "drain" || goal.type === "use") {
    const missed = goal.brokers.find((id) => !(goal.type === "use" ? known.get(id)?.isAlive : known.has(id)));
    if (missed !== undefined)
      return refuse("brokers", `There is no broker ${missed} in the cluster now. There are: ${names}.`);
    if (goal.type === "drain" && alive.every(({ id }) => goal.brokers.includes(id)))
      return refuse("brokers", "No broker would be left to take the replicas.");
  }
  if (
    goal.type === "racks" &&
    (alive.some(({ rack }) => rack === null) || new Set(alive.map(({ rack }) => rack)).size < 2)
  )
    return refuse(
      "goal",
      "The brokers tell no racks, or all the same one (broker.rack): there is nothing to spread over.",
    );
  if (goal.type === "replication-factor" && goal.factor > alive.length)
    return refuse(
      "factor",
      `Replication factor ${goal.factor} needs ${goal.factor} brokers; the cluster has ${alive.length}.`,
    );
  if (goal.type !== "by-hand") return undefined;
  for (const { topic, partition, replicas } of goal.assignments) {
    const place = `${topic}-${partition}`;
    if (!partitions.has(`${topic}/${partition}`)) return refuse("assignments", `There is no partition ${place}.`);
    if (new Set(replicas).size < replicas.length) return refuse("assignments", `${place} names a broker twice.`);
    const missed = replicas.find((id) => !known.has(id));
    if (missed !== undefined)
      return refuse("assignments", `${place}: there is no broker ${missed}. There are: ${names}.`);
  }
  return undefined;
}
