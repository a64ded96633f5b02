import type { ClientTls, Environment } from "../../environment/environment.ts";
import { ClientError } from "../../client/client-error.ts";
import { Connection } from "../../client/connection.ts";
import { pause } from "../../client/pause.ts";
import type { SaslCredentials } from "../../client/sasl.ts";
import type { AnyApi, RequestInput, ResponseOf } from "../../wire/api.ts";
import { Envelope } from "../../wire/apis/envelope.ts";
import { NONE, NOT_CONTROLLER, REQUEST_TIMED_OUT } from "../../wire/errors.ts";
import type { Principal } from "../principal.ts";
import type { Refusal } from "../refusal.ts";
import { addressBytes } from "./ip-address.ts";
import { principalBytes } from "./principal-bytes.ts";

/** Pause after a failed attempt: doubles from the first to the longest. */
const FIRST_BACKOFF_MS = 20;
const LONGEST_BACKOFF_MS = 500;

/** Where the controllers are and how a node talks to them. */
export type ControllerLink = {
  readonly controllers: readonly { readonly id: number; readonly host: string; readonly port: number }[];
  readonly clientId: string;
  /** controller.socket.timeout.ms: to connect, and for an answer before the attempt is repeated. */
  readonly attemptTimeoutMs?: number;
  readonly tls?: ClientTls;
  readonly sasl?: SaslCredentials;
};

/** A client's request to be carried to the controller. */
export type ForwardedRequest = {
  /** Request header and body as the client sent them, in memory of their own. */
  readonly bytes: Uint8Array;
  readonly principal: Principal;
  readonly clientHost: string;
};

/**
 * A broker's connection to the active controller. What could not be delivered, or has no answer because the connection broke, is sent again until the
 * deadline: every request here may be repeated, or its repetition has a clear answer (TOPIC_ALREADY_EXISTS).
 */
export class ControllerChannel {
  #connection: Connection | undefined;
  #opening: Promise<Connection> | undefined;
  #next = 0;
  #isClosed = false;

  constructor(
    private readonly environment: Environment,
    private readonly link: ControllerLink,
  ) {}

  /**
   * Carries a client's request in an Envelope (KIP-590). The answer is the response with its header, as the client must get it; a Refusal when the
   * controller did not answer by the monotonic deadline or would not take the envelope.
   */
  async forward(request: ForwardedRequest, deadlineMs: number): Promise<Uint8Array | Refusal> {
    const envelope = {
      requestData: request.bytes,
      requestPrincipal: principalBytes(request.principal),
      clientHostAddress: addressBytes(request.clientHost) ?? new Uint8Array(4),
    };
    try {
      const { errorCode, responseData } = await this.send(Envelope, envelope, deadlineMs);
      if (errorCode !== NONE || responseData === null)
        return { errorCode, message: "The controller refused the request." };
      return responseData;
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      return { errorCode: REQUEST_TIMED_OUT, message: `The controller did not answer: ${error.message}` };
    }
  }

  /** Sends one of the broker's own requests. Rejects with the last ClientError when there is no answer by the monotonic deadline. */
  async send<A extends AnyApi>(api: A, request: RequestInput<A>, deadlineMs: number): Promise<ResponseOf<A>> {
    const { clock, random } = this.environment;
    for (let backoffMs = FIRST_BACKOFF_MS; ; backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS)) {
      try {
        const connection = await this.#connect();
        const attemptEndMs = clock.monotonicMs() + this.#attemptTimeoutMs;
        const response = await connection.send(api, request, { deadlineMs: Math.min(deadlineMs, attemptEndMs) });
        if (!isNotController(response)) return response;
        this.#drop();
        if (clock.monotonicMs() + backoffMs >= deadlineMs) return response;
      } catch (error) {
        if (!(error instanceof ClientError) || this.#isClosed || !isWorthRepeating(error)) throw error;
        if (error.kind === "timed-out") this.#drop();
        if (clock.monotonicMs() + backoffMs >= deadlineMs) throw error;
      }
      await pause(clock, backoffMs * (0.5 + random.next() / 2));
      if (this.#isClosed) throw new ClientError("closed", "The channel to the controller was closed.");
    }
  }

  /** Closes the connection; what waits is rejected, later sends too. */
  close(): void {
    this.#isClosed = true;
    this.#connection?.close();
  }

  get #attemptTimeoutMs(): number {
    return this.link.attemptTimeoutMs ?? 30_000;
  }

  async #connect(): Promise<Connection> {
    if (this.#isClosed) throw new ClientError("closed", "The channel to the controller was closed.");
    if (this.#connection?.isOpen === true) return this.#connection;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #open(): Promise<Connection> {
    const { controllers, clientId, tls, sasl } = this.link;
    const controller = controllers[this.#next % controllers.length];
    if (controller === undefined)
      throw new ClientError("unavailable", "No controller is configured: set controller.quorum.voters.");
    this.#next += 1;
    const { host, port } = controller;
    const connection = await Connection.open(this.environment, {
      host,
      port,
      clientId,
      connectTimeoutMs: this.#attemptTimeoutMs,
      ...(tls && { tls }),
      ...(sasl && { sasl }),
    });
    if (this.#isClosed) connection.close();
    // The next attempt after a failure goes to the next controller; while it works, this one stays.
    this.#next -= 1;
    this.#connection = connection;
    connection.onClose(() => {
      if (this.#connection === connection) this.#connection = undefined;
    });
    return connection;
  }

  #drop(): void {
    this.#connection?.close();
    this.#next += 1;
  }
}

/** A controller that is not the active one says so in the response. */
function isNotController(response: unknown): boolean {
  return (
    typeof response === "object" &&
    response !== null &&
    "errorCode" in response &&
    response.errorCode === NOT_CONTROLLER
  );
}

function isWorthRepeating(error: ClientError): boolean {
  return (
    error.kind === "unreachable" ||
    error.kind === "disconnected" ||
    error.kind === "timed-out" ||
    error.kind === "unavailable"
  );
}
