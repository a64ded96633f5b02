import { Kafka, logLevel, type SASLOptions } from "kafkajs";
import { afterEach, describe, expect, test } from "vitest";
import { makeTestAuthority } from "../testing/certificates.ts";
import { startCluster, type TestCluster } from "./testing/start-cluster.ts";

const PROTOCOLS = "listener.security.protocol.map";
const LOGIN = {
  "sasl.enabled.mechanisms": "PLAIN",
  "listener.name.external.plain.sasl.jaas.config":
    'org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="alice-secret";',
};

/** A new object each time, because kafkajs keeps things in it. */
function alice(password = "alice-secret"): SASLOptions {
  return { mechanism: "plain", username: "alice", password };
}

let cluster: TestCluster | undefined;
afterEach(() => cluster?.stop());

type Security = { readonly sasl?: SASLOptions; readonly ca?: string };

async function roundTrip(bootstrap: string, { sasl, ca }: Security): Promise<string[]> {
  const kafka = new Kafka({
    brokers: [bootstrap],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    ...(ca === undefined ? {} : { ssl: { ca } }),
    ...(sasl === undefined ? {} : { sasl }),
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: "secured" }] });
    return await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}

describe("a listener with security", () => {
  test("SASL_PLAINTEXT lets in who is in the JAAS text, and nobody else", async () => {
    cluster = await startCluster({
      config: { [PROTOCOLS]: "EXTERNAL:SASL_PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT", ...LOGIN },
    });
    expect(await roundTrip(cluster.bootstrap, { sasl: alice() })).toContain("secured");
    await expect(roundTrip(cluster.bootstrap, { sasl: alice("wrong") })).rejects.toThrow(/invalid credentials/);
    await expect(roundTrip(cluster.bootstrap, {})).rejects.toThrow(/Closed connection|closed|Connection/);
  });

  test("SSL serves a certificate from PEM, and SASL over it", async () => {
    const authority = makeTestAuthority();
    const { key, certificate } = authority.issue({ subject: [["CN", "broker"]], hosts: ["127.0.0.1"] });
    const pem = {
      "ssl.keystore.type": "PEM",
      "ssl.keystore.key": key,
      "ssl.keystore.certificate.chain": certificate,
    };
    cluster = await startCluster({
      config: { [PROTOCOLS]: "EXTERNAL:SASL_SSL,INTERNAL:SSL,CONTROLLER:PLAINTEXT", ...pem, ...LOGIN },
    });
    expect(await roundTrip(cluster.bootstrap, { sasl: alice(), ca: authority.certificate })).toContain("secured");
    await expect(roundTrip(cluster.bootstrap, { sasl: alice(), ca: makeTestAuthority().certificate })).rejects.toThrow(
      /certificate|authority|signed/,
    );
  });
});
