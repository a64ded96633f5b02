import type { Disk, ServerTls } from "../../environment/environment.ts";
import type { BrokerConfig } from "../config/broker-config.ts";
import type { Listener } from "../config/listener.ts";
import { type MetadataImage, scramKey } from "../controller/image.ts";
import { plainPasswords } from "./plain-passwords.ts";
import type { ListenerOptions } from "./request-server.ts";
import type { CredentialLookup } from "./sasl.ts";
import { isScramMechanism, type ScramMechanism } from "./scram-server.ts";

/** A listener that cannot be opened as configured; the message names the config. */
export class ListenerSettingError extends Error {
  override readonly name = "ListenerSettingError";
}

/** Numbers of the mechanisms in UserScramCredentialRecord (KIP-554). */
const SCRAM_NUMBERS: Readonly<Record<ScramMechanism, number>> = { "SCRAM-SHA-256": 1, "SCRAM-SHA-512": 2 };

/** What a node's configs say about its listeners: `listeners`, and the `ssl.` and `sasl.` ones of each. Throws ListenerSettingError. */
export function listenerOptions(config: BrokerConfig, disk: Disk): ListenerOptions[] {
  return config.listeners.map((listener) => {
    const { name, port, securityProtocol } = listener;
    const host = listener.host === "" ? "::" : listener.host;
    const tls = securityProtocol.endsWith("SSL") ? tlsOf(listener, config, disk) : undefined;
    const saslMechanisms = config
      .getForListener(name, "sasl.enabled.mechanisms")
      .filter((mechanism) => mechanism === "PLAIN" || isScramMechanism(mechanism));
    const saslSessionLifetimeMs = config.getForListener(name, "connections.max.reauth.ms");
    const sasl = { saslMechanisms, saslSessionLifetimeMs };
    return { name, host, port, securityProtocol, ...sasl, ...(tls === undefined ? {} : { tls }) };
  });
}

/** Key and certificates as PEM, in the configs themselves (KIP-651) or in the files that they name. */
function tlsOf({ name }: Listener, config: BrokerConfig, disk: Disk): ServerTls {
  const keystore = config.getForListener(name, "ssl.keystore.location");
  const truststore = config.getForListener(name, "ssl.truststore.location");
  const both = keystore === null ? undefined : readPem(keystore, "ssl.keystore.location", disk);
  const key = config.getForListener(name, "ssl.keystore.key") ?? both;
  const certificate = config.getForListener(name, "ssl.keystore.certificate.chain") ?? both;
  if (key === undefined || certificate === undefined) {
    throw new ListenerSettingError(
      `listener ${name} speaks TLS and has no certificate: set ssl.keystore.type=PEM with ssl.keystore.location, or ssl.keystore.key and ssl.keystore.certificate.chain`,
    );
  }
  const trusted = truststore === null ? undefined : readPem(truststore, "ssl.truststore.location", disk);
  const ca = config.getForListener(name, "ssl.truststore.certificates") ?? trusted;
  const clientAuth = config.getForListener(name, "ssl.client.auth");
  const requestClientCertificate = clientAuth === "required" || clientAuth === "requested" ? clientAuth : "none";
  return { key, certificate, requestClientCertificate, ...(ca === undefined ? {} : { ca }) };
}

function readPem(path: string, config: string, disk: Disk): string {
  const bytes = disk.readFile(path);
  if (bytes === undefined) throw new ListenerSettingError(`${config}: there is no file ${path}`);
  const text = Buffer.from(bytes).toString("utf8");
  if (!text.includes("-----BEGIN"))
    throw new ListenerSettingError(`${config}: ${path} is not PEM; Java key stores cannot be read, so convert it`);
  return text;
}

/** The logins of a node: PLAIN from `listener.name.<name>.plain.sasl.jaas.config`, SCRAM from the metadata log. */
export function credentialLookup(config: BrokerConfig, image: () => MetadataImage): CredentialLookup {
  const passwords = new Map<string, string>();
  for (const { name } of config.listeners) {
    const jaas = config.getForListener(name, "sasl.jaas.config", "plain");
    for (const [user, password] of plainPasswords(jaas ?? "")) passwords.set(user, password);
  }
  return {
    isPlainPassword: (username, password) => passwords.get(username) === password,
    scramCredential: (username, mechanism) => {
      const credential = image().scramCredentials.get(scramKey(SCRAM_NUMBERS[mechanism], username));
      return credential === undefined ? undefined : { ...credential, mechanism };
    },
  };
}
