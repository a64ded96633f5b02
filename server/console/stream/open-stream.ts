import type { Subscription, SubscriptionSet } from "../../../lib/contracts/stream.ts";
import { problem } from "../../../lib/problem.ts";
import { type Result, fail, succeed } from "../../../lib/result.ts";
import { type Actor, refusalOf } from "../actor.ts";
import type { Cluster } from "../cluster.ts";
import type { ConsoleContext } from "../context.ts";
import { startMessagesChannel } from "./messages-channel.ts";
import { startSearchChannel } from "./search-channel.ts";
import type { TabStream } from "./tab-stream.ts";

/** Opens a tab's stream; it ends when the tab leaves (`left`). Asks no cluster, so it answers at once. */
export function openStream(
  { streams }: ConsoleContext,
  actor: Actor,
  left: AbortSignal,
): Result<ReadableStream<Uint8Array>> {
  const refusal = refusalOf(actor, "read", "The event stream was not opened");
  if (refusal) return fail(refusal);
  const stream = streams.open();
  if (stream === undefined) {
    return fail(
      problem({
        code: "console-unreachable",
        title: "The event stream was not opened",
        detail: "The console is stopping, or too many tabs are open.",
        suggestion: "Close some tabs.",
      }),
    );
  }
  left.addEventListener("abort", () => stream.close(), { once: true });
  return succeed(stream.body);
}

/** Replaces what a tab listens to. A stream that the console does not know (it was restarted) is `invalid-input`: open a new one. */
export function subscribeStream(
  context: ConsoleContext,
  actor: Actor,
  input: SubscriptionSet & { readonly streamId: string },
): Result<object> {
  const title = "The tab's subscriptions were not changed";
  const refusal = refusalOf(actor, "read", title);
  if (refusal) return fail(refusal);
  const stream = context.streams.find(input.streamId);
  if (stream === undefined) {
    const detail = "The console does not know this stream. It was closed, or the console was restarted.";
    return fail(problem({ code: "invalid-input", title, detail, suggestion: "Reload the page.", retryable: true }));
  }
  stream.subscribe(input.subscriptions, (tab, subscription) => startChannel(context, actor, tab, subscription));
  return succeed({});
}

function startChannel(
  context: ConsoleContext,
  actor: Actor,
  stream: TabStream,
  subscription: Subscription,
): () => void {
  const cluster = context.clusters.get(subscription.cluster);
  const { id } = subscription;
  if (cluster === undefined) {
    const missing = problem({
      code: "cluster-not-found",
      title: `There is no cluster ${subscription.cluster}`,
      detail: "The console was started with other clusters.",
    });
    stream.sendLatest(id, { type: "problem", id, problem: missing });
    return () => undefined;
  }
  switch (subscription.channel) {
    case "messages":
      return startMessagesChannel(context, actor, stream, subscription);
    case "search":
      return startSearchChannel(context, stream, subscription);
    case "cluster":
      return watchCluster(cluster, stream, id);
    case "topics":
      return watchTopics(cluster, stream, id);
    case "sampled":
    case "jobs":
    case "journal":
    case "alerts": {
      const { channel } = subscription;
      return context.engine.channels.listen(channel, subscription.cluster, () =>
        stream.sendLatest(id, { type: channel, id }),
      );
    }
  }
}

function watchCluster({ monitor }: Cluster, stream: TabStream, id: string): () => void {
  return monitor.listen((connectivity) => stream.sendLatest(id, { type: "cluster", id, ...connectivity }));
}

function watchTopics({ topicsWatch }: Cluster, stream: TabStream, id: string): () => void {
  return topicsWatch.listen(() => stream.sendLatest(id, { type: "topics", id }));
}
