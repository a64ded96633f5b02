import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApacheKafka, startApacheKafka } from "../../testing/apache-kafka.ts";
import { describeJudged } from "../../testing/judges.ts";
import { runKafkaTool } from "../../testing/kafka-tool.ts";
import { until } from "../../testing/until.ts";
import { AlterClientQuotas } from "../../wire/apis/alter-client-quotas.ts";
import { CreateTopics } from "../../wire/apis/create-topics.ts";
import { DescribeClientQuotas } from "../../wire/apis/describe-client-quotas.ts";
import { Fetch } from "../../wire/apis/fetch.ts";
import { Produce } from "../../wire/apis/produce.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { batchOf, TestClient } from "../testing/test-client.ts";

const TOPIC = "limited";
const BYTES = 40_000;
/** Kafka counts the header of a fetch's answer too: some tens of bytes, at 1,000 a second over ten seconds. */
const NEAR_MS = 200;
const SECOND_MS = 1_000;
/** Connections that a quota of 1 a second lets come at once: a rate is that of ten seconds. */
const AT_ONCE = 10;

describeJudged("quotas of clients, beside Apache Kafka's", ["java", "mvn"], () => {
  let ours: TestCluster;
  let kafka: ApacheKafka;

  beforeAll(async () => {
    [ours, kafka] = await Promise.all([startCluster(), startApacheKafka()]);
  });
  afterAll(async () => {
    await Promise.all([ours.stop(), kafka.stop()]);
  });

  /** kafka-configs sets a quota for each client id; settles when the broker knows the last. */
  async function limit(bootstrap: string, quotas: Readonly<Record<string, string>>): Promise<void> {
    const names = Object.entries(quotas);
    for (const [clientId, config] of names) {
      const args = ["--alter", "--add-config", config, "--entity-type", "clients", "--entity-name", clientId];
      const done = await runKafkaTool("configs", ["--bootstrap-server", bootstrap, ...args]);
      expect(done.exitCode, done.stdout + done.stderr).toBe(0);
    }
    const client = await TestClient.connect(bootstrap);
    const components = [{ entityType: "client-id", matchType: 2, match: null }];
    await until(async () => {
      const { entries } = await client.ask(DescribeClientQuotas, { components, strict: true });
      return (entries ?? []).length === names.length;
    });
    client.close();
  }

  /** throttle_time_ms and error codes of the same requests. */
  async function throttles(bootstrap: string) {
    const admin = await TestClient.connect(bootstrap);
    await admin.createTopic(TOPIC);
    await admin.produce(TOPIC, ["x".repeat(BYTES)], { acks: 1 });
    admin.close();
    await limit(bootstrap, {
      producer: "producer_byte_rate=1000",
      consumer: "consumer_byte_rate=1000",
      maker: "controller_mutation_rate=1",
    });
    const producer = await TestClient.connect(bootstrap, "producer");
    const partitionData = [{ index: 0, records: batchOf(["x".repeat(BYTES)]) }];
    const produced = await producer.ask(
      Produce,
      { acks: 1, timeoutMs: 10_000, topicData: [{ name: TOPIC, partitionData }] },
      12,
    );
    producer.close();
    const consumer = await TestClient.connect(bootstrap, "consumer");
    const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1_000_000 }];
    const fetched = await consumer.ask(
      Fetch,
      { maxWaitMs: 0, minBytes: 1, topics: [{ topic: TOPIC, partitions }] },
      12,
    );
    consumer.close();
    const created: { errorCode: number; throttleTimeMs: number }[] = [];
    for (const name of ["made", "refused"]) {
      const maker = await TestClient.connect(bootstrap, "maker");
      const topics = [{ name, numPartitions: 20, replicationFactor: 1, assignments: [], configs: [] }];
      const { throttleTimeMs, topics: made } = await maker.ask(CreateTopics, { topics, timeoutMs: 10_000 });
      created.push({ errorCode: made[0]?.errorCode ?? -1, throttleTimeMs });
      maker.close();
    }
    return {
      codes: [
        produced.responses[0]?.partitionResponses[0]?.errorCode,
        fetched.errorCode,
        ...created.map((each) => each.errorCode),
      ],
      empty: fetched.responses.length === 0,
      isSlowed: created.map((each) => each.throttleTimeMs > 0),
      times: [produced.throttleTimeMs, fetched.throttleTimeMs],
    };
  }

  test("the same requests are answered with the same errors and the same times to be silent", async () => {
    const theirs = await throttles(kafka.bootstrap);
    const own = await throttles(ours.bootstrap);
    expect({ ...own, times: [] }).toEqual({ ...theirs, times: [] });
    for (const [index, timeMs] of own.times.entries())
      expect(
        Math.abs(timeMs - (theirs.times[index] ?? 0)),
        `${own.times.join()} and ${theirs.times.join()}`,
      ).toBeLessThan(NEAR_MS);
  });

  /** Connects again and again until it is refused; answers how often it was taken. */
  async function takenUntilRefused(address: string): Promise<number> {
    const startedMs = performance.now();
    const taken: TestClient[] = [];
    for (;;) {
      const client = await TestClient.connect(address).catch((failure: unknown) => {
        expect(failure).toMatchObject({ kind: "disconnected" });
        return undefined;
      });
      if (client === undefined) break;
      taken.push(client);
      const seconds = (performance.now() - startedMs) / SECOND_MS;
      expect(taken.length, "ten at once, one for each second, and what came before the quota was known").toBeLessThan(
        AT_ONCE + seconds + 3,
      );
    }
    for (const client of taken) client.close();
    return taken.length;
  }

  test("an address connects as often as it may, to brokers and to the controller, and then hears nothing before it is closed", async () => {
    const entity = [{ entityType: "ip", entityName: "127.0.0.1" }];
    const components = [{ entityType: "ip", matchType: 0, match: "127.0.0.1" }];
    for (const { bootstrap, controllerAddress } of [kafka, ours]) {
      const admin = await TestClient.connect(bootstrap);
      const limitAddress = async (remove: boolean) => {
        const ops = [{ key: "connection_creation_rate", value: 1, remove }];
        await admin.ask(AlterClientQuotas, { entries: [{ entity, ops }], validateOnly: false });
        await until(async () => {
          const { entries } = await admin.ask(DescribeClientQuotas, { components, strict: true });
          return (entries ?? []).length === (remove ? 0 : 1);
        });
      };
      await limitAddress(false);
      expect(await takenUntilRefused(bootstrap)).toBeGreaterThanOrEqual(AT_ONCE);
      // A broker of Kafka that is the controller too counts both together.
      await takenUntilRefused(controllerAddress);
      await limitAddress(true);
      admin.close();
    }
  });
});
