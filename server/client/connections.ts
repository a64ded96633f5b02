import type { ClientTls, Environment } from "../environment/environment.ts";
import { ClientError } from "./client-error.ts";
import { Connection } from "./connection.ts";
import type { SaslCredentials } from "./sasl.ts";

/** Back-off after a failed attempt: doubles from the first to the longest, with jitter (Kafka's reconnect.backoff.ms and its maximum). */
const FIRST_BACKOFF_MS = 50;
const LONGEST_BACKOFF_MS = 1_000;
/** A pause is drawn between this part of the back-off and all of it, so that clients of a broker that returns do not come at once. */
const JITTER = 0.8;

/** An address, and the lane that keeps long polls from holding up short requests: each lane is a connection of its own. */
export type Address = { readonly host: string; readonly port: number; readonly lane?: string };

/** What every connection of a pool shares. */
export type PoolOptions = {
  readonly clientId: string;
  readonly connectTimeoutMs: number;
  readonly tls?: ClientTls;
  readonly sasl?: SaslCredentials;
};

type Slot = {
  opening: Promise<Connection> | undefined;
  open: Connection | undefined;
  failures: number;
  lastFailure: ClientError | undefined;
  retryAtMs: number;
};

/** Connections by address: one each, opened at first use, replaced when it closed or its session ends, with back-off after failures. */
export class Connections {
  private readonly slots = new Map<string, Slot>();
  private isClosed = false;

  constructor(
    private readonly environment: Environment,
    private readonly options: PoolOptions,
  ) {}

  /** The open connection, or a new one. While the back-off of an address runs, rejects at once with the failure that began it. */
  async to(address: Address): Promise<Connection> {
    if (this.isClosed) throw new ClientError("closed", "The client was closed.");
    const slot = this.slot(address);
    const nowMs = this.environment.clock.monotonicMs();
    if (slot.open?.isFresh(nowMs)) return slot.open;
    if (slot.opening) return slot.opening;
    if (slot.lastFailure && nowMs < slot.retryAtMs) throw slot.lastFailure;
    slot.opening = this.open(slot, address);
    return slot.opening;
  }

  /** Closes all; later calls of `to` are refused. */
  close(): void {
    this.isClosed = true;
    for (const slot of this.slots.values()) slot.open?.close();
  }

  private slot({ host, port, lane }: Address): Slot {
    const key = `${host}:${port}/${lane ?? ""}`;
    const slot = this.slots.get(key) ?? {
      opening: undefined,
      open: undefined,
      failures: 0,
      lastFailure: undefined,
      retryAtMs: 0,
    };
    this.slots.set(key, slot);
    return slot;
  }

  private async open(slot: Slot, { host, port }: Address): Promise<Connection> {
    try {
      const connection = await Connection.open(this.environment, { host, port, ...this.options });
      if (this.isClosed) {
        connection.close();
        throw new ClientError("closed", "The client was closed.");
      }
      slot.open?.retire();
      slot.open = connection;
      slot.failures = 0;
      slot.lastFailure = undefined;
      return connection;
    } catch (error) {
      if (error instanceof ClientError) this.backOff(slot, error);
      throw error;
    } finally {
      slot.opening = undefined;
    }
  }

  private backOff(slot: Slot, error: ClientError): void {
    const { clock, random } = this.environment;
    const longest = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** slot.failures);
    slot.failures += 1;
    slot.lastFailure = error;
    slot.retryAtMs = clock.monotonicMs() + longest * (JITTER + (1 - JITTER) * random.next());
  }
}
