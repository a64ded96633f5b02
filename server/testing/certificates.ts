import { generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { isIP } from "node:net";

/** A key and the certificate that goes with it, as PEM texts. */
export type KeyAndCertificate = { readonly key: string; readonly certificate: string };

/** An authority made for one test run, so that no private key lies in the repository. */
export type TestAuthority = {
  /** Its own certificate, as PEM text. */
  readonly certificate: string;
  /** A certificate for a subject of attributes in order, such as `[["O", "Odradek"], ["CN", "alice"]]`, and for names or addresses of hosts. */
  issue(options: { readonly subject: readonly Attribute[]; readonly hosts?: readonly string[] }): KeyAndCertificate;
};

type Attribute = readonly [type: keyof typeof ATTRIBUTE_OIDS, value: string];

const ATTRIBUTE_OIDS = { CN: "550403", C: "550406", L: "550407", ST: "550408", O: "55040a", OU: "55040b" } as const;
const ECDSA_WITH_SHA256 = sequence(tagged(0x06, hex("2a8648ce3d040302")));
const VALID_MS = 24 * 3_600_000;

/** Makes an authority that is valid from yesterday to tomorrow. */
export function makeTestAuthority(): TestAuthority {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuer = name([["CN", "Test authority"]]);
  const isAuthority = extension("551d13", true, sequence(tagged(0x01, Buffer.of(0xff))));
  return {
    certificate: certify({ issuer, issuerKey: privateKey, subject: issuer, publicKey, extensions: [isAuthority] }),
    issue({ subject, hosts = [] }) {
      const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const extensions =
        hosts.length === 0 ? [] : [extension("551d11", false, sequence(...hosts.map(alternativeName)))];
      const settings = { issuer, issuerKey: privateKey, subject: name(subject), publicKey: own.publicKey, extensions };
      return {
        key: own.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
        certificate: certify(settings),
      };
    },
  };
}

type Certificate = {
  readonly issuer: Buffer;
  readonly issuerKey: KeyObject;
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
};

/** X.509 version 3 (RFC 5280), signed. */
function certify({ issuer, issuerKey, subject, publicKey, extensions }: Certificate): string {
  const serial = tagged(0x02, Buffer.concat([Buffer.of(0x01), randomBytes(8)]));
  const validity = sequence(time(Date.now() - VALID_MS), time(Date.now() + VALID_MS));
  const version3 = tagged(0xa0, tagged(0x02, Buffer.of(2)));
  const subjectKey = publicKey.export({ type: "spki", format: "der" });
  const parts = [version3, serial, ECDSA_WITH_SHA256, issuer, validity, subject, subjectKey];
  if (extensions.length > 0) parts.push(tagged(0xa3, sequence(...extensions)));
  const unsigned = sequence(...parts);
  const signature = tagged(0x03, Buffer.concat([Buffer.of(0), sign("sha256", unsigned, issuerKey)]));
  const base64 = sequence(unsigned, ECDSA_WITH_SHA256, signature).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

function name(attributes: readonly Attribute[]): Buffer {
  const parts = attributes.map(([type, value]) =>
    tagged(0x31, sequence(tagged(0x06, hex(ATTRIBUTE_OIDS[type])), tagged(0x0c, Buffer.from(value)))),
  );
  return sequence(...parts);
}

function alternativeName(host: string): Buffer {
  if (isIP(host) === 4) return tagged(0x87, Buffer.from(host.split(".").map(Number)));
  return tagged(0x82, Buffer.from(host));
}

function extension(oid: string, isCritical: boolean, value: Buffer): Buffer {
  const critical = isCritical ? [tagged(0x01, Buffer.of(0xff))] : [];
  return sequence(tagged(0x06, hex(oid)), ...critical, tagged(0x04, value));
}

function time(timestampMs: number): Buffer {
  const text = new Date(timestampMs).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return tagged(0x18, Buffer.from(text));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

/** One DER value: tag, length, content. */
function tagged(tag: number, content: Buffer): Buffer {
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

function hex(text: string): Buffer {
  return Buffer.from(text, "hex");
}
