import { type ApacheKafka, startApacheKafka } from "../../testing/apache-kafka.ts";
import { describeJudged } from "../../testing/judges.ts";
import { ApiVersions } from "../../wire/apis/api-versions.ts";
import { type TestCluster, startCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";
import { brokerHandlers } from "./table.ts";
import { adminScripts } from "./testing/admin-scripts.ts";
import { clientScripts } from "./testing/client-scripts.ts";
import { recordScripts } from "./testing/record-scripts.ts";
import { differences, Talk } from "./testing/talk.ts";
import { afterAll, beforeAll, expect, test } from "vitest";

describeJudged("handlers answer as Apache Kafka 4.2 does", ["java", "mvn"], () => {
  let kafka: ApacheKafka;
  let cluster: TestCluster;
  let theirs: TestClient;
  let ours: TestClient;
  beforeAll(async () => {
    kafka = await startApacheKafka();
    cluster = await startCluster();
    theirs = await TestClient.connect(kafka.bootstrap);
    ours = await TestClient.connect(cluster.bootstrap);
  });
  afterAll(async () => {
    theirs.close();
    ours.close();
    await cluster.stop();
    await kafka.stop();
  });

  for (const [title, script] of Object.entries({ ...recordScripts, ...adminScripts, ...clientScripts })) {
    test(`says the same of ${title}`, async () => {
      const expected = new Talk(theirs);
      const actual = new Talk(ours);
      await script(expected);
      await script(actual);
      expect(differences(expected.notes, actual.notes, "")).toEqual([]);
    });
  }

  test("ApiVersions tells the same ranges for what is served, and the same features", async () => {
    const request = { clientSoftwareName: "test", clientSoftwareVersion: "1" };
    for (const version of [3, 4]) {
      const expected = await theirs.ask(ApiVersions, request, version);
      const actual = await ours.ask(ApiVersions, request, version);
      expect(actual.apiKeys).toEqual(expected.apiKeys.filter(({ apiKey }) => brokerHandlers.has(apiKey)));
      expect(byName(actual.supportedFeatures)).toEqual(byName(expected.supportedFeatures));
      expect(byName(actual.finalizedFeatures)).toEqual(byName(expected.finalizedFeatures));
    }
  });
});

function byName<T extends { readonly name: string }>(features: readonly T[]): T[] {
  return [...features].sort((a, b) => (a.name < b.name ? -1 : 1));
}
