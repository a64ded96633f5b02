import type { Subscription } from "../../../lib/contracts/stream.ts";
import type { ConsoleContext } from "../context.ts";
import { findSearch } from "../search/search-status.ts";
import type { TabStream } from "./tab-stream.ts";

/** Between two events of a search; the first after a pause goes at once. */
const EVENT_PAUSE_MS = 100;
const MATCHES_MAX = 500;

type Watched = Extract<Subscription, { channel: "search" }>;

/** Feeds a tab with what a search finds and how far it is, until it is stopped. */
export function startSearchChannel(context: ConsoleContext, stream: TabStream, subscription: Watched): () => void {
  const channel = new SearchChannel(context, stream, subscription);
  const ends = [
    context.searches.listen(subscription.job, () => channel.wake()),
    // Pausing, stopping and forgetting are told by the jobs.
    context.engine.channels.listen("jobs", subscription.cluster, () => channel.wake()),
  ];
  channel.wake();
  return () => {
    channel.stop();
    for (const end of ends) end();
  };
}

class SearchChannel {
  private sequence: number;
  private timer: NodeJS.Timeout | undefined;
  private toldAtMs = Number.NEGATIVE_INFINITY;
  private told = "";
  private isStopped = false;

  constructor(
    private readonly context: ConsoleContext,
    private readonly stream: TabStream,
    private readonly subscription: Watched,
  ) {
    this.sequence = subscription.sequence;
  }

  wake(): void {
    if (this.timer !== undefined || this.isStopped) return;
    const waitMs = Math.max(0, this.toldAtMs + EVENT_PAUSE_MS - performance.now());
    this.timer = setTimeout(() => void this.tell(), waitMs);
    this.timer.unref();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private async tell(): Promise<void> {
    await this.stream.whenReady();
    this.timer = undefined;
    if (this.isStopped || !this.stream.isOpen) return;
    const { id, cluster, job } = this.subscription;
    const found = findSearch(this.context, cluster, job);
    if (!found.ok) {
      this.stream.sendLatest(id, { type: "problem", id, problem: found.problem });
      return;
    }
    const { matches, sequence } = this.context.searches.kept.matchesAfter(job, this.sequence, MATCHES_MAX);
    const told = JSON.stringify([found.value, sequence]);
    // Other jobs change too, and nothing is new of this one.
    if (told === this.told) return;
    this.told = told;
    this.toldAtMs = performance.now();
    this.sequence = sequence;
    this.stream.send({ type: "search", id, status: found.value, found: matches, sequence });
    if (matches.length === MATCHES_MAX) this.wake();
  }
}
