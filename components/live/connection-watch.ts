import type { StreamEvent } from "@/lib/contracts/stream";
import type { Problem } from "@/lib/problem";
import type { StreamConnection, StreamState } from "@/lib/stream/stream-connection";

/** What is known of the way to the cluster. */
export type Connection = {
  readonly state: "connecting" | "connected" | "cluster-lost" | "console-lost";
  /** Of the last probe. */
  readonly latencyMs: number | null;
  readonly problem: Problem | null;
};

type ClusterEvent = Extract<StreamEvent, { type: "cluster" }>;

/** Before anything is known. */
export const connecting: Connection = { state: "connecting", latencyMs: null, problem: null };

function connectionOf(stream: StreamState, cluster: ClusterEvent | undefined): Connection {
  if (stream === "lost") return { state: "console-lost", latencyMs: null, problem: null };
  if (cluster === undefined) return connecting;
  return {
    state: cluster.state === "connected" ? "connected" : "cluster-lost",
    latencyMs: cluster.latencyMs,
    problem: cluster.problem,
  };
}

/**
 * The state of the connection, for those who show it. It changes with every probe: were it the value of a context,
 * each probe would draw the whole page, and the first would have React take over the page in one piece.
 */
export class ConnectionWatch {
  readonly #stream: StreamConnection;
  readonly #cluster: string;
  readonly #listeners = new Set<() => void>();
  #event: ClusterEvent | undefined;
  #current = connecting;

  constructor(stream: StreamConnection, cluster: string) {
    this.#stream = stream;
    this.#cluster = cluster;
  }

  get current(): Connection {
    return this.#current;
  }

  /** Calls back when the connection changes. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Follows the stream and what it says of the cluster; the returned function ends it. */
  follow(): () => void {
    const endState = this.#stream.onStateChange(() => this.#renew());
    const endEvents = this.#stream.listen(
      { channel: "cluster", id: "connection", cluster: this.#cluster },
      (received) => {
        if (received.type !== "cluster") return;
        this.#event = received;
        this.#renew();
      },
    );
    return () => {
      endState();
      endEvents();
    };
  }

  #renew(): void {
    const next = connectionOf(this.#stream.state, this.#event);
    const { state, latencyMs, problem } = this.#current;
    if (next.state === state && next.latencyMs === latencyMs && next.problem === problem) return;
    this.#current = next;
    for (const listener of this.#listeners) listener();
  }
}
