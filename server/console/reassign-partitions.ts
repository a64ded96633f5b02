import * as z from "zod/mini";
import { reassignCommand } from "../../lib/cli/reassignment.ts";
import { reassignCode } from "../../lib/code/operations.ts";
import type { ChangeFacts } from "../../lib/contracts/changes.ts";
import { clusterSlug } from "../../lib/contracts/primitives.ts";
import { replicaMove, type ReplicaMove, type StartReassignmentInput } from "../../lib/contracts/reassignment.ts";
import { formatBytes, formatNumberOf } from "../../lib/format.ts";
import { type Problem, problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { describeAllTopics } from "../client/admin/topics.ts";
import { defineChange } from "./change.ts";
import { namesInLine } from "./names-in-line.ts";
import { goingOf } from "./reassign/read-world.ts";
import { REASSIGN } from "./reassign/reassign-job.ts";
import { throttlesFor, writeThrottles } from "./reassign/throttles.ts";
import { settle } from "./settled.ts";
import { kafkaProblem } from "./to-problem.ts";
import type { Scope, UseCase } from "./use-case.ts";

/** Partitions that the journal tells one by one; more are told by their sum. */
const TOLD_MAX = 200;

const changeInput = z.object({
  cluster: clusterSlug,
  title: z.string(),
  moves: z.array(replicaMove),
  throttleBytesPerSecond: z.nullable(z.number()),
  batchMoves: z.number(),
});
type ChangeInput = z.infer<typeof changeInput>;

/** Moving replicas between brokers. A job does it, in batches. */
export const reassignPartitionsChange = defineChange<ChangeInput, { readonly jobId: number }>({
  kind: REASSIGN,
  input: changeInput,
  verb: ({ title }) => `${title} of`,
  failed: () => "Replicas were not moved",
  target: ({ cluster }) => ({ type: "cluster", name: cluster }),
  cli: (input, bootstrap) => reassignCommand(bootstrap, input),
  code: ({ moves }, bootstrap) =>
    reassignCode(
      bootstrap,
      moves.map(({ topic, partition, to }) => ({ topic, partition, replicas: to })),
    ),
  async plan(scope, input, title) {
    const resolved = await resolve(scope, input.moves);
    if (resolved.length === 0) return fail(nothingToMove(scope, input, title));
    const refusal = await throttleRefusal(scope, input, title);
    if (refusal) return fail(refusal);
    const copyBytes = resolved.reduce((sum, move) => sum + move.copyBytes, 0);
    const { before, after } = factsOf(resolved);
    const impact = [
      {
        severity: "info" as const,
        text: `${formatNumberOf(resolved.length, "partition")} change, ${formatBytes(copyBytes)} are copied between brokers.`,
      },
    ];
    return succeed({
      before,
      after,
      impact,
      problems: [],
      state: Object.fromEntries(resolved.map((move) => [nameOf(move), move.from.join(",")])),
    });
  },
  async act(scope, input) {
    const moves = await resolve(scope, input.moves);
    const { cluster, title, throttleBytesPerSecond, batchMoves } = input;
    const { id } = scope.context.engine.jobs.add({
      kind: REASSIGN,
      cluster,
      title,
      detail: `${formatNumberOf(moves.length, "move")}${throttleBytesPerSecond === null ? "" : `, ${formatBytes(throttleBytesPerSecond)}/s a broker`}`,
      actor: scope.actor.name,
      input: { title, moves, throttleBytesPerSecond, batchMoves },
    });
    const copyBytes = moves.reduce((sum, move) => sum + move.copyBytes, 0);
    return succeed({
      value: { jobId: id },
      ...factsOf(moves),
      summary: `${formatNumberOf(moves.length, "partition")}, ${formatBytes(copyBytes)}`,
      jobId: id,
    });
  },
  revert: (_, input) => ({
    kind: REASSIGN,
    input: {
      ...input,
      title: `Take back: ${input.title}`,
      moves: input.moves.map(({ from, to, ...move }) => ({ ...move, from: to, to: from })),
    },
  }),
});

/** Begins the moves of a plan that the console made; answers with the job that does them. */
export const startReassignment: UseCase<StartReassignmentInput, { readonly jobId: number }> = (
  context,
  actor,
  { cluster, planId, fingerprint, ...pace },
) => {
  const plan = context.clusters.get(cluster)?.plans.find(planId);
  if (plan === undefined) {
    const title = "Replicas were not moved";
    const detail = "The console does not know this plan any more.";
    const suggestion = "Make it again: it takes a moment.";
    return Promise.resolve(fail(problem({ code: "changed-meanwhile", title, detail, suggestion })));
  }
  const input = { cluster, title: plan.title, moves: [...plan.moves], ...pace };
  return reassignPartitionsChange.actOn(context, actor, input, { fingerprint });
};

/** The moves from where partitions are now, or will be where they are moved already. What is already there, and what is gone, is left out. */
async function resolve({ cluster }: Scope, moves: readonly ReplicaMove[]): Promise<ReplicaMove[]> {
  cluster.moves.forget();
  const active = await settle(cluster.moves.get(), { title: "", identity: cluster.identity });
  const going = goingOf(active.value?.moves ?? []);
  const topics = new Map((await describeAllTopics(cluster.client)).map((topic) => [topic.name, topic]));
  return moves.flatMap((move) => {
    const partitions = topics.get(move.topic)?.partitions;
    const now = partitions?.find(({ partitionIndex }) => partitionIndex === move.partition);
    if (now === undefined) return [];
    const from = [...(going.get(`${move.topic}/${move.partition}`) ?? now.replicaNodes)];
    if (from.join() === move.to.join()) return [];
    const copyBytes = move.to.filter((id) => !from.includes(id)).length * move.sizeBytes;
    return [{ ...move, from, copyBytes, movesLeader: now.leaderId !== move.to[0] }];
  });
}

/** Why no move of a plan is left: `resolve` has read the metadata of all topics. */
function nothingToMove({ cluster: { client } }: Scope, { moves }: ChangeInput, title: string): Problem {
  const gone = [...new Set(moves.map(({ topic }) => topic))].filter(
    (topic) => client.metadata.topic(topic) === undefined,
  );
  const detail =
    gone.length === 0
      ? "Every partition is where it should be."
      : `Gone since the moves were planned: ${namesInLine(gone)}. Everything else is where it should be.`;
  return problem({ code: "not-possible", title, detail });
}

/** Whether the cluster would take the throttle, asked without setting it. */
async function throttleRefusal({ cluster }: Scope, { moves, throttleBytesPerSecond }: ChangeInput, title: string) {
  if (throttleBytesPerSecond === null) return undefined;
  const [broker] = cluster.client.metadata.brokers.keys();
  if (broker === undefined) return undefined;
  const wanted = throttlesFor(moves.slice(0, 1), { brokers: [broker], bytesPerSecond: throttleBytesPerSecond });
  const [refused] = await writeThrottles(cluster.client, wanted, { validateOnly: true });
  if (refused === undefined) return undefined;
  const needs = { operation: "AlterConfigs", resource: "cluster" as const };
  const found = kafkaProblem(refused.errorCode, refused.message, { title, needs, identity: cluster.identity });
  return {
    ...found,
    detail: `The throttle is refused: ${found.detail}`,
    suggestion: "Move without a throttle, or ask for the right.",
  };
}

function nameOf({ topic, partition }: Pick<ReplicaMove, "topic" | "partition">): string {
  return `${topic}-${partition}`;
}

function factsOf(moves: readonly ReplicaMove[]): { readonly before: ChangeFacts; readonly after: ChangeFacts } {
  if (moves.length > TOLD_MAX) return { before: countsOf(moves, "from"), after: countsOf(moves, "to") };
  return {
    before: Object.fromEntries(moves.map((move) => [nameOf(move), move.from.join(",")])),
    after: Object.fromEntries(moves.map((move) => [nameOf(move), move.to.join(",")])),
  };
}

/** Replicas of the moved partitions by broker. */
function countsOf(moves: readonly ReplicaMove[], side: "from" | "to"): ChangeFacts {
  const counts = new Map<number, number>();
  for (const move of moves) for (const id of move[side]) counts.set(id, (counts.get(id) ?? 0) + 1);
  return Object.fromEntries([...counts].map(([id, count]) => [`broker ${id}`, formatNumberOf(count, "replica")]));
}
