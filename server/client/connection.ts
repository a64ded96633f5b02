import type { AnyApi, RequestInput, ResponseOf } from "../wire/api.ts";
import { ApiVersions } from "../wire/apis/api-versions.ts";
import { UNSUPPORTED_VERSION } from "../wire/errors.ts";
import { decodeResponseFrame, encodeRequestFrame } from "../wire/frame.ts";
import type { ClientTls, Environment, NetworkError, Socket, SocketHandlers } from "../environment/environment.ts";
import type { VersionRange } from "../wire/version-range.ts";
import { WireError } from "../wire/wire-error.ts";
import type { AnswerMemory } from "./answer-memory.ts";
import { authenticate } from "./authentication.ts";
import { ClientError } from "./client-error.ts";
import { InFlightQueue } from "./in-flight.ts";
import { negotiate } from "./negotiation.ts";
import { ResponseFrames } from "./response-frames.ts";
import type { SaslCredentials } from "./sasl.ts";

/** Requests that may wait for their response on one connection; one more is refused as `overloaded`. Kafka's own client stops at 5, ours also carries long polls. */
const MAX_IN_FLIGHT = 256;

/** Where and how to connect. */
export type ConnectionOptions = {
  readonly host: string;
  readonly port: number;
  /** Told to the broker in every request; shows in its logs and quotas. */
  readonly clientId: string;
  /** For connecting, the TLS handshake, version negotiation and SASL together. */
  readonly connectTimeoutMs: number;
  readonly tls?: ClientTls;
  readonly sasl?: SaslCredentials;
};

/** How a request is sent. */
export type SendOptions = {
  /** Monotonic. Counts from when the caller asks, waiting included. */
  readonly deadlineMs: number;
  /** Forces a version; otherwise the newest that both sides know. */
  readonly version?: number;
  /** The newest version whose form the caller uses; later ones are passed over. */
  readonly maxVersion?: number;
  /** Where the answer is received; slices in the response are views of it. */
  readonly memory?: AnswerMemory;
};

/**
 * One connection to one broker: requests go out in the order of `send`, responses come back in that order. Opened by `Connection.open`,
 * which also negotiates versions (KIP-35, KIP-511) and authenticates (KIP-152). Never reconnects: a closed connection stays closed.
 */
export class Connection {
  private socket: Socket | undefined;
  private readonly waiting = new InFlightQueue();
  private readonly unsent: Uint8Array[] = [];
  private nextCorrelationId = 1;
  private isWritable = true;
  private closedBecause: ClientError | undefined;
  private versions: ReadonlyMap<number, VersionRange> = new Map();
  /** Monotonic time until which the broker accepts requests without a new authentication (KIP-368); undefined when for ever. */
  private sessionEndsMs: number | undefined;
  private readonly closeListeners: (() => void)[] = [];
  /** Requests that were given up and whose late answer has not come: the peer may be gone without a word. */
  private overdueCount = 0;
  private isRetired = false;

  private constructor(
    private readonly environment: Environment,
    readonly options: ConnectionOptions,
  ) {}

  /** Connects, negotiates and authenticates. Rejects with a ClientError that names host and port. */
  static async open(environment: Environment, options: ConnectionOptions): Promise<Connection> {
    const connection = new Connection(environment, options);
    const deadlineMs = environment.clock.monotonicMs() + options.connectTimeoutMs;
    const { host, port, connectTimeoutMs: timeoutMs, tls } = options;
    try {
      connection.socket = await environment.network.connect(
        { host, port, timeoutMs, ...(tls && { tls }) },
        connection.handlers(),
      );
    } catch (error) {
      throw unreachable(options, error);
    }
    try {
      connection.versions = await negotiate(connection, deadlineMs);
      if (options.sasl)
        connection.sessionEndsMs = await authenticate({
          connection,
          credentials: options.sasl,
          environment,
          deadlineMs,
        });
    } catch (error) {
      connection.close();
      throw error;
    }
    return connection;
  }

  get isOpen(): boolean {
    return this.closedBecause === undefined;
  }

  /** False when the broker owes an answer beyond its deadline, or would soon ask for a new authentication: use another connection for new requests. */
  isFresh(nowMs: number): boolean {
    return this.isOpen && this.overdueCount === 0 && (this.sessionEndsMs === undefined || nowMs < this.sessionEndsMs);
  }

  /** Takes no part in what comes: closes as soon as nobody waits for an answer any more. */
  retire(): void {
    this.isRetired = true;
    this.closeIfRetired();
  }

  /** Requests whose response has not come. */
  get inFlightCount(): number {
    return this.waiting.count;
  }

  /** The versions of an API that the broker serves; undefined when it does not know the API. */
  servedVersions(apiKey: number): VersionRange | undefined {
    return this.versions.get(apiKey);
  }

  /** Sends a request and decodes its response; error codes inside are the caller's to judge. Rejects with a ClientError. */
  send<A extends AnyApi>(api: A, request: RequestInput<A>, options: SendOptions): Promise<ResponseOf<A>> {
    const version = options.version ?? this.commonVersion(api, options.maxVersion);
    if (version === undefined) return Promise.reject(this.unsupported(api));
    if (this.closedBecause) return Promise.reject(this.closedBecause);
    if (this.waiting.count >= MAX_IN_FLIGHT) {
      return Promise.reject(new ClientError("overloaded", `${MAX_IN_FLIGHT} requests already wait for ${this.name}.`));
    }
    return new Promise((resolve, reject) => {
      const correlationId = this.nextCorrelationId;
      this.nextCorrelationId = correlationId === 0x7fffffff ? 1 : correlationId + 1;
      const frame = encodeRequestFrame(
        api,
        { requestApiVersion: version, correlationId, clientId: this.options.clientId },
        request,
      );
      const entry = {
        correlationId,
        timer: this.environment.clock.at(options.deadlineMs, () => {
          entry.settled = true;
          this.overdueCount += 1;
          reject(new ClientError("timed-out", `${this.name} did not answer ${api.name} in time.`));
          this.closeIfRetired();
        }),
        settled: false,
        take: (response: Buffer) =>
          resolve(decodeResponseFrame(api, answeredVersion(api, version, response), response).response),
        fail: reject,
        memory: options.memory,
      };
      this.waiting.push(entry);
      this.write(frame);
    });
  }

  /** Registers what is called once when the connection closes, whoever closed it. */
  onClose(listener: () => void): void {
    this.closeListeners.push(listener);
  }

  /** Closes at once; requests that wait are rejected as `disconnected`. */
  close(): void {
    this.fail(new ClientError("disconnected", `The connection to ${this.name} was closed.`));
  }

  /** Host and port for messages. */
  get name(): string {
    return `${this.options.host}:${this.options.port}`;
  }

  private commonVersion(api: AnyApi, maxVersion = api.validVersions.max): number | undefined {
    const served = this.versions.get(api.key);
    if (served === undefined) return undefined;
    const version = Math.min(served.max, api.validVersions.max, maxVersion);
    return version >= Math.max(served.min, api.validVersions.min) ? version : undefined;
  }

  private unsupported(api: AnyApi): ClientError {
    const served = this.versions.get(api.key);
    const { min, max } = api.validVersions;
    const theirs = served === undefined ? "does not serve it" : `serves versions ${served.min} to ${served.max}`;
    return new ClientError(
      "unsupported",
      `${api.name} versions ${min} to ${max} are needed; ${this.name} ${theirs}.`,
      35,
    );
  }

  private write(buffers: readonly Uint8Array[]): void {
    if (!this.isWritable || this.socket === undefined) {
      this.unsent.push(...buffers);
      return;
    }
    this.isWritable = this.socket.write(buffers);
  }

  private handlers(): SocketHandlers {
    const frames = new ResponseFrames(
      (frame) => this.take(frame),
      (sizeBytes) => this.roomFor(sizeBytes),
    );
    return {
      place: () => frames.place(),
      onData: (bytes) => {
        try {
          frames.push(bytes);
        } catch (error) {
          this.fail(error instanceof ClientError ? error : malformed(this.name, error));
        }
      },
      onDrain: () => {
        this.isWritable = true;
        if (this.unsent.length > 0) this.write(this.unsent.splice(0));
      },
      onClose: (error) => this.fail(disconnected(this.name, error)),
    };
  }

  private roomFor(sizeBytes: number): Buffer {
    const { next } = this.waiting;
    const memory = next?.settled === false ? next.memory : undefined;
    return memory?.roomFor(sizeBytes) ?? Buffer.allocUnsafe(sizeBytes);
  }

  private take(frame: Buffer): void {
    const request = this.waiting.shift();
    if (request === undefined) throw new ClientError("malformed", `${this.name} answered a request that was not sent.`);
    request.timer?.cancel();
    const correlationId = frame.readInt32BE(0);
    if (correlationId !== request.correlationId) {
      request.fail(
        new ClientError(
          "malformed",
          `${this.name} answered request ${correlationId} where ${request.correlationId} was due.`,
        ),
      );
      throw new ClientError("malformed", `${this.name} answered out of order.`);
    }
    if (request.settled) {
      this.overdueCount -= 1;
      return;
    }
    try {
      request.take(frame);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      request.fail(malformed(this.name, error));
    }
    this.closeIfRetired();
  }

  private closeIfRetired(): void {
    if (this.isRetired && this.waiting.count === this.overdueCount) this.close();
  }

  private fail(error: ClientError): void {
    if (this.closedBecause) return;
    this.closedBecause = error;
    this.unsent.length = 0;
    this.socket?.destroy();
    for (let request = this.waiting.shift(); request; request = this.waiting.shift()) {
      request.timer?.cancel();
      if (!request.settled) request.fail(error);
    }
    for (const listener of this.closeListeners.splice(0)) listener();
  }
}

/** ApiVersions in a version that the broker does not know is answered in version 0, whatever was asked (KIP-511). */
function answeredVersion(api: AnyApi, version: number, response: Buffer): number {
  const isRefused = response.length >= 6 && response.readInt16BE(4) === UNSUPPORTED_VERSION;
  return api.key === ApiVersions.key && isRefused ? 0 : version;
}

function unreachable(options: ConnectionOptions, cause: unknown): ClientError {
  const code = networkCode(cause);
  const name = `${options.host}:${options.port}`;
  const isTls =
    options.tls !== undefined && code !== undefined && /CERT|SSL|TLS|SIGN|ALTNAME|HOSTNAME_MISMATCH|EPROTO/.test(code);
  if (isTls) return new ClientError("tls", `TLS with ${name} failed: ${code}.`, undefined, { cause });
  return new ClientError("unreachable", `Cannot connect to ${name}: ${code ?? String(cause)}.`, undefined, { cause });
}

function networkCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function disconnected(name: string, error: NetworkError | undefined): ClientError {
  return new ClientError(
    "disconnected",
    error ? `The connection to ${name} broke: ${error.code}.` : `${name} closed the connection.`,
  );
}

function malformed(name: string, cause: unknown): ClientError {
  return new ClientError("malformed", `${name} sent bytes that break the Kafka protocol: ${String(cause)}`, undefined, {
    cause,
  });
}
