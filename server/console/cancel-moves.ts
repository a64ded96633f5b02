import type * as z from "zod/mini";
import { cancelReassignmentCommand } from "../../lib/cli/reassignment.ts";
import { cancelReassignmentCode } from "../../lib/code/operations.ts";
import type { ChangeFacts } from "../../lib/contracts/changes.ts";
import type { ActiveMove, Assignment } from "../../lib/contracts/reassignment.ts";
import { cancelMovesInput } from "../../lib/contracts/operations.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { alterReassignments } from "../client/admin/reassignments.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { partitionFacts } from "./partition-facts.ts";
import { partly } from "./partly.ts";
import { REASSIGN } from "./reassign/reassign-job.ts";
import { changedOf } from "./refused-change.ts";

type Input = z.infer<typeof cancelMovesInput>;

/** Taking back moves that are under way, whoever began them: Kafka gives the old replicas back. */
export const cancelMovesChange = defineChange<Input, null>({
  kind: "cancel-moves",
  input: cancelMovesInput,
  verb: ({ partitions }) => `Take back ${formatNumberOf(partitions.length, "move")} of`,
  failed: () => "The moves were not taken back",
  target: ({ cluster }) => ({ type: "cluster", name: cluster }),
  cli: (_, bootstrap, after) => cancelReassignmentCommand(bootstrap, assignmentsOf(after)),
  code: (_, bootstrap, after) => {
    const places = partitionFacts(after);
    return places.length === 0 ? null : cancelReassignmentCode(bootstrap, places);
  },
  async plan({ cluster }, input, title) {
    const found = await underWay(cluster, input);
    if (found.length === 0)
      return fail(problem({ code: "not-possible", title, detail: "None of them is under way any more." }));
    const text = `${formatNumberOf(found.length, "partition")} keep the replicas that they had; what was copied of the new ones is deleted.`;
    const { before, after } = factsOf(found);
    return succeed({ before, after, impact: [{ severity: "warning", text }], problems: [] });
  },
  async act({ cluster }, input, title) {
    const found = await underWay(cluster, input);
    const items = found.map(({ topic, partition }) => ({ topic, partition, replicas: null }));
    const answer = await alterReassignments(cluster.client, items);
    cluster.forgetTopics();
    const needs = { operation: "Alter", resource: "cluster" as const };
    const cancelled = changedOf(cluster, found, answer, { title, needs, fine: ["NO_REASSIGNMENT_IN_PROGRESS"] });
    if (!cancelled.ok) return cancelled;
    const { changed, refusals } = cancelled.value;
    const summary = partly(formatNumberOf(changed.length, "move"), refusals);
    return succeed({ value: null, ...factsOf(changed), summary });
  },
  revert: ({ before, after }, { cluster }) => ({
    kind: REASSIGN,
    input: {
      cluster,
      title: "Move again",
      moves: assignmentsOf(before).map(({ topic, partition, replicas: to }) => {
        const from = listOf(after[`${topic}-${partition}`] ?? null);
        return { topic, partition, from, to, sizeBytes: 0, copyBytes: 0, movesLeader: false };
      }),
      throttleBytesPerSecond: null,
      batchMoves: 40,
    },
  }),
});

async function underWay(cluster: Cluster, { partitions }: Input): Promise<ActiveMove[]> {
  cluster.moves.forget();
  const wanted = new Set(partitions.map(({ topic, partition }) => `${topic}/${partition}`));
  return (await cluster.moves.get()).moves.filter(({ topic, partition }) => wanted.has(`${topic}/${partition}`));
}

/** Before: where each partition was going; after: where it was and stays. */
function factsOf(found: readonly ActiveMove[]) {
  const facts = (keep: (move: ActiveMove) => readonly number[]) =>
    Object.fromEntries(found.map((move) => [`${move.topic}-${move.partition}`, keep(move).join(",")]));
  return {
    before: facts(({ replicas, removing }) => replicas.filter((id) => !removing.includes(id))),
    after: facts(({ replicas, adding }) => replicas.filter((id) => !adding.includes(id))),
  };
}

/** Facts of partitions as their replicas. */
function assignmentsOf(facts: ChangeFacts): Assignment[] {
  return partitionFacts(facts)
    .map(({ topic, partition, fact }) => ({ topic, partition, replicas: listOf(fact) }))
    .filter(({ replicas }) => replicas.length > 0);
}

function listOf(fact: string | null): number[] {
  return fact === null || fact === "" ? [] : fact.split(",").map(Number);
}
