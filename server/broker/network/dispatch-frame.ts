import type { Log } from "../../environment/environment.ts";
import { FRAME_SIZE_BYTES } from "../../wire/frame.ts";
import { peekRequestRoute, readRequestHeader } from "../../wire/request-header.ts";
import { includesVersion } from "../../wire/version-range.ts";
import { WireError } from "../../wire/wire-error.ts";
import type { Principal } from "../principal.ts";
import { allowEverything, type Authorizer } from "./authorizer.ts";
import { Call, type CallHost } from "./call.ts";
import type { SecurityProtocol } from "./context.ts";
import type { HandlerTable } from "./handler.ts";

/** On whose behalf an embedded request runs. */
export type EmbeddedFacts<Services> = {
  readonly services: Services;
  readonly principal: Principal;
  readonly clientHost: string;
  readonly listenerName: string;
  readonly securityProtocol: SecurityProtocol;
  readonly log: Log;
  readonly authorizer?: Authorizer;
};

/** The answer to an embedded request: header and body without a size, or why there is none. */
export type EmbeddedAnswer =
  | { readonly kind: "answered"; readonly bytes: Uint8Array }
  | { readonly kind: "unsupported" | "malformed" | "failed"; readonly message: string };

/**
 * Runs a request that came inside another one (Envelope, KIP-590) through a table of handlers. `frame`: header and body without a
 * size, in memory that the handlers may keep. `done` is called exactly once, now or later.
 */
export function dispatchFrame<Services>(
  table: HandlerTable<Services>,
  frame: Uint8Array,
  facts: EmbeddedFacts<Services>,
  done: (answer: EmbeddedAnswer) => void,
): void {
  let call: Call<Services>;
  try {
    const { apiKey, apiVersion } = peekRequestRoute(frame);
    const handler = table.get(apiKey);
    if (handler === undefined || !includesVersion(handler.api.validVersions, apiVersion)) {
      return done({ kind: "unsupported", message: `API ${apiKey} version ${apiVersion} is not served` });
    }
    const { header, bodyPosition } = readRequestHeader(frame, handler.api.requestHeaderVersion(apiVersion));
    call = new Call(handler, new EmbeddedHost(facts, done), header, frame, bodyPosition);
    handler.run(call);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    done({ kind: "malformed", message: error.message });
  }
}

class EmbeddedHost<Services> implements CallHost<Services> {
  readonly sasl = undefined;
  /** The broker that forwarded it counts. */
  readonly quotas = undefined;

  constructor(
    private readonly facts: EmbeddedFacts<Services>,
    private readonly done: (answer: EmbeddedAnswer) => void,
  ) {}

  get services(): Services {
    return this.facts.services;
  }
  get clientHost(): string {
    return this.facts.clientHost;
  }
  get listenerName(): string {
    return this.facts.listenerName;
  }
  get securityProtocol(): SecurityProtocol {
    return this.facts.securityProtocol;
  }
  get principal(): Principal {
    return this.facts.principal;
  }

  noteClientSoftware(): void {}

  nowMs(): number {
    return 0;
  }

  may(...[operation, resource]: Parameters<CallHost<Services>["may"]>): boolean {
    return (this.facts.authorizer ?? allowEverything)(this.facts.principal, this.facts.clientHost, operation, resource);
  }

  /** What comes in an envelope is small. */
  later(work: () => void): void {
    work();
  }

  lend(sizeBytes: number): Uint8Array {
    return Buffer.allocUnsafeSlow(sizeBytes);
  }

  answered(call: Call<Services>): void {
    this.done({ kind: "answered", bytes: Buffer.concat(call.response ?? []).subarray(FRAME_SIZE_BYTES) });
  }

  refuse(call: Call<Services>, reason: string): void {
    call.drop();
    this.done({ kind: "failed", message: reason });
  }

  report(call: Call<Services>, error: unknown): void {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.facts.log.error(
      { api: call.handler.api.name, apiVersion: call.apiVersion, error: stack },
      "a forwarded request failed by a bug",
    );
  }
}
