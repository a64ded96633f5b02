import { existsSync } from "node:fs";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { executable, type Odradek, startOdradek } from "../testing/odradek.ts";
import { runProcess } from "../testing/run-process.ts";
import { topicEnds } from "../testing/topic-ends.ts";

const TOPIC = "orders";
const MESSAGES = 30;

let odradek: Odradek;

beforeAll(async () => {
  odradek = await startOdradek();
});
afterAll(async () => {
  await odradek.dispose();
});

/** `odradek brokers …` on the platform of the test. */
async function brokers(...args: readonly string[]) {
  const {
    exitCode: code,
    stdout,
    stderr,
  } = await runProcess(process.execPath, [executable, "brokers", ...args, "--data", odradek.dataDirectory]);
  return { code, output: stdout + stderr };
}

function kafkaOf(bootstrap: string): Kafka {
  const retry = { retries: 60, initialRetryTime: 100, maxRetryTime: 1_000 };
  return new Kafka({ clientId: "test", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING, retry });
}

/** Replicas of each partition of the topic, and its messages. */
async function topicNow(): Promise<{ readonly replicas: number[][]; readonly messages: number }> {
  const admin = kafkaOf((await odradek.status()).bootstrapServers.join(",")).admin();
  await admin.connect();
  const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] });
  const offsets = await topicEnds(admin, TOPIC);
  await admin.disconnect();
  const replicas = topics[0]?.partitions.map((partition) => partition.replicas) ?? [];
  return { replicas, messages: offsets.reduce((sum, { high }) => sum + Number(high), 0) };
}

test("brokers come, are emptied and leave; the cluster stays as it was left through a restart", async () => {
  const kafka = kafkaOf(odradek.bootstrap);
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: 3, replicationFactor: 3 }] });
  const messages = Array.from({ length: MESSAGES }, (_, index) => ({ partition: index % 3, value: `${index}` }));
  await producer.send({ topic: TOPIC, acks: -1, messages });
  await Promise.all([producer.disconnect(), admin.disconnect()]);

  expect(await brokers("remove", "1", "--drain")).toMatchObject({ code: 1 });
  expect((await brokers("remove", "1", "--drain")).output).toContain("every other broker holds a replica already");
  expect((await brokers("add")).output).toContain("Broker 4 is in the cluster");
  const refused = await brokers("remove", "1");
  expect(refused.code).toBe(1);
  expect(refused.output).toContain(`✗ Broker 1 still has 3 replicas\n  ${TOPIC}-0, ${TOPIC}-1, ${TOPIC}-2.`);

  const drained = await brokers("remove", "1", "--drain");
  expect(drained).toMatchObject({ code: 0, output: expect.stringContaining("Broker 1 has left the cluster.") });
  const { replicas } = await topicNow();
  expect(replicas.map((each) => each.toSorted((a, b) => a - b))).toEqual([
    [2, 3, 4],
    [2, 3, 4],
    [2, 3, 4],
  ]);
  expect((await brokers("remove", "1")).output).toContain("There is no broker 1");

  expect((await brokers("stop", "3")).code).toBe(0);
  expect((await brokers("list")).output).toMatch(/^3\s+stopped/m);
  expect((await brokers("start", "3")).code).toBe(0);
  const { dataDirectory, flags } = odradek;
  await odradek.stop();
  expect(await brokers("list")).toMatchObject({ code: 3 });
  odradek = await startOdradek({ dataDirectory, flags });
  const listed: unknown = JSON.parse((await brokers("list", "--json")).output);
  expect(listed).toMatchObject([2, 3, 4].map((nodeId) => ({ nodeId, state: "running" })));
  expect((await topicNow()).messages).toBe(MESSAGES);
  expect(existsSync(join(dataDirectory, "broker-1", "meta.properties"))).toBe(true);
});
