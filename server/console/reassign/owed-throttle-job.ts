import { setTimeout as pause } from "node:timers/promises";
import { ClientError } from "../../client/client-error.ts";
import type { Cluster } from "../cluster.ts";
import { JobFailed, type JobFacts, jobKind, type JobRun } from "../engine/jobs/job-kind.ts";
import type { JobRunner } from "../engine/jobs/job-runner.ts";
import { isUnderWay } from "../engine/jobs/job-states.ts";
import { clusterOfJob } from "../job-cluster.ts";
import { kafkaProblem } from "../to-problem.ts";
import { type OwedThrottle, owedCheckpoint, owedThrottle, REMOVE_THROTTLE, withoutOwed } from "./owed-throttles.ts";
import { REASSIGN, reassignInput } from "./reassign-job.ts";
import { readThrottles, writeThrottles } from "./throttles.ts";

const LOOK_AGAIN_MS = 1_000;

/** They only wait; each asks the cluster once a second who is there. */
const RUNNING_MAX = 20;

type Checkpoint = { left: string[] };

/** The job that removes a throttle from brokers that were away when it should have ended, as soon as they are back (KIP-226: only the broker itself takes its configs). */
export function owedThrottleKind(clusters: ReadonlyMap<string, Cluster>, jobs: () => JobRunner) {
  return jobKind<OwedThrottle, Checkpoint>({
    kind: REMOVE_THROTTLE,
    input: owedThrottle,
    checkpoint: owedCheckpoint,
    unit: "brokers",
    cancelMeans: "The rate stays on the broker until somebody removes it.",
    runningMax: RUNNING_MAX,
    async run(job, run) {
      await new CleanUp(clusterOfJob(clusters, job.cluster), job, run, jobs()).run();
    },
  });
}

/** One run of the job. */
class CleanUp {
  private left: readonly string[];
  /** Brokers whose rate was set back, and not yet read back. */
  private readonly written = new Set<string>();

  constructor(
    private readonly cluster: Cluster,
    private readonly job: JobFacts<OwedThrottle, Checkpoint>,
    private readonly handle: JobRun<Checkpoint>,
    private readonly jobs: JobRunner,
  ) {
    this.left = job.checkpoint?.left ?? Object.keys(job.input.brokers);
  }

  async run(): Promise<void> {
    while (this.left.length > 0) {
      const needs = this.needing();
      if (needs === undefined) await this.look();
      this.keep(needs === undefined ? waitsFor(this.left) : `waits until job ${needs} has ended`);
      if (this.left.length > 0) await pause(LOOK_AGAIN_MS, undefined, { signal: this.handle.signal });
    }
  }

  /** A run under a throttle that has begun and not ended needs the rates that it set. */
  private needing(): number | undefined {
    return this.jobs.list(this.job.cluster).find(({ id, kind, state, startedAtMs }) => {
      if (kind !== REASSIGN || !isUnderWay(state) || startedAtMs === null) return false;
      const input = reassignInput.safeParse(this.jobs.inputOf(id)).data;
      return input !== undefined && input.throttleBytesPerSecond !== null;
    })?.id;
  }

  private async look(): Promise<void> {
    try {
      await this.cluster.client.refresh([]);
      for (const id of this.left) if (this.cluster.client.metadata.brokers.has(Number(id))) await this.settle(id);
    } catch (error) {
      // Who is not there is waited for.
      const isAway = error instanceof ClientError && error.kind !== "unsupported" && error.kind !== "closed";
      if (!isAway || this.handle.signal.aborted) throw error;
    }
  }

  /** Sets a broker back; it is done when that can be read, so that a run that began in between changes nothing of it. */
  private async settle(id: string): Promise<void> {
    const { client, identity } = this.cluster;
    const now = (await readThrottles(client, { brokers: [Number(id)], topics: [] })).brokers[id];
    if (now === undefined || this.needing() !== undefined) return;
    const wanted = withoutOwed(now, this.job.input, id);
    if (wanted.leader === now.leader && wanted.follower === now.follower) {
      this.left = this.left.filter((other) => other !== id);
      this.say(
        this.written.has(id)
          ? `Broker ${id} is back: its throttle was removed.`
          : `Broker ${id} is back, and its throttle is not the one that was set: it is left as it is.`,
      );
      return;
    }
    const [refusal] = await writeThrottles(client, { brokers: { [id]: wanted }, topics: {} });
    if (refusal) {
      const title = `The throttle of broker ${id} was not removed`;
      throw new JobFailed(kafkaProblem(refusal.errorCode, refusal.message, { title, identity }));
    }
    this.written.add(id);
  }

  /** Tells it where people look: in its own log, and in that of the run. */
  private say(text: string): void {
    this.handle.log(text);
    this.jobs.note(this.job.cluster, this.job.input.job, text);
  }

  private keep(note: string | null): void {
    const total = Object.keys(this.job.input.brokers).length;
    const progress = { done: total - this.left.length, total, unit: "brokers", note };
    this.handle.checkpoint({ left: [...this.left] }, progress, { isDurable: this.left.length < total });
  }
}

function waitsFor(left: readonly string[]): string | null {
  return left.length === 0 ? null : `waits for broker ${left.join(", ")} to come back`;
}
