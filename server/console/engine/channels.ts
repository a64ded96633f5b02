import { Listeners } from "../stream/listeners.ts";

/** What the engine tells tabs of: that something is to be read again. */
export type EngineChannel = "sampled" | "jobs" | "journal" | "alerts";

/** Changes that follow one another closely are told once: a job that counts to a million must not cost a million reads. */
const QUIET_MS = 300;

type Channel = { readonly listeners: Listeners<void>; timer: NodeJS.Timeout | undefined; toldAtMs: number };

/** Publish and subscribe inside the process, by channel and cluster. The first change is told at once, those after it together at the end of a short pause; nobody misses the last. */
export class Channels {
  private readonly channels = new Map<string, Channel>();
  private isClosed = false;

  /** Something changed. */
  tell(channel: EngineChannel, cluster: string): void {
    const own = this.channels.get(`${channel}/${cluster}`);
    if (own === undefined || own.timer !== undefined || this.isClosed) return;
    const waitMs = own.toldAtMs + QUIET_MS - performance.now();
    if (waitMs <= 0) {
      this.tellNow(own);
      return;
    }
    own.timer = setTimeout(() => this.tellNow(own), waitMs);
    own.timer.unref();
  }

  /** Listens until the returned function is called. */
  listen(channel: EngineChannel, cluster: string, listener: () => void): () => void {
    const key = `${channel}/${cluster}`;
    const own = this.channels.get(key) ?? this.open(key);
    return own.listeners.add(listener);
  }

  /** Tells nothing any more. */
  close(): void {
    this.isClosed = true;
    for (const { timer } of this.channels.values()) clearTimeout(timer);
    this.channels.clear();
  }

  private open(key: string): Channel {
    const listeners = new Listeners<void>((count) => {
      if (count > 0) return;
      clearTimeout(this.channels.get(key)?.timer);
      this.channels.delete(key);
    });
    const channel = { listeners, timer: undefined, toldAtMs: -QUIET_MS };
    this.channels.set(key, channel);
    return channel;
  }

  private tellNow(channel: Channel): void {
    channel.timer = undefined;
    channel.toldAtMs = performance.now();
    channel.listeners.tell();
  }
}
