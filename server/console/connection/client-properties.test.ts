import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { makeTestAuthority } from "../../testing/certificates.ts";
import { readClientProperties } from "./client-properties.ts";

const noFiles = (path: string): string => {
  throw Object.assign(new Error(path), { code: "ENOENT" });
};
const read = (properties: Record<string, string>, readFile = noFiles) => readClientProperties(properties, readFile);
const problemOf = (properties: Record<string, string>, readFile = noFiles) => {
  const result = read(properties, readFile);
  if (result.ok) throw new Error("a problem was expected");
  return result.problem;
};
const jaas = 'org.apache.kafka.common.security.scram.ScramLoginModule required username="alice" password="secret";';

describe("security.protocol", () => {
  test("is PLAINTEXT when it is not given, and other clients' properties do not matter", () => {
    expect(read({})).toEqual({ ok: true, value: {} });
    expect(read({ "group.id": "x", "max.poll.records": "5", "sasl.mechanism": "GSSAPI" })).toEqual({
      ok: true,
      value: {},
    });
  });

  test("another word is refused with the choices", () => {
    expect(problemOf({ "security.protocol": "HTTPS" })).toMatchObject({
      code: "invalid-input",
      title: "The client property security.protocol cannot be used",
      suggestion: "Use PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.",
    });
  });
});

describe("SASL", () => {
  test.each(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])("%s takes user and password of the JAAS text", (mechanism) => {
    const properties = { "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": mechanism, "sasl.jaas.config": jaas };
    expect(read(properties)).toEqual({
      ok: true,
      value: { sasl: { mechanism, username: "alice", password: "secret" } },
    });
  });

  test.each([{}, { "sasl.mechanism": "OAUTHBEARER" }])(
    "a mechanism that we do not speak is refused by name: %j",
    (extra) => {
      const refused = problemOf({ "security.protocol": "SASL_SSL", ...extra });
      expect(refused.facts).toEqual([["property", "sasl.mechanism"]]);
      expect(refused.detail).toContain("is not supported by the console");
    },
  );

  test("a JAAS text without user and password is refused, and never quoted", () => {
    const properties = { "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN" };
    expect(problemOf(properties).detail).toBe("It is missing or cannot be read.");
    const half = problemOf({ ...properties, "sasl.jaas.config": 'x.Y required password="hush";' });
    expect(half.detail).toBe("It has no username and password.");
    expect(JSON.stringify(half)).not.toContain("hush");
  });
});

describe("TLS", () => {
  const own = makeTestAuthority().issue({ subject: [["CN", "alice"]] });

  test("trusts the system's authorities, given certificates, or a PEM file", () => {
    expect(read({ "security.protocol": "SSL" })).toEqual({ ok: true, value: { tls: {} } });
    const inline = { "security.protocol": "SSL", "ssl.truststore.certificates": own.certificate };
    expect(read(inline)).toEqual({ ok: true, value: { tls: { ca: own.certificate } } });
    const file = { "security.protocol": "SSL", "ssl.truststore.type": "PEM", "ssl.truststore.location": "/ca.pem" };
    expect(read(file, () => own.certificate)).toEqual({ ok: true, value: { tls: { ca: own.certificate } } });
  });

  test("the client's own key and certificates come from one PEM file or from two properties", () => {
    const file = { "security.protocol": "SSL", "ssl.keystore.type": "PEM", "ssl.keystore.location": "/own.pem" };
    const fromFile = read(file, () => `${own.key}\n${own.certificate}`);
    const inline = {
      "security.protocol": "SSL",
      "ssl.keystore.key": own.key,
      "ssl.keystore.certificate.chain": own.certificate,
    };
    expect(fromFile).toEqual(read(inline));
    expect(fromFile).toMatchObject({ ok: true, value: { tls: { key: expect.stringContaining("BEGIN PRIVATE KEY") } } });
  });

  test("a key is opened with its password, and a wrong one is said without showing it", () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2_048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "open" },
    });
    const encrypted = privateKey.replaceAll("\r", "");
    const properties = {
      "security.protocol": "SSL",
      "ssl.keystore.key": encrypted,
      "ssl.keystore.certificate.chain": own.certificate,
    };
    expect(read({ ...properties, "ssl.key.password": "open" })).toMatchObject({ ok: true });
    const wrong = problemOf({ ...properties, "ssl.key.password": "sesame" });
    expect(wrong.facts).toEqual([["property", "ssl.key.password"]]);
    expect(JSON.stringify(wrong)).not.toContain("sesame");
  });

  test("an empty ssl.endpoint.identification.algorithm leaves the host name unchecked", () => {
    const properties = { "security.protocol": "SSL", "ssl.endpoint.identification.algorithm": "" };
    expect(read(properties)).toEqual({ ok: true, value: { tls: { verifyHostName: false } } });
  });

  test.each([
    [{ "ssl.truststore.location": "/x.jks" }, "ssl.truststore.type", "keytool -exportcert -rfc"],
    [
      { "ssl.truststore.location": "/x.pem", "ssl.truststore.type": "PEM" },
      "ssl.truststore.location",
      "Check the path",
    ],
    [{ "ssl.truststore.certificates": "nonsense" }, "ssl.truststore.certificates", "BEGIN CERTIFICATE"],
    [
      { "ssl.keystore.location": "/x.p12", "ssl.keystore.type": "PKCS12" },
      "ssl.keystore.type",
      "ssl.keystore.type=PEM",
    ],
  ])("what cannot be used is refused by name with what to do: %j", (extra, property, advice) => {
    const refused = problemOf({ "security.protocol": "SSL", ...extra });
    expect(refused.facts).toEqual([["property", property]]);
    expect(refused.suggestion).toContain(advice);
  });
});
