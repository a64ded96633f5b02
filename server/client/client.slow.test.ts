import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApacheKafka, startApacheKafka } from "../testing/apache-kafka.ts";
import { saslUser } from "../testing/apache-kafka-properties.ts";
import { clientFor, describeClient } from "../testing/client-suite.ts";
import { describeJudged } from "../testing/judges.ts";
import { describeCluster } from "./admin/cluster.ts";
import { describeAllTopics } from "./admin/topics.ts";

for (const version of ["4.2", "3.9"] as const) {
  describeJudged("requests", ["java", "mvn"], () => {
    describeClient(`Apache Kafka ${version}`, () => startApacheKafka({ version }));
  });
}

describeJudged("the client's security on Apache Kafka", ["java", "mvn"], () => {
  let kafka: ApacheKafka;
  beforeAll(async () => {
    kafka = await startApacheKafka({ tls: true, properties: { "connections.max.reauth.ms": "2000" } });
  });
  afterAll(() => kafka.stop());

  test.each(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] as const)(
    "%s lets the user in and keeps others out",
    async (mechanism) => {
      const client = clientFor(kafka.saslBootstrap, { sasl: { mechanism, ...saslUser } });
      expect((await describeCluster(client)).brokers).toHaveLength(1);
      client.close();
      const stranger = clientFor(kafka.saslBootstrap, { sasl: { mechanism, ...saslUser, password: "wrong" } });
      await expect(describeCluster(stranger)).rejects.toMatchObject({ kind: "authentication", errorCode: 58 });
      stranger.close();
    },
  );

  test("a session that ends is followed by another, unseen by the caller", async () => {
    const client = clientFor(kafka.saslBootstrap, { sasl: { mechanism: "PLAIN", ...saslUser } });
    const endMs = performance.now() + 5_000;
    while (performance.now() < endMs) await describeAllTopics(client);
    client.close();
  });

  test("a client without credentials does not get in", async () => {
    const client = clientFor(kafka.saslBootstrap, { connectTimeoutMs: 3_000 });
    await expect(describeCluster(client)).rejects.toMatchObject({ name: "ClientError" });
    client.close();
  });

  test("TLS with the certificate to trust works, and is refused without it or for another host", async () => {
    const trusted = clientFor(kafka.tlsBootstrap, { tls: { ca: kafka.certificate } });
    expect((await describeCluster(trusted)).brokers).toHaveLength(1);
    trusted.close();
    const untrusting = clientFor(kafka.tlsBootstrap, { tls: {} });
    await expect(describeCluster(untrusting)).rejects.toMatchObject({ kind: "tls" });
    untrusting.close();
    const elsewhere = clientFor(kafka.tlsBootstrap, { tls: { ca: kafka.certificate, serverName: "other.example" } });
    await expect(describeCluster(elsewhere)).rejects.toMatchObject({ kind: "tls" });
    elsewhere.close();
    const unnamed = { ca: kafka.certificate, serverName: "other.example", verifyHostName: false };
    const careless = clientFor(kafka.tlsBootstrap, { tls: unnamed });
    expect((await describeCluster(careless)).brokers).toHaveLength(1);
    careless.close();
  });

  test("plain text to a TLS port, and TLS to a plain port, end with words and not with a hang", async () => {
    const plain = clientFor(kafka.tlsBootstrap, { connectTimeoutMs: 3_000 });
    await expect(describeCluster(plain)).rejects.toMatchObject({ name: "ClientError" });
    plain.close();
    const secure = clientFor(kafka.bootstrap, { tls: { ca: kafka.certificate }, connectTimeoutMs: 3_000 });
    await expect(describeCluster(secure)).rejects.toMatchObject({ name: "ClientError" });
    secure.close();
  });
});
