import assert from "node:assert/strict";
import type {
  Environment,
  Listening,
  ServerTls,
  Socket,
  SocketHandlers,
  Timer,
} from "../../environment/environment.ts";
import type { AddressRates } from "./address-rates.ts";
import { allowEverything, type Authorizer } from "./authorizer.ts";
import type { ClientQuotas } from "./client-quotas.ts";
import { Connection, type ConnectionOwner } from "./connection.ts";
import type { ConnectionFacts } from "./connection-facts.ts";
import { type ConnectionBounds, ConnectionLimits, type ConnectionRefusal } from "./connection-limits.ts";
import type { SecurityProtocol } from "./context.ts";
import type { HandlerTable } from "./handler.ts";
import { ReadMemory } from "./read-memory.ts";
import { RequestMemory } from "./request-memory.ts";
import { type CredentialLookup, ServerSasl } from "./sasl.ts";

/** Idle connections are looked for this many times within `connections.max.idle.ms`. */
const IDLE_CHECKS = 10;
/** Kafka's defaults of `socket.request.max.bytes`, `connections.max.idle.ms` and `connection.failed.authentication.delay.ms`. */
const REQUEST_BYTES_MAX = 104_857_600;
const IDLE_MS_MAX = 600_000;
const FAILED_LOGIN_DELAY_MS = 100;

/** One entry of `listeners`. */
export type ListenerOptions = {
  readonly name: string;
  readonly securityProtocol: SecurityProtocol;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Needed for SSL and SASL_SSL. */
  readonly tls?: ServerTls;
  /** `sasl.enabled.mechanisms`; needed for SASL_PLAINTEXT and SASL_SSL. */
  readonly saslMechanisms?: readonly string[];
  /** `connections.max.reauth.ms`; 0, the default, is for ever. */
  readonly saslSessionLifetimeMs?: number;
};

/** A listener that is bound; `port` is the real one. */
export type BoundListener = {
  readonly name: string;
  readonly securityProtocol: SecurityProtocol;
  readonly host: string;
  readonly port: number;
};

/** What a server is made of. Limits have Kafka's defaults. */
export type RequestServerOptions<Services> = {
  readonly listeners: readonly ListenerOptions[];
  readonly handlers: HandlerTable<Services>;
  readonly services: Services;
  readonly requestBytesMax?: number;
  readonly idleMsMax?: number;
  /** Connections that a listener takes; further ones are closed at once. No bounds when absent. */
  readonly connectionBounds?: (listener: string) => ConnectionBounds;
  /** `socket.listen.backlog.size` */
  readonly backlog?: number;
  /** `queued.max.request.bytes`; no limit when absent. */
  readonly heldBytesMax?: number;
  readonly failedLoginDelayMs?: number;
  readonly authorizer?: Authorizer;
  readonly credentials?: CredentialLookup;
  /** By listener; none when absent. */
  readonly clientQuotas?: (listener: string) => ClientQuotas | undefined;
  /** Whether addresses connect too often; they may as often as they like when absent. */
  readonly addressRates?: AddressRates;
};

const UNBOUNDED: ConnectionBounds = {
  connectionsMax: Infinity,
  listenerConnectionsMax: Infinity,
  perAddressMax: () => Infinity,
  creationRate: Infinity,
};

/** No login succeeds: for listeners of a node that was given no credentials. */
const NO_CREDENTIALS: CredentialLookup = { isPlainPassword: () => false, scramCredential: () => undefined };

/** The listeners of one node and their connections; the controller and the brokers each have one, with their own handlers. */
export class RequestServer<Services> implements ConnectionOwner<Services> {
  readonly handlers: HandlerTable<Services>;
  readonly services: Services;
  readonly authorizer: Authorizer;
  readonly requestBytesMax: number;
  readonly memory: RequestMemory | undefined;
  readonly readMemory = new ReadMemory();
  isServing = false;
  private readonly failedLoginDelayMs: number;
  private readonly idleMsMax: number;
  private readonly limits: ConnectionLimits;
  private readonly connections = new Set<Connection<Services>>();
  /** Not taken, and to be closed after a while. */
  private readonly refused = new Set<Socket>();
  private listening: { readonly options: ListenerOptions; readonly listening: Listening }[] = [];
  private idleTimer: Timer | undefined;
  private stopped = false;

  constructor(
    readonly environment: Environment,
    private readonly options: RequestServerOptions<Services>,
  ) {
    this.handlers = options.handlers;
    this.services = options.services;
    this.authorizer = options.authorizer ?? allowEverything;
    this.requestBytesMax = options.requestBytesMax ?? REQUEST_BYTES_MAX;
    this.idleMsMax = options.idleMsMax ?? IDLE_MS_MAX;
    this.limits = new ConnectionLimits(environment.clock, options.connectionBounds ?? (() => UNBOUNDED));
    this.memory = options.heldBytesMax === undefined ? undefined : new RequestMemory(options.heldBytesMax);
    this.failedLoginDelayMs = options.failedLoginDelayMs ?? FAILED_LOGIN_DELAY_MS;
  }

  /** Binds every listener; requests wait until `serve`. Rejects with NetworkError when one cannot be bound; then none is. */
  async bind(): Promise<readonly BoundListener[]> {
    try {
      for (const options of this.options.listeners)
        this.listening.push({ options, listening: await this.listen(options) });
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.armIdleTimer();
    return this.listening.map(({ options, listening }) => ({
      name: options.name,
      securityProtocol: options.securityProtocol,
      host: options.host,
      port: listening.port,
    }));
  }

  /** Handles requests from here on, those that wait first. */
  serve(): void {
    this.isServing = true;
    for (const connection of this.connections) connection.resume();
  }

  /** Closes listeners and connections; requests in work lose their answers. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.isServing = false;
    this.idleTimer?.cancel();
    const listening = this.listening;
    this.listening = [];
    const closed = listening.map((entry) => entry.listening.close());
    for (const connection of [...this.connections]) connection.destroy();
    for (const socket of [...this.refused]) socket.destroy();
    await Promise.all(closed);
  }

  /** What is known of each connection that is open now, one after the other: whoever has many takes pauses between. */
  *connectionFacts(): Generator<ConnectionFacts> {
    const { clock } = this.environment;
    const now = { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() };
    for (const connection of [...this.connections]) yield connection.facts(now);
  }

  quotasOf(listener: string): ClientQuotas | undefined {
    return this.options.clientQuotas?.(listener);
  }

  forget(connection: Connection<Services>): void {
    if (this.connections.delete(connection)) this.limits.remove(connection.listenerName, connection.clientHost);
  }

  private listen(options: ListenerOptions): Promise<Listening> {
    const needsTls = options.securityProtocol === "SSL" || options.securityProtocol === "SASL_SSL";
    assert(!needsTls || options.tls !== undefined, "a listener with TLS has a key and a certificate");
    const { host, port, tls } = options;
    const { backlog } = this.options;
    const place = { host, port, ...(backlog === undefined ? {} : { backlog }) };
    const address = needsTls && tls !== undefined ? { ...place, tls } : place;
    return this.environment.network.listen(address, (socket) => this.accept(options, socket));
  }

  private accept(options: ListenerOptions, socket: Socket): SocketHandlers {
    const refusedForMs = this.options.addressRates?.refusedForMs(socket.remoteHost) ?? 0;
    if (refusedForMs > 0 && !this.stopped) return this.refuse(socket, refusedForMs);
    const connection = new Connection(this, options, socket, this.saslFor(options));
    this.connections.add(connection);
    const limit = this.limits.add(options.name, socket.remoteHost);
    if (limit !== undefined && !this.stopped) this.tellRefused(limit, socket.remoteHost, options.name);
    if (limit !== undefined || this.stopped) connection.destroy();
    else this.slowDown(options.name, socket);
    return connection;
  }

  /** Keeps a connection that is not taken for a while, without reading from it: its client, which would come back at once, waits meanwhile (KIP-612). */
  private refuse(socket: Socket, forMs: number): SocketHandlers {
    const { clock, log } = this.environment;
    if (log.debugOn) log.debug({ client: socket.remoteHost, forMs }, "a connection is refused: too many a second");
    socket.pause();
    this.refused.add(socket);
    const closing = clock.at(clock.monotonicMs() + forMs, () => socket.destroy());
    return {
      onData: () => undefined,
      onDrain: () => undefined,
      onClose: () => {
        closing.cancel();
        this.refused.delete(socket);
      },
    };
  }

  private tellRefused(limit: ConnectionRefusal, client: string, listener: string): void {
    this.environment.log.warn(
      { client, listener, limit },
      "a connection is closed: its client has as many as it may have",
    );
  }

  /** Above `max.connection.creation.rate` a new connection is not read from for a while. */
  private slowDown(listener: string, socket: Socket): void {
    const delayMs = this.limits.delayMs(listener);
    if (delayMs === 0) return;
    const { clock } = this.environment;
    socket.pause();
    clock.at(clock.monotonicMs() + delayMs, () => socket.resume());
  }

  private saslFor(options: ListenerOptions): ServerSasl | undefined {
    if (!options.securityProtocol.startsWith("SASL_")) return undefined;
    const { failedLoginDelayMs } = this;
    return new ServerSasl(options.saslMechanisms ?? [], this.options.credentials ?? NO_CREDENTIALS, this.environment, {
      failedLoginDelayMs,
      sessionLifetimeMs: options.saslSessionLifetimeMs ?? 0,
    });
  }

  private armIdleTimer(): void {
    const everyMs = Math.max(1, this.idleMsMax / IDLE_CHECKS);
    this.idleTimer = this.environment.clock.at(this.environment.clock.monotonicMs() + everyMs, () => {
      const nowMs = this.environment.clock.monotonicMs();
      for (const connection of [...this.connections]) {
        if (connection.isIdle && nowMs - connection.lastActiveMs > this.idleMsMax) connection.destroy();
      }
      this.armIdleTimer();
    });
  }
}
