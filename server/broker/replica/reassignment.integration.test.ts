import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Admin, Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../../testing/until.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { Load, readAll } from "./testing/load.ts";

const TOPIC = "moving";
/** Where the partitions are at first, and where they go: each of the brokers gains and loses. */
const BEFORE = [
  [1, 2],
  [2, 3],
  [3, 1],
];
const AFTER = [[3, 2], [1], [1, 2, 3]];

let cluster: TestCluster;
let kafka: Kafka;
let admin: Admin;

beforeAll(async () => {
  cluster = await startCluster({ brokers: 3 });
  kafka = new Kafka({
    brokers: cluster.bootstrap.split(","),
    clientId: "reassignment-test",
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 50 },
  });
  admin = kafka.admin();
  await admin.connect();
  const replicaAssignment = BEFORE.map((replicas, partition) => ({ partition, replicas }));
  await admin.createTopics({ topics: [{ topic: TOPIC, replicaAssignment }] });
});
afterAll(async () => {
  await admin?.disconnect();
  await cluster?.stop();
});

function replicasNow(): (readonly number[])[] {
  const topic = cluster.controller.controller.image.topicsByName.get(TOPIC);
  return topic?.partitions.map((partition) => partition.replicas) ?? [];
}

/** Brokers that keep a directory of a partition. */
function holders(partition: number): number[] {
  return [1, 2, 3].filter((broker) => existsSync(join(cluster.directory, `broker-${broker}`, `${TOPIC}-${partition}`)));
}

async function move(assignment: readonly (readonly number[])[]): Promise<void> {
  const partitionAssignment = assignment.map((target, partition) => ({ partition, replicas: [...target] }));
  await admin.alterPartitionReassignments({ topics: [{ topic: TOPIC, partitionAssignment }] });
  await until(async () => (await admin.listPartitionReassignments({})).topics.length === 0);
}

test("partitions move between brokers and back under load; nothing is lost and nothing stays behind", async () => {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const load = new Load(producer, { topic: TOPIC, partitions: BEFORE.length });
  await load.more(200);
  await move(AFTER);
  expect(replicasNow()).toEqual(AFTER);
  await load.more(200);
  await until(() =>
    AFTER.every((target, partition) => holders(partition).join() === target.toSorted((a, b) => a - b).join()),
  );
  await move(BEFORE);
  expect(replicasNow()).toEqual(BEFORE);
  await load.more(200);
  await load.stop();
  await producer.disconnect();
  const read = await readAll(kafka.consumer({ groupId: "readers" }), TOPIC, load.acknowledged.length);
  expect(read.toSorted()).toEqual(load.acknowledged.toSorted());
});
