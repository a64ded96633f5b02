import {
  NetworkError,
  type ConnectOptions,
  type Listening,
  type ListenOptions,
  type Network,
  type Socket,
  type SocketHandlers,
} from "../environment.ts";
import type { SimulatedTime } from "./clock.ts";
import { NetworkFaults } from "./network-faults.ts";
import type { SeededRandom } from "./random.ts";
import { SimulatedEnd, type Wire } from "./simulated-connection.ts";
import type { SimulatedProcess } from "./simulated-process.ts";

/** One way between machines, and within one. */
const LATENCY_MS = { min: 0.05, max: 3 };
const FIRST_FREE_PORT = 32_768;
const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);
const ANY = new Set(["0.0.0.0", "::", ""]);

type Accept = (socket: Socket) => SocketHandlers;
type Listener = { readonly process: SimulatedProcess; readonly usesTls: boolean; readonly accept: Accept };

/** The network between simulated machines: ordered bytes with delays, random splits, refusals, cuts. TLS is only a flag that both ends must share. */
export class SimulatedNetwork {
  readonly faults = new NetworkFaults(() => this.#deliverAll());
  readonly #machines = new Map<string, { boots: number; isOn: boolean }>();
  readonly #listeners = new Map<string, Listener>();
  readonly #wire: Wire;
  #ends: SimulatedEnd[] = [];
  #nextPort = FIRST_FREE_PORT;

  constructor(time: SimulatedTime, random: SeededRandom) {
    const latencyMs = () => LATENCY_MS.min + random.next() ** 6 * (LATENCY_MS.max - LATENCY_MS.min);
    this.#wire = { time, random, faults: this.faults, latencyMs, bootOf: (host) => this.#bootOf(host) };
  }

  /** The network as one process sees it. */
  openFor(process: SimulatedProcess): Network {
    return {
      listen: (options, accept) => this.#listen(process, options, accept),
      connect: (options, handlers) => this.#connect(process, options, handlers),
    };
  }

  /** Breaks every connection between two machines, or within one. */
  cut(host: string, otherHost: string): void {
    for (const end of this.#openEnds()) {
      if (end.process.host === host && end.remoteMachine === otherHost) end.end.breakBoth();
    }
  }

  /** A machine begins to answer. */
  powerOn(host: string): void {
    this.#machines.set(host, { boots: (this.#machines.get(host)?.boots ?? 0) + 1, isOn: true });
    for (const { end } of this.#openEnds()) end.resetByNewBoot();
  }

  /** Its connections fall silent. To be called before its processes die. */
  powerOff(host: string): void {
    for (const { end, process } of this.#openEnds()) {
      if (process.host === host) end.mute();
    }
    const machine = this.#machines.get(host);
    if (machine !== undefined) machine.isOn = false;
  }

  #listen(process: SimulatedProcess, options: ListenOptions, accept: Accept): Promise<Listening> {
    process.mustLive();
    const place = `${options.host}:${options.port}`;
    if (!ANY.has(options.host) && this.#hostOf(process, options.host) !== process.host) {
      return this.#rejectSoon(process, new NetworkError("EADDRNOTAVAIL", `${place}: not an address of this machine`));
    }
    const port = options.port === 0 ? this.#freePort(process.host) : options.port;
    const key = `${process.host}:${port}`;
    if (this.#listeners.has(key))
      return this.#rejectSoon(process, new NetworkError("EADDRINUSE", `${place}: address already in use`));
    const listener = { process, usesTls: options.tls !== undefined, accept };
    this.#listeners.set(key, listener);
    const close = () => {
      if (this.#listeners.get(key) === listener) this.#listeners.delete(key);
    };
    process.onDeath(close);
    const listening: Listening = {
      host: options.host,
      port,
      close: () => {
        close();
        return Promise.resolve();
      },
    };
    return Promise.resolve(listening);
  }

  #connect(process: SimulatedProcess, options: ConnectOptions, handlers: SocketHandlers): Promise<Socket> {
    process.mustLive();
    const { time } = this.#wire;
    const place = `${options.host}:${options.port}`;
    const host = this.#hostOf(process, options.host);
    if (host === undefined) return this.#rejectSoon(process, new NetworkError("ENOTFOUND", `${place}: no such host`));
    return new Promise((resolve, reject) => {
      const fail = (error: NetworkError) => process.step(() => reject(error));
      const latencyMs = this.#wire.latencyMs();
      if (latencyMs * 2 >= options.timeoutMs || this.#isUnreachable(process.host, host)) {
        const error = new NetworkError("ETIMEDOUT", `${place}: no connection within ${options.timeoutMs} ms`);
        time.at(time.nowMs + options.timeoutMs, () => fail(error));
        return;
      }
      time.at(time.nowMs + latencyMs, () => {
        const listener = this.#listeners.get(`${host}:${options.port}`);
        if (!process.isAlive) return;
        const refusal = refusalOf(listener, options, place);
        if (refusal !== undefined || listener === undefined) {
          time.at(time.nowMs + latencyMs, () => fail(refusal ?? new NetworkError("ECONNREFUSED", place)));
          return;
        }
        const client = this.#open(process, listener, options);
        time.at(time.nowMs + latencyMs, () => {
          process.step(() => resolve(client));
          // The caller's `await` ends before the first byte is told.
          time.soon(() => client.attach(handlers));
        });
      });
    });
  }

  /** Makes both ends and gives the server its own. */
  #open(process: SimulatedProcess, listener: Listener, options: ConnectOptions): SimulatedEnd {
    const isLoopback = process.host === listener.process.host && LOOPBACK.has(options.host);
    const clientPort = this.#nextPort++;
    const client = new SimulatedEnd(this.#wire, process, {
      remoteHost: isLoopback ? "127.0.0.1" : listener.process.host,
      remotePort: options.port,
      localPort: clientPort,
    });
    const server = new SimulatedEnd(this.#wire, listener.process, {
      remoteHost: isLoopback ? "127.0.0.1" : process.host,
      remotePort: clientPort,
      localPort: options.port,
    });
    client.join(server);
    server.join(client);
    this.#ends = this.#ends.filter((end) => !end.isOver);
    this.#ends.push(client, server);
    listener.process.step(() => server.attach(listener.accept(server)));
    return client;
  }

  #openEnds(): { end: SimulatedEnd; process: SimulatedProcess; remoteMachine: string }[] {
    return this.#ends
      .filter((end) => !end.isClosed)
      .map((end) => ({
        end,
        process: end.process,
        remoteMachine: LOOPBACK.has(end.remoteHost) ? end.process.host : end.remoteHost,
      }));
  }

  #deliverAll(): void {
    for (const end of this.#ends) end.deliverSoon();
  }

  #isUnreachable(from: string, to: string): boolean {
    return this.#bootOf(to) === undefined || this.faults.isBlocked(from, to) || this.faults.isBlocked(to, from);
  }

  #hostOf(process: SimulatedProcess, host: string): string | undefined {
    if (LOOPBACK.has(host) || ANY.has(host)) return process.host;
    return this.#machines.has(host) ? host : undefined;
  }

  #bootOf(host: string): number | undefined {
    const machine = this.#machines.get(host);
    return machine?.isOn === true ? machine.boots : undefined;
  }

  #freePort(host: string): number {
    while (this.#listeners.has(`${host}:${this.#nextPort}`)) this.#nextPort++;
    return this.#nextPort++;
  }

  #rejectSoon(process: SimulatedProcess, error: NetworkError): Promise<never> {
    return new Promise((_, reject) => {
      this.#wire.time.soon(() => process.step(() => reject(error)));
    });
  }
}

function refusalOf(listener: Listener | undefined, options: ConnectOptions, place: string): NetworkError | undefined {
  if (listener === undefined) return new NetworkError("ECONNREFUSED", `${place}: connection refused`);
  if (listener.usesTls !== (options.tls !== undefined))
    return new NetworkError("EPROTO", `${place}: one side speaks TLS, the other does not`);
  return undefined;
}
