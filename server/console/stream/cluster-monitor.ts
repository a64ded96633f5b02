import type { Problem } from "../../../lib/problem.ts";
import { problemOf } from "../../../lib/problem.ts";
import type { ClusterClient } from "../../client/cluster-client.ts";
import { toProblem } from "../to-problem.ts";
import { Listeners } from "./listeners.ts";
import { Repeating } from "./repeating.ts";

/** Whether the cluster answers. */
export type Connectivity = {
  readonly state: "connected" | "unreachable";
  /** Of the last probe; null when there was no answer. */
  readonly latencyMs: number | null;
  /** Wall clock of the last answer; null when there never was one. */
  readonly lastAnswerMs: number | null;
  readonly problem: Problem | null;
};

/** A loss shows within this, and a return within the other. */
const PROBE_PAUSE_MS = 2_000;
const LOST_PAUSE_MS = 500;
/** A broker that takes longer for its own addresses is no good to anybody. */
const PROBE_TIMEOUT_MS = 3_000;

/** Asks a cluster for its brokers every two seconds while somebody listens; all tabs share the probes. */
export class ClusterMonitor {
  private last: Connectivity | undefined;
  /** Ids of the brokers of the last probe, "" when it failed; undefined before the first. */
  private seen: string | undefined;
  private readonly probes = new Repeating(() => this.probe());
  private readonly listeners = new Listeners<Connectivity>((count) => {
    if (count === 0) this.probes.stop();
    else this.probes.start();
  });

  constructor(
    private readonly client: () => ClusterClient,
    /** Told when other brokers answer for the cluster than before, or none. */
    private readonly onBrokersChange: () => void,
  ) {}

  /** Tells the last state at once if it is known, then each probe. */
  listen(listener: (connectivity: Connectivity) => void): () => void {
    const isWatched = this.listeners.count > 0;
    const leave = this.listeners.add(listener);
    if (isWatched && this.last) listener(this.last);
    return leave;
  }

  /** A request just failed or went well: find out now what that means. */
  probeNow(): void {
    this.probes.now();
  }

  stop(): void {
    this.probes.stop();
  }

  private async probe(): Promise<number> {
    const startedMs = performance.now();
    try {
      const client = this.client();
      const { brokers } = await client.refresh([], client.deadline(PROBE_TIMEOUT_MS));
      const latencyMs = Math.round((performance.now() - startedMs) * 10) / 10;
      const ids = brokers.map(({ nodeId }) => nodeId).sort((a, b) => a - b);
      this.note(ids.join());
      this.tell({ state: "connected", latencyMs, lastAnswerMs: Date.now(), problem: null });
      return PROBE_PAUSE_MS;
    } catch (error) {
      this.note("");
      const problem = toProblem(error, { title: "The cluster does not answer" }) ?? problemOf(error);
      this.tell({ state: "unreachable", latencyMs: null, lastAnswerMs: this.last?.lastAnswerMs ?? null, problem });
      return LOST_PAUSE_MS;
    }
  }

  private note(seen: string): void {
    if (this.seen !== undefined && this.seen !== seen) this.onBrokersChange();
    this.seen = seen;
  }

  private tell(connectivity: Connectivity): void {
    this.last = connectivity;
    this.listeners.tell(connectivity);
  }
}
