import type { Clock } from "../../environment/environment.ts";

const SECOND_MS = 1000;

/** What a node's configs allow a listener; asked for each connection, because they may change while it runs. */
export type ConnectionBounds = {
  /** `max.connections` of the broker; Infinity where the listener is the one between brokers, which is never shut out. */
  readonly connectionsMax: number;
  /** `listener.name.<listener>.max.connections` */
  readonly listenerConnectionsMax: number;
  /** `max.connections.per.ip` and its overrides, for an address. */
  readonly perAddressMax: (address: string) => number;
  /** `max.connection.creation.rate` of the listener, a second. */
  readonly creationRate: number;
};

/** Why a connection is not taken, by the config that says so. */
export type ConnectionRefusal = "max.connections" | "max.connections.per.ip";

/** Counts a node's connections, and how fast they come (Kafka's ConnectionQuotas). */
export class ConnectionLimits {
  readonly #clock: Clock;
  readonly #boundsOf: (listener: string) => ConnectionBounds;
  readonly #byListener = new Map<string, number>();
  readonly #byAddress = new Map<string, number>();
  /** Connections that may come at once on a listener; below 0 the next ones wait. */
  readonly #allowance = new Map<string, { count: number; sinceMs: number }>();
  #count = 0;

  constructor(clock: Clock, boundsOf: (listener: string) => ConnectionBounds) {
    this.#clock = clock;
    this.#boundsOf = boundsOf;
  }

  /** Counts a connection that was made; `remove` follows when it is closed, also when it is refused. */
  add(listener: string, address: string): ConnectionRefusal | undefined {
    this.#count++;
    const ofListener = change(this.#byListener, listener, 1);
    const ofAddress = change(this.#byAddress, address, 1);
    const bounds = this.#boundsOf(listener);
    if (ofAddress > bounds.perAddressMax(address)) return "max.connections.per.ip";
    if (this.#count > bounds.connectionsMax || ofListener > bounds.listenerConnectionsMax) return "max.connections";
    return undefined;
  }

  /** A connection was closed. */
  remove(listener: string, address: string): void {
    this.#count--;
    change(this.#byListener, listener, -1);
    change(this.#byAddress, address, -1);
  }

  /** How long a new connection has to wait before it is read from, so that no more than the rate come a second; bursts of a second are taken. */
  delayMs(listener: string): number {
    const { creationRate } = this.#boundsOf(listener);
    if (creationRate === Infinity) return 0;
    const nowMs = this.#clock.monotonicMs();
    const known = this.#allowance.get(listener) ?? { count: creationRate, sinceMs: nowMs };
    const grownBy = ((nowMs - known.sinceMs) / SECOND_MS) * creationRate;
    const count = Math.min(creationRate, known.count + grownBy) - 1;
    this.#allowance.set(listener, { count, sinceMs: nowMs });
    return count >= 0 ? 0 : (-count / creationRate) * SECOND_MS;
  }
}

function change(counts: Map<string, number>, key: string, by: number): number {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
  return count;
}
