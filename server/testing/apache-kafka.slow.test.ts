import { Kafka, logLevel, type SASLOptions } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApacheKafka, startApacheKafka } from "./apache-kafka.ts";
import { saslUser } from "./apache-kafka-properties.ts";
import { readJar } from "./jar.ts";
import { describeJudged } from "./judges.ts";
import { runKafkaTool } from "./kafka-tool.ts";
import { runKcat } from "./kcat.ts";
import { kafkaJar, type KafkaVersion } from "./maven.ts";

for (const version of ["4.2", "3.9"] satisfies KafkaVersion[]) {
  describeJudged(`Apache Kafka ${version}`, ["java", "mvn", "kcat"], () => {
    let cluster: ApacheKafka;
    beforeAll(async () => {
      cluster = await startApacheKafka({ version, brokers: 2, tls: true });
    });
    afterAll(async () => {
      await cluster?.stop();
    });

    test("shows kcat a topic made by its own tool", async () => {
      const create = ["--bootstrap-server", cluster.bootstrap, "--create", "--topic", "myorders", "--partitions", "3"];
      expect(await runKafkaTool("topics", create, { version })).toMatchObject({ exitCode: 0 });
      expect((await runKcat(cluster.bootstrap, ["-L"])).stdout).toContain('topic "myorders" with 3 partitions');
    });

    test.each<SASLOptions>([
      { mechanism: "plain", ...saslUser },
      { mechanism: "scram-sha-256", ...saslUser },
      { mechanism: "scram-sha-512", ...saslUser },
    ])("lets the user in by $mechanism", async (sasl) => {
      const brokers = cluster.saslBootstrap.split(",");
      const admin = new Kafka({ brokers, sasl, logLevel: logLevel.NOTHING }).admin();
      await admin.connect();
      expect((await admin.describeCluster()).brokers).toHaveLength(2);
      await admin.disconnect();
    });

    test("serves TLS under its certificate", async () => {
      const ssl = { ca: [cluster.certificate] };
      const admin = new Kafka({ brokers: cluster.tlsBootstrap.split(","), ssl, logLevel: logLevel.NOTHING }).admin();
      await admin.connect();
      expect((await admin.describeCluster()).brokers).toHaveLength(2);
      await admin.disconnect();
    });
  });
}

describeJudged("Kafka's jars", ["mvn"], () => {
  test("hold the JSON of the protocol", async () => {
    const jar = readJar(await kafkaJar("4.2", "kafka-clients"), (name) => name === "common/message/FetchRequest.json");
    expect(jar.get("common/message/FetchRequest.json")).toContain('"apiKey": 1');
  });
});
