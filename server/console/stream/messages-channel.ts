import { setTimeout as pause } from "node:timers/promises";
import type { Subscription } from "../../../lib/contracts/stream.ts";
import { problemOf } from "../../../lib/problem.ts";
import type { Actor } from "../actor.ts";
import type { ConsoleContext } from "../context.ts";
import { followMessages, type MessageFollower } from "../follow-messages.ts";
import type { TabStream } from "./tab-stream.ts";

/** At most ten events a second, and as many looks. */
const LOOK_PAUSE_MS = 100;
/** Between tries while the cluster is away. */
const AWAY_PAUSE_MS = 1_000;

type Messages = Extract<Subscription, { channel: "messages" }>;
type Step = "look-again" | "try-later" | "end";

/** Feeds a tab with the new records of a topic until it is stopped, the tab has left, or the topic is gone. */
export function startMessagesChannel(
  context: ConsoleContext,
  actor: Actor,
  stream: TabStream,
  subscription: Messages,
): () => void {
  const stopped = new AbortController();
  const channel = new MessagesChannel(context, actor, stream, subscription);
  channel.run(stopped.signal).catch((bug: unknown) => {
    context.log.error({ channel: "messages", error: String(bug) }, "following failed");
    if (!stopped.signal.aborted)
      stream.sendLatest(subscription.id, { type: "problem", id: subscription.id, problem: problemOf(bug) });
  });
  return () => stopped.abort();
}

class MessagesChannel {
  private follower: MessageFollower | undefined;
  private positions: Readonly<Record<string, string>>;
  /** The problems that the tab knows of; null when it knows that nothing goes on. */
  private told: string | null = "";

  constructor(
    private readonly context: ConsoleContext,
    private readonly actor: Actor,
    private readonly stream: TabStream,
    private readonly subscription: Messages,
  ) {
    this.positions = subscription.positions;
  }

  async run(stopped: AbortSignal): Promise<void> {
    for (;;) {
      await this.stream.whenReady();
      if (stopped.aborted || !this.stream.isOpen) return;
      const step = await this.step(stopped);
      if (step === "end") return;
      await pause(step === "try-later" ? AWAY_PAUSE_MS : LOOK_PAUSE_MS);
    }
  }

  private async step(stopped: AbortSignal): Promise<Step> {
    const { context, actor, stream, subscription } = this;
    const { id } = subscription;
    if (this.follower === undefined) {
      const opened = await followMessages(context, actor, { ...subscription, positions: this.positions });
      if (stopped.aborted) return "end";
      if (!opened.ok) return this.failed(opened.problem);
      this.follower = opened.value;
    }
    const polled = await this.follower.poll();
    if (stopped.aborted || !stream.isOpen) return "end";
    if (!polled.ok) return this.failed(polled.problem);
    const { records, positions, skipped, problems } = polled.value;
    this.positions = positions;
    const titles = problems.map(({ title, detail }) => `${title} ${detail}`).join();
    // What is well again is said too, though nothing was written.
    if (records.length > 0 || skipped > 0 || titles !== this.told)
      stream.send({ type: "messages", id, records, positions, skipped, problems: [...problems] });
    this.told = titles;
    return "look-again";
  }

  private failed(problem: ReturnType<typeof problemOf>): Step {
    const { id } = this.subscription;
    this.told = null;
    this.stream.sendLatest(id, { type: "problem", id, problem });
    return problem.retryable ? "try-later" : "end";
  }
}
