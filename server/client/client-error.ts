/**
 * Why a request has no answer. What the broker answered, error codes included, is never a `ClientError`: it is the decoded response.
 * - `unreachable`: no connection could be made (refused, unknown host, timed out).
 * - `tls`: the handshake failed or the certificate was refused.
 * - `authentication`: SASL said no.
 * - `disconnected`: the connection ended before the answer came; the request may or may not have been carried out.
 * - `timed-out`: the caller's deadline passed first; likewise undecided.
 * - `unsupported`: the broker serves no version of the API that we speak.
 * - `overloaded`: too many requests wait on the connection.
 * - `malformed`: the broker's bytes break the protocol.
 * - `unavailable`: the cluster has no such leader, coordinator, controller or node just now.
 * - `closed`: the client was closed.
 */
export type ClientErrorKind =
  | "unreachable"
  | "tls"
  | "authentication"
  | "disconnected"
  | "timed-out"
  | "unsupported"
  | "overloaded"
  | "malformed"
  | "unavailable"
  | "closed";

/** A request that ended without an answer. The message is complete without the stack: what was tried, with whom, what happened. */
export class ClientError extends Error {
  override readonly name = "ClientError";

  /** By name: the console's server loads this module several times, and an error of one copy must be one to the others. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "ClientError";
  }

  constructor(
    readonly kind: ClientErrorKind,
    message: string,
    /** Kafka's error code, where one led here (58 with `authentication`, 15 with `unavailable` …). */
    readonly errorCode?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
