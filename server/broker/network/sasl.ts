import type { Clock, Random, Timer } from "../../environment/environment.ts";
import type { Principal } from "../principal.ts";
import type { SaslHandshakeResult, SaslSession, SaslStep } from "./context.ts";
import { isScramMechanism, ScramServer, type ScramCredential, type ScramMechanism } from "./scram-server.ts";

/** Where logins are looked up. A name that does not exist gives undefined or false; the client cannot tell it from a wrong password. */
export type CredentialLookup = {
  /** `plain.sasl.jaas.config` of the listener. */
  isPlainPassword(username: string, password: string): boolean;
  /** UserScramCredentialRecord of the metadata log. */
  scramCredential(username: string, mechanism: ScramMechanism): ScramCredential | undefined;
};

/** Times of a login. */
export type SaslLimits = {
  /** `connection.failed.authentication.delay.ms`. */
  readonly failedLoginDelayMs: number;
  /** `connections.max.reauth.ms`; 0 is for ever. */
  readonly sessionLifetimeMs: number;
};

/** The text that Kafka gives for every failed login, so that it tells nothing of the user. */
const FAILED = "Authentication failed during authentication due to invalid credentials with SASL mechanism ";
const NO_TOKEN = new Uint8Array(0);

type Phase =
  | { readonly name: "start" }
  | {
      readonly name: "chosen";
      readonly mechanism: string;
      readonly framed: boolean;
      readonly scram: ScramServer | undefined;
    }
  | { readonly name: "done"; readonly principal: Principal; readonly mechanism: string; readonly endsMs: number }
  | { readonly name: "failed" };

/**
 * The server's side of SASL on one connection (KIP-43, KIP-152): SaslHandshake chooses a mechanism, then SaslAuthenticate
 * (after a handshake v0: bare tokens) carries its messages. It takes only clock and nonce from outside.
 */
export class ServerSasl implements SaslSession {
  private phase: Phase = { name: "start" };

  constructor(
    /** `sasl.enabled.mechanisms` of the listener. */
    readonly mechanisms: readonly string[],
    private readonly credentials: CredentialLookup,
    private readonly world: { readonly clock: Clock; readonly random: Random },
    private readonly limits: SaslLimits,
  ) {}

  /** False also when the login is older than `connections.max.reauth.ms`: a client that did not renew it in time is cut off (KIP-368). */
  get isAuthenticated(): boolean {
    return this.phase.name === "done" && this.world.clock.monotonicMs() < this.phase.endsMs;
  }
  get sessionLifetimeMs(): number {
    return this.limits.sessionLifetimeMs;
  }
  get hasFailed(): boolean {
    return this.phase.name === "failed";
  }
  get principal(): Principal | undefined {
    return this.phase.name === "done" ? this.phase.principal : undefined;
  }
  /** Whether the next frames are tokens without a request header. */
  get takesRawTokens(): boolean {
    return this.phase.name === "chosen" && !this.phase.framed;
  }

  /** A handshake after a login starts a re-authentication, which must keep the mechanism (KIP-368). */
  handshake(mechanism: string, framed: boolean): SaslHandshakeResult {
    if (this.phase.name === "chosen" || this.phase.name === "failed") return this.end("illegal-state");
    if (this.phase.name === "done" && this.phase.mechanism !== mechanism) return this.end("illegal-state");
    if (!this.mechanisms.includes(mechanism)) return this.end("unsupported-mechanism");
    const scram = isScramMechanism(mechanism)
      ? new ScramServer((username) => this.credentials.scramCredential(username, mechanism), this.nonce())
      : undefined;
    this.phase = { name: "chosen", mechanism, framed, scram };
    return "ok";
  }

  authenticate(token: Uint8Array): SaslStep {
    if (this.phase.name !== "chosen") {
      this.phase = { name: "failed" };
      return {
        kind: "illegal-state",
        message: "SaslAuthenticate request received after successful authentication or before SaslHandshake",
      };
    }
    const { mechanism, scram } = this.phase;
    const step = scram === undefined ? this.plain(token) : scram.step(token);
    switch (step.kind) {
      case "challenge":
        return step;
      case "done": {
        const principal = { type: "User", name: step.username };
        const { sessionLifetimeMs } = this.limits;
        const endsMs = sessionLifetimeMs === 0 ? Infinity : this.world.clock.monotonicMs() + sessionLifetimeMs;
        this.phase = { name: "done", principal, mechanism, endsMs };
        return { kind: "done", token: step.token, principal };
      }
      case "failed":
        this.phase = { name: "failed" };
        return { kind: "failed", message: `${FAILED}${mechanism}`, token: step.token };
    }
  }

  afterFailure(answer: () => void): Timer {
    const { clock } = this.world;
    return clock.at(clock.monotonicMs() + this.limits.failedLoginDelayMs, answer);
  }

  private end(result: "illegal-state" | "unsupported-mechanism"): SaslHandshakeResult {
    this.phase = { name: "failed" };
    return result;
  }

  /** RFC 4616: authorization id NUL user name NUL password. Kafka wants the first empty or equal to the second. */
  private plain(token: Uint8Array): MechanismStep {
    const parts = Buffer.from(token).toString("utf8").split("\0");
    const [authorizationId, username, password] = parts;
    const isWellFormed =
      parts.length === 3 && username !== undefined && username !== "" && password !== undefined && password !== "";
    if (!isWellFormed || (authorizationId !== "" && authorizationId !== username))
      return { kind: "failed", token: NO_TOKEN };
    if (!this.credentials.isPlainPassword(username, password)) return { kind: "failed", token: NO_TOKEN };
    return { kind: "done", token: NO_TOKEN, username };
  }

  private nonce(): string {
    return Buffer.from(this.world.random.bytes(24)).toString("base64url");
  }
}

/** What one mechanism makes of a token. */
export type MechanismStep =
  | { readonly kind: "challenge"; readonly token: Uint8Array }
  | { readonly kind: "done"; readonly token: Uint8Array; readonly username: string }
  | { readonly kind: "failed"; readonly token: Uint8Array };
