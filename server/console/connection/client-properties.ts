import { type Result, fail, succeed } from "../../../lib/result.ts";
import { parseJaasConfig } from "./jaas-config.ts";
import { type FileReader, readKeyStore, readTrustStore, type TlsTexts, unusableProperty } from "./pem-stores.ts";

/** SASL mechanisms that the console speaks. */
const MECHANISMS = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] as const;

/** User and password for one of the mechanisms. */
export type SaslSettings = {
  readonly mechanism: (typeof MECHANISMS)[number];
  readonly username: string;
  readonly password: string;
};

/** How connections to a cluster are made; neither is given for PLAINTEXT. */
export type ConnectionSettings = { readonly tls?: TlsTexts; readonly sasl?: SaslSettings };

type Properties = Readonly<Record<string, string>>;

/**
 * Reads Kafka's client properties. What the console cannot do (Kerberos, OAuth, JKS stores) is refused by the property's name; properties
 * that are for other clients (group.id and the like) are ignored, as Kafka's tools do.
 */
export function readClientProperties(properties: Properties, readFile: FileReader): Result<ConnectionSettings> {
  const protocol = (properties["security.protocol"] ?? "PLAINTEXT").toUpperCase();
  if (!["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"].includes(protocol)) {
    return refused(
      "security.protocol",
      `${protocol} is not a protocol of Kafka.`,
      "Use PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.",
    );
  }
  const tls = protocol.endsWith("SSL") ? readTls(properties, readFile) : succeed(undefined);
  if (!tls.ok) return tls;
  const sasl = protocol.startsWith("SASL") ? readSasl(properties) : succeed(undefined);
  if (!sasl.ok) return sasl;
  return succeed({ ...(tls.value && { tls: tls.value }), ...(sasl.value && { sasl: sasl.value }) });
}

function readTls(properties: Properties, readFile: FileReader): Result<TlsTexts> {
  const algorithm = properties["ssl.endpoint.identification.algorithm"];
  const trust = readTrustStore(properties, readFile);
  if (typeof trust === "object") return fail(trust.refused);
  const key = readKeyStore(properties, readFile);
  if ("refused" in key) return fail(key.refused);
  return succeed({
    ...(trust !== undefined && { ca: trust }),
    ...key,
    ...(algorithm === "" && { verifyHostName: false }),
  });
}

function readSasl(properties: Properties): Result<SaslSettings> {
  const wanted = properties["sasl.mechanism"] ?? "GSSAPI";
  const mechanism = MECHANISMS.find((known) => known === wanted.toUpperCase());
  if (mechanism === undefined) {
    const choices = `Use ${MECHANISMS.slice(0, -1).join(", ")} or ${MECHANISMS.at(-1) ?? ""}.`;
    return refused("sasl.mechanism", `${wanted} is not supported by the console.`, choices);
  }
  const login = parseJaasConfig(properties["sasl.jaas.config"] ?? "");
  const username = login?.options.get("username");
  const password = login?.options.get("password");
  if (username === undefined || password === undefined) {
    const loginModule = mechanism === "PLAIN" ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    return refused(
      "sasl.jaas.config",
      login === undefined ? "It is missing or cannot be read." : "It has no username and password.",
      `Write org.apache.kafka.common.security.${loginModule} required username="…" password="…";`,
    );
  }
  return succeed({ mechanism, username, password });
}

function refused(name: string, detail: string, suggestion: string): Result<never> {
  return fail(unusableProperty(name, detail, suggestion));
}
