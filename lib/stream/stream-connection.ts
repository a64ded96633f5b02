import type { StreamEvent, Subscription, SubscriptionSet } from "@/lib/contracts/stream";
import { plainEvent } from "@/lib/contracts/stream-plain";

/** What the connection needs of the browser. */
export type StreamEnvironment = {
  /** Opens GET /api/stream: `onData` gets each event's data; after `onLoss` nothing comes any more. */
  open(onData: (data: string) => void, onLoss: () => void): { close(): void };
  /** POST /api/stream/{streamId}; false when the server does not know the stream. */
  subscribe(streamId: string, set: SubscriptionSet): Promise<boolean>;
  after(milliseconds: number, run: () => void): () => void;
};

/** `idle`: nobody listens. `lost`: events stopped, and it tries again by itself. */
export type StreamState = "idle" | "connecting" | "open" | "lost";

/** Reads an event that only one kind of page gets; undefined when it is none. */
export type ReadEvent = (raw: unknown) => StreamEvent | undefined;

type Listener = {
  subscription: Subscription;
  readonly onEvent: (event: StreamEvent) => void;
  readonly read: ReadEvent;
};

const longestPauseMs = 10_000;

const readNothing: ReadEvent = () => undefined;

/**
 * The one event stream of a tab. Many listeners share it; what they listen to is sent as one set whenever it changes and
 * again after each reconnect, with the positions reached, so that a follower misses nothing.
 */
export class StreamConnection {
  readonly #environment: StreamEnvironment;
  readonly #listeners = new Map<string, Listener>();
  readonly #stateListeners = new Set<() => void>();
  #channel: { close(): void } | undefined;
  #streamId: string | undefined;
  #state: StreamState = "idle";
  #paused = false;
  #failures = 0;
  #cancelTimer: (() => void) | undefined;
  #setScheduled = false;

  constructor(environment: StreamEnvironment) {
    this.#environment = environment;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** Calls back when the state changes. */
  onStateChange(listener: () => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** Listens; the returned function ends it. Whoever listens to more than plain events brings `read` for them, so that no other page carries their contracts. */
  listen(subscription: Subscription, onEvent: (event: StreamEvent) => void, read: ReadEvent = readNothing): () => void {
    const { id } = subscription;
    this.#listeners.set(id, { subscription, onEvent, read });
    this.#changed();
    return () => {
      this.#listeners.delete(id);
      this.#changed();
    };
  }

  /** Closes the stream while the tab is hidden: a browser has six connections to a host, for all its tabs. */
  pause(): void {
    this.#paused = true;
    this.#close("idle");
  }

  /** Opens it again. */
  resume(): void {
    this.#paused = false;
    this.#changed();
  }

  #changed(): void {
    if (this.#paused) return;
    if (this.#listeners.size === 0) {
      // A page that leaves and the page that comes share the stream: only a tab with no listener left closes it.
      this.#cancelTimer?.();
      this.#cancelTimer = this.#environment.after(1_000, () => this.#listeners.size === 0 && this.#close("idle"));
      return;
    }
    if (this.#channel === undefined) this.#open();
    else this.#scheduleSet();
  }

  #open(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#state !== "lost") this.#enter("connecting");
    this.#channel = this.#environment.open(
      (data) => this.#receive(data),
      () => this.#fail(),
    );
  }

  /** EventSource would reconnect by itself, but not after an HTTP error: so every loss goes one way. */
  #fail(): void {
    this.#close("lost");
    const pause = Math.min(longestPauseMs, 500 * 2 ** this.#failures++);
    this.#cancelTimer = this.#environment.after(pause, () => {
      if (!this.#paused && this.#listeners.size > 0) this.#open();
    });
  }

  #close(state: StreamState): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#channel?.close();
    this.#channel = undefined;
    this.#streamId = undefined;
    this.#enter(state);
  }

  #enter(state: StreamState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener();
  }

  #receive(data: string): void {
    let raw: unknown;
    try {
      raw = JSON.parse(data);
    } catch {
      return;
    }
    const event = this.#read(raw);
    if (event === undefined) return;
    if (event.type === "hello") {
      this.#streamId = event.streamId;
      this.#failures = 0;
      this.#enter("open");
      this.#scheduleSet();
      return;
    }
    const listener = this.#listeners.get(event.id);
    if (listener === undefined) return;
    if (event.type === "messages" && listener.subscription.channel === "messages") {
      const positions = { ...listener.subscription.positions, ...event.positions };
      listener.subscription = { ...listener.subscription, positions };
    }
    if (event.type === "search" && listener.subscription.channel === "search")
      listener.subscription = { ...listener.subscription, sequence: event.sequence };
    listener.onEvent(event);
  }

  #read(raw: unknown): StreamEvent | undefined {
    const plain = plainEvent.safeParse(raw);
    if (plain.success) return plain.data;
    if (typeof raw !== "object" || raw === null || !("id" in raw) || typeof raw.id !== "string") return undefined;
    return this.#listeners.get(raw.id)?.read(raw);
  }

  /** One request for all changes of the same turn. */
  #scheduleSet(): void {
    if (this.#setScheduled || this.#streamId === undefined) return;
    this.#setScheduled = true;
    queueMicrotask(() => {
      this.#setScheduled = false;
      const streamId = this.#streamId;
      if (streamId === undefined) return;
      const subscriptions = [...this.#listeners.values()].map((listener) => listener.subscription);
      this.#environment.subscribe(streamId, { subscriptions }).then(
        (known) => {
          if (!known && streamId === this.#streamId) this.#fail();
        },
        () => {
          if (streamId === this.#streamId) this.#fail();
        },
      );
    });
  }
}
