import type { StreamEvent, Subscription } from "../../../lib/contracts/stream.ts";

const encoder = new TextEncoder();

/** Bytes that may wait for a slow tab before its sources stop. */
const WAITING_BYTES = 256 * 1024;
/** Shorter than what proxies take for a dead connection. */
const PING_MS = 15_000;
/** How soon the browser comes back after a loss. */
const RETRY_MS = 1_000;

/** Starts what one subscription asks for; the returned function ends it. */
export type StartChannel = (stream: TabStream, subscription: Subscription) => () => void;

type Running = { readonly asked: string; readonly stop: () => void };

/**
 * The server's end of one tab's event stream (text/event-stream). Sources ask `whenReady` before they read more, so a slow tab costs at most
 * `WAITING_BYTES`; facts that replace each other go through `sendLatest`, which keeps only the newest while the tab is slow.
 */
export class TabStream {
  readonly body: ReadableStream<Uint8Array>;
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private readonly running = new Map<string, Running>();
  private readonly latest = new Map<string, StreamEvent>();
  private waiters: (() => void)[] = [];
  private readonly ping: NodeJS.Timeout;
  private isClosed = false;

  constructor(
    readonly id: string,
    private readonly onClose: () => void,
  ) {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.controller = controller;
        },
        pull: () => this.drained(),
        cancel: () => this.close(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: WAITING_BYTES }),
    );
    this.write(`retry: ${RETRY_MS}\n\n`);
    this.send({ type: "hello", streamId: id });
    this.ping = setInterval(() => this.isReady && this.write(": ping\n\n"), PING_MS);
    this.ping.unref();
  }

  /** There is room for more. */
  get isReady(): boolean {
    return !this.isClosed && (this.controller?.desiredSize ?? 0) > 0;
  }

  get isOpen(): boolean {
    return !this.isClosed;
  }

  /** Settles when there is room for more, or the stream is closed: ask `isOpen` then. */
  whenReady(): Promise<void> {
    if (this.isClosed || this.isReady) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiters.push(resolve);
    });
  }

  /** Sends an event after `whenReady`. */
  send(event: StreamEvent): void {
    this.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  /** Sends an event now or when there is room; a newer one under the same key takes its place. */
  sendLatest(key: string, event: StreamEvent): void {
    if (this.isReady) this.send(event);
    else this.latest.set(key, event);
  }

  /** Replaces what the tab listens to; a subscription that is asked for as before goes on. */
  subscribe(subscriptions: readonly Subscription[], start: StartChannel): void {
    if (this.isClosed) return;
    const wanted = new Map(subscriptions.map((subscription) => [subscription.id, subscription]));
    for (const [id, { asked, stop }] of this.running) {
      const subscription = wanted.get(id);
      if (subscription !== undefined && identityOf(subscription) === asked) continue;
      stop();
      this.running.delete(id);
      this.latest.delete(id);
    }
    for (const [id, subscription] of wanted) {
      if (!this.running.has(id))
        this.running.set(id, { asked: identityOf(subscription), stop: start(this, subscription) });
    }
  }

  /** Ends the stream and all that feeds it. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    clearInterval(this.ping);
    for (const { stop } of this.running.values()) stop();
    this.running.clear();
    this.drained();
    try {
      this.controller?.close();
    } catch {
      // The tab has left already.
    }
    this.onClose();
  }

  private write(text: string): void {
    if (!this.isClosed) this.controller?.enqueue(encoder.encode(text));
  }

  private drained(): void {
    for (const [key, event] of this.latest) {
      if (!this.isReady) break;
      this.latest.delete(key);
      this.send(event);
    }
    for (const resolve of this.waiters.splice(0)) resolve();
  }
}

/** What makes a subscription another one. Positions move on while it runs, so a tab that names newer ones still means the same. */
function identityOf(subscription: Subscription): string {
  if (subscription.channel === "search") return `search/${subscription.cluster}/${subscription.job}`;
  if (subscription.channel !== "messages") return `${subscription.channel}/${subscription.cluster}`;
  const { id: _id, positions: _positions, ...wanted } = subscription;
  return JSON.stringify(wanted);
}
