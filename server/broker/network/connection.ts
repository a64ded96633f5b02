import type { Environment, NetworkError, Socket, SocketHandlers, Timer } from "../../environment/environment.ts";
import { peekRequestRoute, readRequestHeader } from "../../wire/request-header.ts";
import { includesVersion } from "../../wire/version-range.ts";
import { WireError } from "../../wire/wire-error.ts";
import { ANONYMOUS, type Principal } from "../principal.ts";
import { unsupportedApiVersionsResponse } from "./api-versions.ts";
import type { Authorizer, Operation, Resource } from "./authorizer.ts";
import { Call, type CallHost } from "./call.ts";
import type { ClientQuotas } from "./client-quotas.ts";
import type { ConnectionFacts } from "./connection-facts.ts";
import type { SecurityProtocol } from "./context.ts";
import { FrameReader, type FrameProblem } from "./frame-reader.ts";
import type { Handler, HandlerTable } from "./handler.ts";
import type { ReadMemory } from "./read-memory.ts";
import type { RequestMemory } from "./request-memory.ts";
import { ResponseQueue } from "./response-queue.ts";
import type { ServerSasl } from "./sasl.ts";

const API_VERSIONS = 18;
/** API key, API version and correlation id: what every request begins with. */
const REQUEST_ROUTE_BYTES = 8;
/** APIs that a SASL listener serves before the login (KIP-43, KIP-152). */
const BEFORE_LOGIN: ReadonlySet<number> = new Set([17, API_VERSIONS, 36]);
/** Requests that may be in work at once where they overlap; further ones wait unread. Java and librdkafka keep at most 5. */
const OVERLAPPING_REQUESTS_MAX = 64;
/** Bytes kept of a connection whose next request must wait; beyond it the socket is not read. */
const WAITING_BYTES_MAX = 64 * 1024;

/** Answers to requests that came in one piece leave in one write, up to so many bytes. */
const GATHERED_BYTES_MAX = 64 * 1024;

/** What a connection gets from its server. */
export type ConnectionOwner<Services> = {
  readonly environment: Environment;
  readonly handlers: HandlerTable<Services>;
  readonly services: Services;
  readonly authorizer: Authorizer;
  readonly requestBytesMax: number;
  /** Undefined: no limit. */
  readonly memory: RequestMemory | undefined;
  /** Undefined for listeners whose clients nothing limits. */
  quotasOf(listener: string): ClientQuotas | undefined;
  readonly readMemory: ReadMemory;
  /** False until the node is ready: requests wait. */
  readonly isServing: boolean;
  forget(connection: Connection<Services>): void;
};

/** Which listener a connection came in by. */
export type ConnectionListener = { readonly name: string; readonly securityProtocol: SecurityProtocol };

/**
 * One client's connection: cuts frames, starts requests in order, sends answers in order, and stops reading when the client is
 * faster than we are. A request starts when all before it are answered; only those whose handler overlaps do not wait for each other.
 */
export class Connection<Services> implements SocketHandlers, CallHost<Services> {
  /** Monotonic; when bytes last came or left. */
  lastActiveMs: number;
  clientSoftware: { readonly name: string; readonly version: string } | undefined;
  private readonly connectedMs: number;
  private requests = 0;
  private receivedBytes = 0;
  private sentBytes = 0;
  private lastClientId: string | null = null;
  private lastHandler: Handler<Services> | undefined;
  private lastRequestMs = 0;
  private readonly reader: FrameReader;
  private readonly queue = new ResponseQueue<Call<Services>>();
  private outgoing: Uint8Array[] = [];
  private outgoingBytes = 0;
  private processing = false;
  private outputIsFull = false;
  private paused = false;
  /** Nothing more is read; what is queued still leaves. */
  private ending = false;
  private closed = false;
  /** Memory of answers that may not have left. */
  private readonly lent: Buffer[] = [];
  /** Asked `owner.memory` for a request that comes in parts. */
  private asksMemory = false;
  /** Armed while the client has to be silent. */
  private muted: { readonly timer: Timer; readonly untilMs: number } | undefined;

  constructor(
    private readonly owner: ConnectionOwner<Services>,
    private readonly listener: ConnectionListener,
    private readonly socket: Socket,
    readonly sasl: ServerSasl | undefined,
  ) {
    this.reader = new FrameReader(owner.requestBytesMax);
    this.connectedMs = owner.environment.clock.monotonicMs();
    this.lastActiveMs = this.connectedMs;
  }

  /** What is told of it; `nowMs` by both clocks. */
  facts({ monotonicMs, wallMs }: { readonly monotonicMs: number; readonly wallMs: number }): ConnectionFacts {
    const { type, name } = this.principal;
    const atMs = (ownMs: number) => Math.round(wallMs - (monotonicMs - ownMs));
    return {
      host: this.clientHost,
      port: this.socket.remotePort,
      listener: this.listener.name,
      securityProtocol: this.listener.securityProtocol,
      clientId: this.lastClientId,
      software: this.clientSoftware ?? null,
      principal: `${type}:${name}`,
      connectedAtMs: atMs(this.connectedMs),
      requests: this.requests,
      inWork: this.queue.length,
      receivedBytes: this.receivedBytes,
      sentBytes: this.sentBytes,
      lastRequest: this.lastHandler ? { api: this.lastHandler.api.name, atMs: atMs(this.lastRequestMs) } : null,
    };
  }

  get services(): Services {
    return this.owner.services;
  }
  get clientHost(): string {
    return this.socket.remoteHost;
  }
  get listenerName(): string {
    return this.listener.name;
  }
  get securityProtocol(): SecurityProtocol {
    return this.listener.securityProtocol;
  }
  get principal(): Principal {
    if (this.sasl !== undefined) return this.sasl.principal ?? ANONYMOUS;
    return this.socket.peerSubject === undefined ? ANONYMOUS : { type: "User", name: this.socket.peerSubject };
  }
  get quotas(): ClientQuotas | undefined {
    const quotas = this.owner.quotasOf(this.listener.name);
    return quotas?.isActive === true ? quotas : undefined;
  }

  nowMs(): number {
    return this.owner.environment.clock.monotonicMs();
  }

  /** Whether no request is in work. */
  get isIdle(): boolean {
    return this.queue.length === 0;
  }

  may(operation: Operation, resource: Resource): boolean {
    return this.owner.authorizer(this.principal, this.clientHost, operation, resource);
  }

  later(work: () => void): void {
    this.owner.environment.clock.soon(work);
  }

  lend(sizeBytes: number): Uint8Array {
    const buffer = this.owner.readMemory.take(sizeBytes);
    this.lent.push(buffer);
    return buffer;
  }

  noteClientSoftware(name: string, version: string): void {
    this.clientSoftware = { name, version };
  }

  onData(bytes: Uint8Array): void {
    if (this.ending) return;
    this.lastActiveMs = this.owner.environment.clock.monotonicMs();
    this.receivedBytes += bytes.byteLength;
    this.reader.push(bytes);
    this.process();
    this.reader.settle();
    this.steerReading();
  }

  onDrain(): void {
    this.outputIsFull = false;
    this.takeBack();
    this.process();
    this.steerReading();
  }

  onClose(error?: NetworkError): void {
    if (this.closed) return;
    this.closed = true;
    this.ending = true;
    if (error !== undefined && this.owner.environment.log.debugOn) {
      this.owner.environment.log.debug(
        { client: this.clientHost, listener: this.listener.name, code: error.code },
        "connection broke",
      );
    }
    this.muted?.timer.cancel();
    for (const call of this.queue.drain()) call.drop();
    if (this.asksMemory) this.owner.memory?.release(this);
    this.owner.forget(this);
  }

  answered(): void {
    for (let call = this.queue.takeAnswered(); call !== undefined; call = this.queue.takeAnswered()) {
      for (const buffer of call.response ?? []) this.put(buffer);
      if (call.throttleTimeMs > 0) this.mute(call.throttleTimeMs);
    }
    if (this.processing) return;
    this.flush();
    this.process();
    this.steerReading();
  }

  refuse(call: Call<Services>, reason: string): void {
    this.breakOff({ api: call.handler.api.name, apiVersion: call.apiVersion, clientId: call.clientId }, reason);
  }

  report(call: Call<Services>, error: unknown): void {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.owner.environment.log.error(
      {
        api: call.handler.api.name,
        apiVersion: call.apiVersion,
        clientId: call.clientId,
        client: this.clientHost,
        error: stack,
      },
      "a request failed by a bug",
    );
  }

  /** Starts what had to wait for the node to be ready, or for its client to have been silent. */
  resume(): void {
    this.process();
    this.steerReading();
  }

  /** The memory that the rest of a large request needs is there. */
  memoryGranted(): void {
    this.steerReading();
  }

  /** Closes at once; requests in work lose their answers. */
  destroy(): void {
    this.ending = true;
    this.socket.destroy();
  }

  private process(): void {
    if (this.processing) return;
    this.processing = true;
    while (!this.ending && this.owner.isServing && !this.outputIsFull && this.muted === undefined) {
      const frame = this.reader.peek();
      if (frame === undefined || !this.mayStart(frame)) break;
      this.start(frame);
      this.reader.advance();
      if (this.outgoingBytes > GATHERED_BYTES_MAX) this.flush();
    }
    this.processing = false;
    this.flush();
    if (this.reader.problem !== undefined && !this.ending) this.explain(this.reader.problem);
  }

  private mayStart(frame: Uint8Array): boolean {
    if (this.queue.length === 0) return true;
    if (this.queue.length >= OVERLAPPING_REQUESTS_MAX) return false;
    if (frame.byteLength < REQUEST_ROUTE_BYTES) return false;
    const next = this.owner.handlers.get(peekRequestRoute(frame).apiKey);
    return next?.overlaps === true && this.queue.every((call) => call.handler === next);
  }

  private start(frame: Uint8Array): void {
    if (this.sasl?.takesRawTokens === true) return this.takeRawToken(this.sasl, frame);
    if (frame.byteLength < REQUEST_ROUTE_BYTES)
      return this.breakOff({ bytes: frame.byteLength }, "a request is shorter than its header");
    const { apiKey, apiVersion, correlationId } = peekRequestRoute(frame);
    const facts = { apiKey, apiVersion };
    if (this.sasl !== undefined && !this.sasl.isAuthenticated && !BEFORE_LOGIN.has(apiKey)) {
      return this.breakOff(facts, "a request came before the SASL login");
    }
    const handler = this.owner.handlers.get(apiKey);
    if (handler === undefined) return this.breakOff(facts, "a request is for an API that is not served here");
    if (!includesVersion(handler.api.validVersions, apiVersion)) {
      if (apiKey !== API_VERSIONS) return this.breakOff(facts, "a request has a version that is not served here");
      for (const buffer of unsupportedApiVersionsResponse(correlationId)) this.put(buffer);
      return;
    }
    try {
      const { header, bodyPosition } = readRequestHeader(frame, handler.api.requestHeaderVersion(apiVersion));
      const call = new Call(handler, this, header, frame, bodyPosition);
      this.queue.add(call);
      this.requests += 1;
      this.lastHandler = handler;
      this.lastClientId = call.clientId;
      // When its bytes came: a request costs no look at the clock.
      this.lastRequestMs = this.lastActiveMs;
      handler.run(call);
      call.releaseFrame();
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.breakOff({ ...facts, problem: error.message }, "a request breaks the protocol");
    }
  }

  /** SaslHandshake v0 is followed by the mechanism's own messages, framed but without headers (KIP-43). */
  private takeRawToken(sasl: ServerSasl, frame: Uint8Array): void {
    const step = sasl.authenticate(Uint8Array.from(frame));
    if (step.kind === "failed" || step.kind === "illegal-state") {
      this.breakOff({}, "a SASL login failed");
      return;
    }
    const size = Buffer.alloc(4);
    size.writeInt32BE(step.token.byteLength);
    this.put(size);
    this.put(step.token);
  }

  /** Neither starts nor reads anything for so long; what is in work is answered (KIP-219). */
  private mute(throttleTimeMs: number): void {
    const { clock } = this.owner.environment;
    const untilMs = clock.monotonicMs() + throttleTimeMs;
    if (this.closed || untilMs <= (this.muted?.untilMs ?? 0)) return;
    this.muted?.timer.cancel();
    const timer = clock.at(untilMs, () => {
      this.muted = undefined;
      this.resume();
    });
    this.muted = { timer, untilMs };
  }

  private put(buffer: Uint8Array): void {
    this.outgoing.push(buffer);
    this.outgoingBytes += buffer.byteLength;
  }

  private flush(): void {
    if (this.outgoing.length === 0 || this.ending) return;
    const buffers = this.outgoing;
    this.outgoing = [];
    this.sentBytes += this.outgoingBytes;
    this.outgoingBytes = 0;
    this.lastActiveMs = this.owner.environment.clock.monotonicMs();
    if (!this.socket.write(buffers)) this.outputIsFull = true;
    else if (this.lent.length > 0) this.takeBack();
    if (this.sasl?.hasFailed === true) this.end();
  }

  /** What was lent has left: an answer in lent memory is so large that `write` answers false until then. */
  private takeBack(): void {
    for (const buffer of this.lent.splice(0)) this.owner.readMemory.give(buffer);
  }

  /** Stops the socket while a request waits and enough is held, and lets it go on when nothing waits. */
  private steerReading(): void {
    if (this.ending) return;
    const waits = this.reader.peek() !== undefined || this.queue.length > 0 || this.outputIsFull;
    const isBehind = waits && this.reader.heldBytes > WAITING_BYTES_MAX && !this.startsWithoutWaiting();
    const pause = isBehind || !this.mayHold() || this.muted !== undefined;
    if (pause === this.paused) return;
    this.paused = pause;
    if (pause) this.socket.pause();
    else this.socket.resume();
  }

  /** Whether the rest of a large request may be read: small ones always, because they alone free what others wait for. */
  private mayHold(): boolean {
    const { memory } = this.owner;
    if (memory === undefined) return true;
    const isLarge = this.reader.heldBytes > 0 && this.reader.heldFrameBytes > WAITING_BYTES_MAX;
    if (isLarge) {
      this.asksMemory = true;
      return memory.take(this, this.reader.heldFrameBytes);
    }
    if (this.asksMemory) {
      this.asksMemory = false;
      memory.release(this);
    }
    return true;
  }

  /** Whether a frame that is still coming in could start as soon as it is whole. */
  private startsWithoutWaiting(): boolean {
    if (this.outputIsFull || this.reader.peek() !== undefined || this.queue.length >= OVERLAPPING_REQUESTS_MAX)
      return false;
    return this.queue.every((call) => call.handler.overlaps);
  }

  private explain(problem: FrameProblem): void {
    if (problem.kind === "http") {
      this.put(Buffer.from(HTTP_ANSWER));
      return this.breakOff({}, "an HTTP request came to a Kafka listener: this port speaks Kafka's protocol only");
    }
    if (problem.kind === "tls") {
      return this.breakOff(
        {},
        "a TLS handshake came to a listener without TLS: set security.protocol=PLAINTEXT in the client, or SSL for the listener",
      );
    }
    this.breakOff(
      { sizeBytes: problem.sizeBytes, maxBytes: problem.maxBytes },
      "a request is negative in size or over socket.request.max.bytes",
    );
  }

  /** Closes after what was written has left; nothing more is read or answered. */
  private breakOff(fields: Record<string, string | number>, reason: string): void {
    if (this.ending) return;
    this.owner.environment.log.warn({ client: this.clientHost, listener: this.listener.name, ...fields }, reason);
    this.flush();
    this.end();
  }

  private end(): void {
    if (this.ending) return;
    this.ending = true;
    // A client that does not take its answers would hold the connection open for ever.
    if (this.outputIsFull) this.socket.destroy();
    else this.socket.end();
  }
}

const HTTP_TEXT =
  "This is a Kafka listener: it speaks Kafka's protocol, not HTTP. Point a Kafka client at it as bootstrap server.\n";
const HTTP_ANSWER = `HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: ${HTTP_TEXT.length}\r\nConnection: close\r\n\r\n${HTTP_TEXT}`;
