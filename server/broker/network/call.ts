import assert from "node:assert/strict";
import type { Api, AnyApi } from "../../wire/api.ts";
import { UNKNOWN_SERVER_ERROR } from "../../wire/errors.ts";
import type { RequestHeader } from "../../wire/request-header.ts";
import { FRAME_SIZE_BYTES } from "../../wire/frame.ts";
import { writeResponseHeader } from "../../wire/response-header.ts";
import { Writer } from "../../wire/writer.ts";
import type { Principal } from "../principal.ts";
import type { Operation, Resource } from "./authorizer.ts";
import type { ClientQuotas, QuotaName } from "./client-quotas.ts";
import type { Context, SaslSession, SecurityProtocol } from "./context.ts";
import type { Handler } from "./handler.ts";
import type { Ticket } from "./response-queue.ts";

const CORRELATION_BYTES = 4;
const INT32_BYTES = 4;
const NO_BYTES = new Uint8Array(0);

/** What a request came through: a connection, or the envelope of another request. */
export type CallHost<Services> = {
  readonly services: Services;
  readonly clientHost: string;
  readonly listenerName: string;
  readonly securityProtocol: SecurityProtocol;
  readonly principal: Principal;
  readonly sasl: SaslSession | undefined;
  noteClientSoftware(name: string, version: string): void;
  may(operation: Operation, resource: Resource): boolean;
  /** The quotas that hold for its clients; undefined where none does. */
  readonly quotas: ClientQuotas | undefined;
  /** Monotonic. */
  nowMs(): number;
  /** Runs work when others had their turn. */
  later(work: () => void): void;
  /** Memory of at least so many bytes for a part of the answer; it goes back when the answer has left. */
  lend(sizeBytes: number): Uint8Array;
  /** The call has its response; the host sends it when its turn comes. */
  answered(call: Call<Services>): void;
  /** The call cannot be answered: the connection is closed, and `reason` logged. */
  refuse(call: Call<Services>, reason: string): void;
  /** A bug: logged with its stack. */
  report(call: Call<Services>, error: unknown): void;
};

/** One request from its arrival to its response. It is the handler's context, and nothing of it is kept afterwards. */
export class Call<Services> implements Context<Services>, Ticket {
  response: readonly Uint8Array[] | undefined = undefined;
  readonly apiVersion: number;
  readonly correlationId: number;
  readonly clientId: string;
  private abandon: (() => void) | undefined;
  private abandoned = false;
  private owned = false;
  /** For how long the client has to be silent after the answer (KIP-219: it is told, and then not read from). */
  throttleTimeMs = 0;
  /** As they were when the request began. */
  private readonly quotas: ClientQuotas | undefined;
  /** How long the handler ran, without what it does now: that is since `runningMs`. */
  private ranMs = 0;
  private runningMs: number | undefined;
  private isTimeCounted = false;

  /** `frame`: header and body; the memory is only lent until the handler returns, unless `ownFrame` is called. */
  constructor(
    readonly handler: Handler<Services>,
    private readonly host: CallHost<Services>,
    header: RequestHeader,
    public frame: Uint8Array,
    /** Where the body begins in `frame`. */
    readonly bodyPosition: number,
  ) {
    this.apiVersion = header.requestApiVersion;
    this.correlationId = header.correlationId;
    this.clientId = header.clientId ?? "";
    this.quotas = host.quotas;
    this.runs();
  }

  get services(): Services {
    return this.host.services;
  }
  get clientHost(): string {
    return this.host.clientHost;
  }
  get listenerName(): string {
    return this.host.listenerName;
  }
  get securityProtocol(): SecurityProtocol {
    return this.host.securityProtocol;
  }
  get principal(): Principal {
    return this.host.principal;
  }
  get sasl(): SaslSession | undefined {
    return this.host.sasl;
  }

  get requestBytes(): Uint8Array {
    this.ownFrame();
    return this.frame;
  }

  /** Whether an answer would reach nobody any more. */
  get isAbandoned(): boolean {
    return this.abandoned;
  }

  noteClientSoftware(name: string, version: string): void {
    this.host.noteClientSoftware(name, version);
  }

  may(operation: Operation, resource: Resource): boolean {
    return this.host.may(operation, resource);
  }

  /** Memory of at least so many bytes for records of the answer that is about to be given: it stands until that has left, or until the call is parked. */
  lend(sizeBytes: number): Uint8Array {
    return this.host.lend(sizeBytes);
  }

  onAbandon(abandon: () => void): void {
    this.abandon = abandon;
  }

  later(work: () => void): void {
    this.host.later(() => {
      if (this.abandoned) return;
      this.runs();
      try {
        work();
      } catch (error) {
        this.fail(error);
      }
      this.rests();
    });
  }

  /** Counts what the request uses of a quota, which may silence the client for a while. */
  useQuota(name: QuotaName, amount: number): void {
    if (this.quotas !== undefined) this.throttle(this.quotas.use(name, this, amount));
  }

  /** What was counted is not sent after all. */
  giveBack(name: QuotaName, amount: number): void {
    this.quotas?.giveBack(name, this, amount);
  }

  /** The most that the client may get at once. */
  mostAtOnce(name: QuotaName): number {
    return this.quotas?.mostAtOnce(name, this) ?? Infinity;
  }

  /** Whether any quota may hold for the client. */
  get mayBeLimited(): boolean {
    return this.quotas !== undefined;
  }

  /** Who is limited. */
  get user(): string {
    return this.host.principal.name;
  }

  /** The client shall be silent for at least so long. */
  throttle(throttleTimeMs: number): void {
    this.throttleTimeMs = Math.max(this.throttleTimeMs, throttleTimeMs);
  }

  /** Counts the time that the handler took, once: while it runs, up to now. */
  countTime(): void {
    const { quotas } = this;
    if (quotas === undefined || this.isTimeCounted) return;
    this.isTimeCounted = true;
    this.rests();
    this.throttle(quotas.useTime(this, this.ranMs));
  }

  /** Copies the frame, so that parts of it may be kept. Only before the handler returns. */
  ownFrame(): void {
    if (this.owned) return;
    this.owned = true;
    this.frame = Uint8Array.from(this.frame);
  }

  /** Lets go of the received bytes: a request that is parked keeps only what its handler took from them. */
  releaseFrame(): void {
    this.rests();
    this.frame = NO_BYTES;
  }

  /**
   * Encodes the response and hands it over. Exactly once; ignored after the connection closed.
   * A second answer, or one that the version cannot carry, is a bug: reported, and answered as `fail` does.
   */
  answer<D, I, RD, RI>(api: Api<D, I, RD, RI>, response: RI): void {
    let encoded: Uint8Array[];
    try {
      assert(this.response === undefined, "a request is answered once");
      if (this.abandoned) return;
      this.countTime();
      const { throttleTimeMs } = this;
      const isTold = throttleTimeMs > 0 && api.response.fields["throttleTimeMs"] !== undefined;
      encoded = encodeResponse(api, this, isTold ? { ...response, throttleTimeMs } : response);
    } catch (error) {
      return this.fail(error);
    }
    this.finish(encoded);
  }

  /** Hands over a response that is encoded already, header included and size not: what came back in an envelope. */
  answerEncoded(response: Uint8Array): void {
    assert(this.response === undefined, "a request is answered once");
    if (this.abandoned) return;
    this.throttle(this.throttleTimeOf(response));
    const size = Buffer.allocUnsafe(FRAME_SIZE_BYTES);
    size.writeInt32BE(response.byteLength);
    this.finish([size, response]);
  }

  /** Ends the request without a response: Produce with acks=0 (KIP-98 keeps "no response at all"). */
  answerNothing(): void {
    assert(this.response === undefined, "a request is answered once");
    if (!this.abandoned) this.finish([]);
  }

  /** Closes the connection instead of answering; `reason` is logged. */
  refuse(reason: string): void {
    if (!this.abandoned) this.host.refuse(this, reason);
  }

  /** Logs a bug and answers it: UNKNOWN_SERVER_ERROR where the response has one error code for all, else the connection is closed. */
  fail(error: unknown): void {
    this.host.report(this, error);
    if (this.response !== undefined || this.abandoned) return;
    const answer = unknownServerError(this.handler.api, this);
    if (answer === undefined) this.refuse("a response could not be made");
    else this.finish(answer);
  }

  /** Called by the host when the connection is gone. */
  drop(): void {
    if (this.abandoned) return;
    this.abandoned = true;
    this.abandon?.();
    this.abandon = undefined;
  }

  /** What the controller told the client (KIP-599): in the responses of those APIs it is the first field. */
  private throttleTimeOf(response: Uint8Array): number {
    const { api } = this.handler;
    if (Object.keys(api.response.fields)[0] !== "throttleTimeMs") return 0;
    const position = api.responseHeaderVersion(this.apiVersion) === 0 ? CORRELATION_BYTES : CORRELATION_BYTES + 1;
    if (response.byteLength < position + INT32_BYTES) return 0;
    return Math.max(0, new DataView(response.buffer, response.byteOffset).getInt32(position));
  }

  private runs(): void {
    if (this.quotas !== undefined) this.runningMs = this.host.nowMs();
  }

  private rests(): void {
    if (this.runningMs !== undefined) this.ranMs += this.host.nowMs() - this.runningMs;
    this.runningMs = undefined;
  }

  private finish(response: readonly Uint8Array[]): void {
    this.response = response;
    this.abandon = undefined;
    this.host.answered(this);
  }
}

/** What a response needs to know of its request. */
type Asked = { readonly apiVersion: number; readonly correlationId: number };

function encodeResponse<D, I, RD, RI>(api: Api<D, I, RD, RI>, asked: Asked, response: RI): Uint8Array[] {
  const writer = new Writer();
  writer.int32(0);
  writeResponseHeader(writer, asked, api.responseHeaderVersion(asked.apiVersion));
  api.response.write(writer, response, asked.apiVersion);
  const sizeBytes = writer.size - FRAME_SIZE_BYTES;
  const buffers = writer.buffers();
  const first = buffers[0];
  if (first !== undefined) new DataView(first.buffer, first.byteOffset, FRAME_SIZE_BYTES).setInt32(0, sizeBytes);
  return buffers;
}

/** A response with nothing but the error code -1; undefined for an API whose response has no error code for all of it. */
function unknownServerError(api: AnyApi, asked: Asked): Uint8Array[] | undefined {
  if (api.response.fields["errorCode"] === undefined) return undefined;
  const response: object = { errorCode: UNKNOWN_SERVER_ERROR };
  // Narrowing: the fields were looked at above, and every other field of a message may be left out.
  return encodeResponse(api, asked, response as never);
}
