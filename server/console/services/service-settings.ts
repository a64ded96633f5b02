import { unescape } from "node:querystring";
import { type Result, fail, succeed } from "../../../lib/result.ts";
import {
  type FileReader,
  readKeyStore,
  readTrustStore,
  type TlsTexts,
  unusableProperty,
} from "../connection/pem-stores.ts";

/** How a service beside a cluster is asked. */
export type ServiceAccess = {
  /** Where it is, without user and password: one or more instances that answer the same. */
  readonly urls: readonly string[];
  /** The header that logs in; undefined where nobody must. */
  readonly authorization?: string;
  /** For `https`: authorities trusted beside those that Node knows, and the client's own certificate. */
  readonly tls?: TlsTexts;
};

/** The services beside a cluster, as far as somebody said where they are. */
export type ServiceSettings = {
  readonly schemaRegistry: ServiceAccess | undefined;
  /** One entry a Connect cluster. */
  readonly connect: readonly ServiceAccess[];
};

type Properties = Readonly<Record<string, string>>;

const REGISTRY = "schema.registry.";
const CONNECT = "connect.";
/** Where the services are; the flags --schema-registry and --connect stand for these. */
export const serviceUrlProperties = { schemaRegistry: `${REGISTRY}url`, connect: `${CONNECT}url` } as const;

/** What of client properties is about the services: all that a cluster needs which asks for no login itself. */
export function servicePropertiesOf(properties: Properties): Record<string, string> {
  const prefixes = [REGISTRY, CONNECT, "basic.auth.", "ssl."];
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))),
  );
}

/**
 * Reads where Schema Registry and Connect are and how to log in: `schema.registry.url` and `basic.auth.user.info` as Confluent's clients name
 * them, `connect.url` and `connect.basic.auth.user.info` likewise. `ssl.*` is the cluster's own unless `schema.registry.ssl.*` or
 * `connect.ssl.*` say otherwise. What cannot be used is refused by the property's name.
 */
export function readServiceSettings(properties: Properties, readFile: FileReader): Result<ServiceSettings> {
  const shared = pick(properties, "ssl.", "ssl.");
  const registry = readService(
    REGISTRY,
    { ...shared, ...pick(properties, "basic.auth.", "basic.auth."), ...pick(properties, REGISTRY, "") },
    readFile,
  );
  if (!registry.ok) return registry;
  const connect = readService(CONNECT, { ...shared, ...pick(properties, CONNECT, "") }, readFile);
  if (!connect.ok) return connect;
  const { urls, login } = registry.value;
  const [first] = urls;
  return succeed({
    schemaRegistry:
      first === undefined ? undefined : { ...login, ...ownLogin(first), urls: urls.map((url) => plainUrl(url)) },
    connect: connect.value.urls.map((url) => ({ ...connect.value.login, ...ownLogin(url), urls: [plainUrl(url)] })),
  });
}

function pick(properties: Properties, prefix: string, renamed: string): Record<string, string> {
  const own = Object.entries(properties).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [renamed + name.slice(prefix.length), value]));
}

type Service = { readonly urls: readonly string[]; readonly login: Omit<ServiceAccess, "urls"> };

/** What the properties of one prefix say; its urls still have the user and password that may be written in them. */
function readService(prefix: string, own: Properties, readFile: FileReader): Result<Service> {
  const urls = (own.url ?? "")
    .split(",")
    .map((url) => url.trim())
    .filter((url) => url !== "");
  if (urls.length === 0) return succeed({ urls, login: {} });
  if (!urls.every(isHttpUrl))
    return refused(`${prefix}url`, "It is no address of a web service.", "Write http://host:port or https://host.");
  const source = own["basic.auth.credentials.source"] ?? "URL";
  if (!["URL", "USER_INFO"].includes(source))
    return refused(
      `${prefix}basic.auth.credentials.source`,
      `${source} is not supported by the console.`,
      "Use USER_INFO with basic.auth.user.info, or URL.",
    );
  const userInfo = own["basic.auth.user.info"];
  if (userInfo !== undefined && !userInfo.includes(":"))
    return refused(`${prefix}basic.auth.user.info`, "It has no password.", "Write user:password.");
  const tls = urls.some((url) => new URL(url).protocol === "https:") ? readTls(own, readFile) : succeed(undefined);
  if (!tls.ok) return tls;
  const authorization = userInfo === undefined ? {} : { authorization: basic(userInfo) };
  return succeed({ urls, login: { ...authorization, ...(tls.value && { tls: tls.value }) } });
}

function readTls(own: Properties, readFile: FileReader): Result<TlsTexts> {
  const trust = readTrustStore(own, readFile);
  if (typeof trust === "object") return fail(trust.refused);
  const key = readKeyStore(own, readFile);
  if ("refused" in key) return fail(key.refused);
  return succeed({
    ...(trust !== undefined && { ca: trust }),
    ...key,
    ...(own["ssl.endpoint.identification.algorithm"] === "" && { verifyHostName: false }),
  });
}

/** Whether a text is the address of a web service. */
export function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}

function plainUrl(text: string): string {
  const url = new URL(text);
  url.username = "";
  url.password = "";
  url.search = "";
  url.hash = "";
  return url.href.replace(/\/+$/, "");
}

function ownLogin(text: string): { readonly authorization?: string } {
  const { username, password } = new URL(text);
  if (username === "") return {};
  // Unlike decodeURIComponent it takes a lone % as it is.
  return { authorization: basic(`${unescape(username)}:${unescape(password)}`) };
}

function basic(userInfo: string): string {
  return `Basic ${Buffer.from(userInfo, "utf8").toString("base64")}`;
}

function refused(name: string, detail: string, suggestion: string): Result<never> {
  return fail(unusableProperty(name, detail, suggestion));
}
