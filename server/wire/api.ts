import { Codec } from "./codec.ts";
import type { Decoded, Fields, Input } from "./schema.ts";
import { NO_VERSIONS, type VersionRange, versionRange } from "./version-range.ts";

/** Which kind of node serves an API. */
export type ListenerType = "broker" | "controller";

/** The facts about an API that are not fields. */
export type ApiDeclaration = {
  /** Number of the API in the request header. */
  readonly key: number;
  readonly name: string;
  /** Versions that can be encoded and decoded, such as `"0-4"`. */
  readonly versions: string;
  /** Versions that ApiVersions tells, when they are not the same. */
  readonly advertised?: string;
  /** First version with compact lengths and tagged fields (KIP-482). */
  readonly flexible: number | "never";
  readonly listeners: readonly ListenerType[];
};

/** ApiVersions, whose response a client must understand before it knows what the server speaks (KIP-511). */
const API_VERSIONS_KEY = 18;

/** One Kafka API: its versions and the codecs of its request and response. */
export class Api<RequestD, RequestI, ResponseD, ResponseI> {
  readonly key: number;
  readonly name: string;
  readonly validVersions: VersionRange;
  readonly advertisedVersions: VersionRange;
  readonly listeners: readonly ListenerType[];
  readonly request: Codec<RequestD, RequestI>;
  readonly response: Codec<ResponseD, ResponseI>;

  constructor(declaration: ApiDeclaration, requestFields: Fields, responseFields: Fields) {
    const { key, name, versions, advertised, flexible, listeners } = declaration;
    this.key = key;
    this.name = name;
    this.validVersions = versionRange(versions);
    this.advertisedVersions = versionRange(advertised ?? versions);
    this.listeners = listeners;
    const shared = {
      versions: this.validVersions,
      flexibleVersions: flexible === "never" ? NO_VERSIONS : versionRange(`${flexible}+`),
    };
    this.request = new Codec({ name: `${name}Request`, fields: requestFields, ...shared });
    this.response = new Codec({ name: `${name}Response`, fields: responseFields, ...shared });
  }

  isFlexible(version: number): boolean {
    return this.request.isFlexible(version);
  }

  /** 2 with tagged fields, else 1. Version 0, without client id, went with ControlledShutdown 0. */
  requestHeaderVersion(version: number): 1 | 2 {
    return this.isFlexible(version) ? 2 : 1;
  }

  /** 1 with tagged fields, else 0; always 0 for ApiVersions. */
  responseHeaderVersion(version: number): 0 | 1 {
    return this.isFlexible(version) && this.key !== API_VERSIONS_KEY ? 1 : 0;
  }
}

/** Any API, when its message types do not matter. */
export type AnyApi = Api<unknown, never, unknown, never>;

/** What decoding a request returns. */
export type RequestOf<A extends AnyApi> = ReturnType<A["request"]["decode"]>;
/** What encoding a request takes. */
export type RequestInput<A extends AnyApi> = Parameters<A["request"]["encode"]>[0];
/** What decoding a response returns. */
export type ResponseOf<A extends AnyApi> = ReturnType<A["response"]["decode"]>;
/** What encoding a response takes. */
export type ResponseInput<A extends AnyApi> = Parameters<A["response"]["encode"]>[0];

/** Declares an API: once, for broker, client, inspector and tests. */
export function api<Q extends Fields, R extends Fields>(
  declaration: ApiDeclaration,
  requestFields: Q,
  responseFields: R,
): Api<Decoded<Q>, Input<Q>, Decoded<R>, Input<R>> {
  return new Api(declaration, requestFields, responseFields);
}
