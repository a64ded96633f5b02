import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import { replicaMove, type ReplicaMove } from "../../../lib/contracts/reassignment.ts";
import { formatBytes, formatNumberOf } from "../../../lib/format.ts";
import { problem } from "../../../lib/problem.ts";
import { alterReassignments, electLeaders } from "../../client/admin/reassignments.ts";
import { ClientError } from "../../client/client-error.ts";
import { describeKafkaError } from "../../client/kafka-error.ts";
import type { Cluster } from "../cluster.ts";
import { JobFailed, type JobFacts, jobKind, type JobRun } from "../engine/jobs/job-kind.ts";
import { kafkaProblem } from "../to-problem.ts";
import { batchesOf } from "./batches.ts";
import type { OwedThrottles } from "./owed-throttles.ts";
import { restoreThrottle } from "./restore-throttle.ts";
import { readThrottles, throttles, throttlesFor, writeThrottles } from "./throttles.ts";

export const REASSIGN = "reassign-partitions";

const LOOK_AGAIN_MS = 1_000;

/** What the job is given. */
export const reassignInput = z.object({
  title: z.string(),
  moves: z.array(replicaMove),
  throttleBytesPerSecond: z.nullable(z.number()),
  batchMoves: z.number(),
});
type Input = z.infer<typeof reassignInput>;

/** Where it goes on. */
export const reassignCheckpoint = z.object({
  /** Batches that are done. */
  batch: z.number(),
  /** Throttles as they were before, written down before the first is set; null before. */
  saved: z.nullable(throttles),
  /** A throttle may be set, and is taken back whatever happens. */
  isThrottled: z.boolean(),
  /** It was set whole: what somebody made of it since is left alone. Absent in jobs of earlier consoles. */
  isThrottleWhole: z.optional(z.boolean()),
  /** Why some moves were not made: "orders-3: INVALID_REPLICA_ASSIGNMENT …". */
  refused: z.array(z.string()),
});
export type ReassignCheckpoint = z.infer<typeof reassignCheckpoint>;

const begun: ReassignCheckpoint = { batch: 0, saved: null, isThrottled: false, refused: [] };

/** The job that moves replicas in batches under a throttle. Brokers go on with a batch without it; the next batch and the throttle's end wait for it. */
export function reassignKind(
  clusters: ReadonlyMap<string, Cluster>,
  owed: OwedThrottles,
  lookAgain: (cluster: string) => void,
) {
  const clusterOf = (id: string) => {
    const cluster = clusters.get(id);
    if (cluster === undefined) throw new Error(`a job has a cluster: ${id}`);
    return cluster;
  };
  return jobKind({
    kind: REASSIGN,
    input: reassignInput,
    checkpoint: reassignCheckpoint,
    unit: "bytes",
    cancelMeans:
      "Moves under way go back to what they were, later ones are not begun, and those that are done stay. The throttle is removed.",
    // Two would take each other's rate for what was before, and leave it behind.
    holds: ({ throttleBytesPerSecond }) => (throttleBytesPerSecond === null ? null : "replication throttle"),
    async run(job, run) {
      const mover = new Mover({ cluster: clusterOf(job.cluster), owed }, job, run);
      try {
        await mover.run();
      } catch (error) {
        if (!run.signal.aborted) await mover.giveUpThrottle();
        throw error;
      } finally {
        lookAgain(job.cluster);
      }
    },
    async undo(job, log) {
      const cluster = clusterOf(job.cluster);
      const { batch } = job.checkpoint ?? begun;
      try {
        await takeBack(cluster, batchesOf(job.input.moves, job.input.batchMoves)[batch] ?? [], log);
      } finally {
        await restore({ cluster, owed }, job, job.checkpoint ?? begun, log);
        lookAgain(job.cluster);
      }
    },
  });
}

type Place = { readonly cluster: Cluster; readonly owed: OwedThrottles };

/** One run of the job. */
class Mover {
  private at: ReassignCheckpoint;
  private readonly batches: readonly (readonly ReplicaMove[])[];
  private readonly total: number;
  private isSilent = false;
  private said = { done: 0, note: "" };

  private readonly cluster: Cluster;

  constructor(
    private readonly place: Place,
    private readonly job: JobFacts<Input, ReassignCheckpoint>,
    private readonly handle: JobRun<ReassignCheckpoint>,
  ) {
    this.cluster = place.cluster;
    this.at = job.checkpoint ?? begun;
    this.batches = batchesOf(job.input.moves, job.input.batchMoves);
    this.total = bytesOf(job.input.moves);
  }

  async run(): Promise<void> {
    await this.setThrottle();
    for (;;) {
      const batch = this.batches[this.at.batch];
      if (batch === undefined) break;
      await this.submit(batch);
      await this.untilDone(batch);
      await this.elect(batch);
      this.keep({ batch: this.at.batch + 1 });
      this.handle.log(
        `Batch ${this.at.batch} of ${this.batches.length} is done: ${formatNumberOf(batch.length, "move")}, ${formatBytes(bytesOf(batch))}.`,
      );
    }
    await this.removeThrottle();
    const { refused } = this.at;
    if (refused.length === 0) return;
    const title = `${formatNumberOf(refused.length, "move")} of ${this.job.input.moves.length} could not be made`;
    const suggestion = "Make a new plan for what is left.";
    throw new JobFailed(problem({ code: "rejected-by-cluster", title, detail: refused[0] ?? "", suggestion }));
  }

  /** Restores what was before the moves, after they came to no good end. What that fails by is told in the log: a retry or a cancel does it again. */
  async giveUpThrottle(): Promise<void> {
    this.keep({ isThrottleWhole: false });
    try {
      await this.restore();
      this.keep({ isThrottled: false });
    } catch (error) {
      if (!(error instanceof ClientError) && !(error instanceof JobFailed)) throw error;
      this.handle.log(`The throttle was not removed: ${error.message} Cancel the job to try it again.`);
    }
  }

  private async removeThrottle(): Promise<void> {
    await this.patiently(() => this.restore());
    this.keep({ isThrottled: false, isThrottleWhole: false });
  }

  private restore(): Promise<void> {
    return restore(this.place, this.job, this.at, (text) => this.handle.log(text));
  }

  private async setThrottle(): Promise<void> {
    const { moves, throttleBytesPerSecond } = this.job.input;
    const isDone = this.at.batch >= this.batches.length;
    if (throttleBytesPerSecond === null || this.at.isThrottleWhole === true || isDone) return;
    const { client, identity } = this.cluster;
    await this.patiently(() => client.refresh([]));
    const brokers = [...new Set(moves.flatMap(({ from, to }) => [...from, ...to]))].filter((id) =>
      client.metadata.brokers.has(id),
    );
    const wanted = throttlesFor(moves, { brokers, bytesPerSecond: throttleBytesPerSecond });
    const topics = Object.keys(wanted.topics);
    if (this.at.saved === null) {
      const found = await this.patiently(() => readThrottles(client, { brokers, topics }));
      this.keep({ saved: this.place.owed.forgiven(this.job.cluster, found) });
    }
    // Kept before it is set: whatever happens from here on, it is taken back.
    this.keep({ isThrottled: true });
    const [refusal] = await this.patiently(() => writeThrottles(client, wanted));
    if (refusal) {
      const attempt = {
        title: "The throttle could not be set, and nothing was moved",
        facts: [["of", refusal.name]] as const,
        identity,
      };
      throw new JobFailed(kafkaProblem(refusal.errorCode, refusal.message, attempt));
    }
    this.keep({ isThrottleWhole: true });
    this.handle.log(
      `Throttled to ${formatBytes(throttleBytesPerSecond)}/s on ${formatNumberOf(brokers.length, "broker")}.`,
    );
  }

  /** Asks for the moves of a batch; asking again for what is under way or done changes nothing. */
  private async submit(batch: readonly ReplicaMove[]): Promise<void> {
    const { cluster } = this;
    const items = batch.map(({ topic, partition, to }) => ({ topic, partition, replicas: to }));
    const answers = await this.patiently(() => alterReassignments(cluster.client, items));
    cluster.moves.forget();
    if ("errorCode" in answers) {
      const needs = { operation: "Alter", resource: "cluster" as const };
      const attempt = { title: "Replicas were not moved", needs, identity: cluster.identity };
      throw new JobFailed(kafkaProblem(answers.errorCode, answers.message, attempt));
    }
    const refused = answers.filter(({ errorCode }) => errorCode !== 0);
    for (const { topic, partition, errorCode, message } of refused)
      this.handle.log(`${topic}-${partition} is not moved: ${message ?? describeKafkaError(errorCode).message}`);
    this.keep({
      refused: [
        ...this.at.refused,
        ...refused.map(
          ({ topic, partition, errorCode, message }) =>
            `${topic}-${partition}: ${message ?? describeKafkaError(errorCode).message}`,
        ),
      ],
    });
  }

  private async untilDone(batch: readonly ReplicaMove[]): Promise<void> {
    const own = new Map(batch.map((move) => [`${move.topic}/${move.partition}`, move]));
    const before = bytesOf(this.batches.slice(0, this.at.batch).flat());
    for (;;) {
      const { moves } = await this.patiently(() => this.cluster.moves.get());
      const left = moves.filter(({ topic, partition }) => own.has(`${topic}/${partition}`));
      const leftBytes = left.reduce((sum, { topic, partition, copiedBytes }) => {
        const bytes = own.get(`${topic}/${partition}`)?.copyBytes ?? 0;
        return sum + Math.max(0, bytes - (copiedBytes ?? 0));
      }, 0);
      const done = before + Math.max(0, bytesOf(batch) - leftBytes);
      this.tell(
        done,
        `batch ${this.at.batch + 1} of ${this.batches.length} · ${formatNumberOf(left.length, "move")} under way`,
      );
      if (left.length === 0) return;
      await pause(LOOK_AGAIN_MS, undefined, { signal: this.handle.signal });
    }
  }

  /** Makes the preferred replicas lead, where Kafka did not by itself. */
  private async elect(batch: readonly ReplicaMove[]): Promise<void> {
    const { client } = this.cluster;
    await this.patiently(() => client.refresh([...new Set(batch.map(({ topic }) => topic))]));
    const wanted = batch.filter(({ topic, partition, to, movesLeader }) => {
      const now = client.metadata.partition(topic, partition);
      const [preferred] = to;
      return (
        movesLeader && now && preferred !== undefined && now.leaderId !== preferred && now.isrNodes.includes(preferred)
      );
    });
    if (wanted.length === 0) return;
    try {
      await this.patiently(() => electLeaders(client, "preferred", wanted));
    } catch (error) {
      if (!(error instanceof ClientError) || error.kind !== "unsupported") throw error;
      this.handle.log("Leaders stay where they are: the cluster elects none on request.");
    }
  }

  /** A cluster that is away for a while ends nothing: brokers go on by themselves, and so does this when it is back. */
  private async patiently<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const answer = await ask();
        this.isSilent = false;
        return answer;
      } catch (error) {
        const isAway = error instanceof ClientError && error.kind !== "unsupported" && error.kind !== "closed";
        if (!isAway || this.handle.signal.aborted) throw error;
        if (!this.isSilent) this.handle.log(`Waits for the cluster: ${error.message}`);
        this.isSilent = true;
      }
      this.tell(null, "waits for the cluster");
      await pause(LOOK_AGAIN_MS, undefined, { signal: this.handle.signal });
    }
  }

  private keep(change: Partial<ReassignCheckpoint>): void {
    this.at = { ...this.at, ...change };
    this.tell(null, null, true);
  }

  /** Null: as it was said last. */
  private tell(done: number | null, note: string | null, isDurable = false): void {
    this.said = {
      done: done ?? Math.max(this.said.done, bytesOf(this.batches.slice(0, this.at.batch).flat())),
      note: note ?? this.said.note,
    };
    this.handle.checkpoint(this.at, { ...this.said, total: this.total, unit: "bytes" }, { isDurable });
  }
}

function bytesOf(moves: readonly ReplicaMove[]): number {
  return moves.reduce((sum, { copyBytes }) => sum + copyBytes, 0);
}

/** Cancels what is under way of a batch: Kafka gives the old replicas back. */
async function takeBack(cluster: Cluster, batch: readonly ReplicaMove[], log: (text: string) => void): Promise<void> {
  cluster.moves.forget();
  const { moves } = await cluster.moves.get();
  const active = new Set(moves.map(({ topic, partition }) => `${topic}/${partition}`));
  const own = batch.filter(({ topic, partition }) => active.has(`${topic}/${partition}`));
  if (own.length === 0) return;
  const items = own.map(({ topic, partition }) => ({ topic, partition, replicas: null }));
  const answers = await alterReassignments(cluster.client, items);
  cluster.moves.forget();
  if ("errorCode" in answers) {
    const attempt = { title: "Moves under way were not taken back", identity: cluster.identity };
    throw new JobFailed(kafkaProblem(answers.errorCode, answers.message, attempt));
  }
  log(`${formatNumberOf(own.length, "move")} under way went back to what they were.`);
}

/** Sets throttles to what they were; brokers that are away follow as soon as they are back. */
async function restore(
  { cluster, owed }: Place,
  job: JobFacts<Input, ReassignCheckpoint>,
  { saved, isThrottled }: ReassignCheckpoint,
  log: (text: string) => void,
): Promise<void> {
  const { throttleBytesPerSecond } = job.input;
  if (saved === null || !isThrottled || throttleBytesPerSecond === null) return;
  const left = await restoreThrottle(cluster, { saved, rate: String(throttleBytesPerSecond) }, log);
  owed.owe(job.cluster, { job: job.id, ...left });
}
