import type { ActiveMoves, ReassignmentRun } from "../../lib/contracts/reassignment.ts";
import { fail, succeed } from "../../lib/result.ts";
import { jobNotFound } from "./engine/jobs/job-runner.ts";
import { batchesOf } from "./reassign/batches.ts";
import { REASSIGN, reassignCheckpoint, reassignInput } from "./reassign/reassign-job.ts";
import { defineUseCase } from "./use-case.ts";

/** Partitions that are being moved now between brokers or log directories, by whomever, and what is copied of each. */
export const listMoves = defineUseCase<{ readonly cluster: string }, ActiveMoves>({
  failed: () => "Moves could not be read",
  async run({ cluster }) {
    const [moves, { directories, problems }] = await Promise.all([cluster.moves.get(), cluster.directoryMoves.get()]);
    return succeed({ ...moves, directories, problems: [...moves.problems, ...problems] });
  },
});

/** What a job of moves was given, and which of its batches are done. */
export const readReassignment = defineUseCase<{ readonly cluster: string; readonly job: number }, ReassignmentRun>({
  failed: ({ job }) => `The moves of job ${job} could not be read`,
  run({ context }, { cluster, job }) {
    const stored = context.engine.jobs.stored(cluster, job);
    const input = reassignInput.safeParse(stored?.input);
    if (stored === undefined || stored.kind !== REASSIGN || !input.success)
      return Promise.resolve(fail(jobNotFound(job)));
    const checkpoint = reassignCheckpoint.safeParse(stored.checkpoint).data;
    const { title, moves, batchMoves, throttleBytesPerSecond } = input.data;
    const batches = batchesOf(moves, batchMoves);
    const batchesDone = checkpoint?.batch ?? 0;
    const done = batches.slice(0, batchesDone).flat();
    const saved = checkpoint?.isThrottled === true ? checkpoint.saved : null;
    return Promise.resolve(
      succeed({
        title,
        batches: batches.map((batch) => ({ moves: batch.length, copyBytes: bytesOf(batch) })),
        batchesDone,
        moves: moves.length,
        movesDone: done.length,
        copyBytes: bytesOf(moves),
        doneBytes: bytesOf(done),
        throttleBytesPerSecond,
        underWay: (batches[batchesDone] ?? []).map(({ topic, partition }) => `${topic}-${partition}`),
        throttledBrokers: Object.keys(saved?.brokers ?? {}).length,
        throttledTopics: Object.keys(saved?.topics ?? {}).length,
        owed: context.owedThrottles.ofRun(cluster, job).map(({ id, left }) => ({ job: id, brokers: left.map(Number) })),
      }),
    );
  },
});

function bytesOf(moves: readonly { readonly copyBytes: number }[]): number {
  return moves.reduce((sum, { copyBytes }) => sum + copyBytes, 0);
}
