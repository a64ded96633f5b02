import { createPrivateKey, X509Certificate } from "node:crypto";
import { type Problem, problem } from "../../../lib/problem.ts";

/** PEM texts for TLS. Without `ca` the authorities that Node knows hold. */
export type TlsTexts = {
  readonly ca?: string;
  readonly key?: string;
  readonly certificate?: string;
  /** False: the certificate need not name the host (`ssl.endpoint.identification.algorithm` empty). */
  readonly verifyHostName?: boolean;
};

/** Reads a text file; throws when it cannot. */
export type FileReader = (path: string) => string;

type Properties = Readonly<Record<string, string>>;
type Refused = { readonly refused: Problem };

/** The certificates to trust: `ssl.truststore.certificates`, or the PEM file `ssl.truststore.location`; undefined without either. */
export function readTrustStore(properties: Properties, readFile: FileReader): string | undefined | Refused {
  const text = storeText(properties, "truststore", properties["ssl.truststore.certificates"], readFile);
  if (text === undefined || typeof text === "object") return text;
  return firstCertificateIsGood(text)
    ? text
    : refusal("ssl.truststore.certificates", "It holds no certificate in PEM form.", PEM_CERTIFICATE);
}

/** The client's own key and certificate: `ssl.keystore.key` with `ssl.keystore.certificate.chain`, or the PEM file `ssl.keystore.location`. */
export function readKeyStore(
  properties: Properties,
  readFile: FileReader,
): Pick<TlsTexts, "key" | "certificate"> | Refused {
  const inline = properties["ssl.keystore.key"];
  const chain = properties["ssl.keystore.certificate.chain"];
  const text = storeText(
    properties,
    "keystore",
    inline === undefined ? undefined : `${inline}\n${chain ?? ""}`,
    readFile,
  );
  if (text === undefined) return {};
  if (typeof text === "object") return text;
  const certificate = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g)?.join("\n");
  const encrypted = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]*?-----END (?:[A-Z]+ )?PRIVATE KEY-----/.exec(
    text,
  )?.[0];
  if (certificate === undefined || encrypted === undefined || !firstCertificateIsGood(certificate)) {
    const detail = "It needs a private key and its certificates in PEM form.";
    return refusal("ssl.keystore.location", detail, PEM_CERTIFICATE);
  }
  const passphrase = properties["ssl.key.password"];
  try {
    const key = createPrivateKey({ key: encrypted, ...(passphrase !== undefined && { passphrase }) });
    return { key: key.export({ type: "pkcs8", format: "pem" }).toString(), certificate };
  } catch {
    const detail = "The private key cannot be read: it is broken, or the password does not open it.";
    return refusal("ssl.key.password", detail, "Give the password of the key, or a key without one.");
  }
}

const PEM_CERTIFICATE = "A PEM text begins with -----BEGIN CERTIFICATE-----.";

function storeText(
  properties: Properties,
  store: "truststore" | "keystore",
  inline: string | undefined,
  readFile: FileReader,
): string | undefined | Refused {
  const location = properties[`ssl.${store}.location`];
  if (inline !== undefined) return inline;
  if (location === undefined) return undefined;
  const type = (properties[`ssl.${store}.type`] ?? "JKS").toUpperCase();
  if (type !== "PEM") {
    return refusal(
      `ssl.${store}.type`,
      `The console reads stores of type PEM; ${location} is of type ${type}.`,
      `Export it with keytool -exportcert -rfc or openssl, and set ssl.${store}.type=PEM.`,
    );
  }
  try {
    return readFile(location);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "it cannot be read";
    return refusal(`ssl.${store}.location`, `${location}: ${reason}.`, "Check the path and who may read it.");
  }
}

function firstCertificateIsGood(text: string): boolean {
  try {
    return new X509Certificate(text).subject.length >= 0;
  } catch {
    return false;
  }
}

function refusal(name: string, detail: string, suggestion: string): Refused {
  return { refused: unusableProperty(name, detail, suggestion) };
}

/** The problem with one property. Its words never quote a value that may be secret. */
export function unusableProperty(name: string, detail: string, suggestion: string): Problem {
  const title = `The client property ${name} cannot be used`;
  return problem({ code: "invalid-input", title, detail, suggestion, facts: [["property", name]] });
}
