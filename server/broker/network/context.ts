import type { Timer } from "../../environment/environment.ts";
import type { Principal } from "../principal.ts";
import type { Operation, Resource } from "./authorizer.ts";

/** `listener.security.protocol.map`: what a listener speaks. */
export type SecurityProtocol = "PLAINTEXT" | "SSL" | "SASL_PLAINTEXT" | "SASL_SSL";

/** All that a handler may know of the request beside its fields. */
export type Context<Services> = {
  /** What the node is made of: the broker's or the controller's services. */
  readonly services: Services;
  readonly apiVersion: number;
  readonly correlationId: number;
  /** Empty when the client sent none. */
  readonly clientId: string;
  readonly clientHost: string;
  readonly listenerName: string;
  readonly securityProtocol: SecurityProtocol;
  readonly principal: Principal;
  /** The connection's SASL conversation; undefined on listeners without SASL. */
  readonly sasl: SaslSession | undefined;
  /** Header and body as they came, in memory of their own: for Envelope. Only before the handler returns. */
  readonly requestBytes: Uint8Array;
  /** Remembers the client's library, as ApiVersions v3+ tells it. */
  noteClientSoftware(name: string, version: string): void;
  may(operation: Operation, resource: Resource): boolean;
  /** The client is told to be silent for so long, and is not read from meanwhile. The longest one counts. */
  throttle(throttleTimeMs: number): void;
  /** Goes on with the work of the handler when others had their turn. Not after the connection closed; what it throws is as if the handler had. */
  later(work: () => void): void;
  /** Asks to be told once when the connection closes before the reply, so that parked work can be dropped. The last one given counts. */
  onAbandon(abandon: () => void): void;
};

/** What the SASL handlers need of a connection's conversation (`sasl.ts`). */
export type SaslSession = {
  readonly mechanisms: readonly string[];
  /** How long a login lasts, for the client to renew it before; 0 is for ever. */
  readonly sessionLifetimeMs: number;
  /** Chooses a mechanism; false when the listener does not have it, or in the wrong state. */
  handshake(mechanism: string, tokensAreFramed: boolean): SaslHandshakeResult;
  authenticate(token: Uint8Array): SaslStep;
  /** Runs `answer` when a failed login may be told (`connection.failed.authentication.delay.ms`), so that guessing passwords takes long. */
  afterFailure(answer: () => void): Timer;
};

/** `illegal-state`: not now. */
export type SaslHandshakeResult = "ok" | "unsupported-mechanism" | "illegal-state";

/** One step of a conversation. After `failed` and `illegal-state` the connection is closed once the answer has left. */
export type SaslStep =
  | { readonly kind: "challenge"; readonly token: Uint8Array }
  | { readonly kind: "done"; readonly token: Uint8Array; readonly principal: Principal }
  | { readonly kind: "failed"; readonly message: string; readonly token: Uint8Array }
  | { readonly kind: "illegal-state"; readonly message: string };
