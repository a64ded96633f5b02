import { type Admin, type Consumer, Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../testing/until.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { Load, readAll } from "./testing/load.ts";

const TOPIC = "orders";
const PARTITIONS = 6;
/** Acknowledged between two steps, so that each meets a cluster at work. */
const BETWEEN_STEPS = 200;

let cluster: TestCluster;
let kafka: Kafka;
let admin: Admin;

beforeAll(async () => {
  cluster = await startCluster({ brokers: 3 });
  kafka = new Kafka({
    brokers: cluster.bootstrap.split(","),
    clientId: "replication-test",
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 50 },
  });
  admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: PARTITIONS }] });
});
afterAll(async () => {
  await admin?.disconnect();
  await cluster?.stop();
});

function partitionsOf(topic: string) {
  return cluster.controller.controller.image.topicsByName.get(topic)?.partitions ?? [];
}

const byNumber = (a: number, b: number) => a - b;

/** Every replica in sync, and every preferred leader in its place. */
function isWhole(topic: string): boolean {
  const partitions = partitionsOf(topic);
  return partitions.every(({ leader, replicas, isr }) => isr.length === replicas.length && leader === replicas[0]);
}

describe("three brokers", () => {
  test("partitions and replicas are spread, three replicas each, all in sync", async () => {
    await until(() => isWhole(TOPIC));
    const leaders = partitionsOf(TOPIC).map(({ leader }) => leader);
    expect(leaders.toSorted(byNumber)).toEqual([1, 1, 2, 2, 3, 3]);
    for (const { replicas } of partitionsOf(TOPIC)) expect(replicas.toSorted(byNumber)).toEqual([1, 2, 3]);
  });

  test("what is acknowledged by all is read back once, through stopping and starting each broker in turn", async () => {
    // With kafkajs's own retries: a broker that stops in order costs its clients no error that these do not cover.
    const patient = new Kafka({ brokers: cluster.bootstrap.split(","), clientId: "load", logLevel: logLevel.NOTHING });
    const producer = patient.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const load = new Load(producer, { topic: TOPIC, partitions: PARTITIONS });
    for (const nodeId of [1, 2, 3]) {
      await load.more(BETWEEN_STEPS);
      await cluster.stopBroker(nodeId);
      expect(partitionsOf(TOPIC).filter(({ leader, isr }) => leader === nodeId || isr.includes(nodeId))).toEqual([]);
      await load.more(BETWEEN_STEPS);
      await cluster.startBroker(nodeId);
      await until(() => isWhole(TOPIC));
    }
    await load.stop();
    await producer.disconnect();
    const read = await readAll(kafka.consumer({ groupId: "readers" }), TOPIC, load.acknowledged.length);
    expect(read.toSorted()).toEqual(load.acknowledged.toSorted());
  });

  // kafkajs waits out a session (30 s) when a member joins anew.
  test("a group goes on with what it has when its coordinator stops", async () => {
    const topic = "clicks";
    await admin.createTopics({ topics: [{ topic, numPartitions: 3 }] });
    const read: string[] = [];
    const assigned = new Map<number, number>();
    const consumers = Array.from({ length: 3 }, () => kafka.consumer({ groupId: "clickers", heartbeatInterval: 200 }));
    const join = async (consumer: Consumer, index: number) => {
      consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
        assigned.set(index, payload.memberAssignment[topic]?.length ?? 0);
      });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        autoCommitInterval: 100,
        eachMessage: ({ message }) => {
          read.push(String(message.value));
          return Promise.resolve();
        },
      });
    };
    await Promise.all(consumers.map(join));
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const send = async (value: string) => {
      for (const partition of [0, 1, 2])
        await producer.send({ topic, acks: -1, messages: [{ partition, value: `${value}-${partition}` }] });
    };
    await send("before");
    await until(() => read.length === 3 && [0, 1, 2].every((index) => assigned.get(index) === 1));

    const coordinator = coordinatorOf("clickers");
    await cluster.stopBroker(coordinator);
    await until(() => ![coordinator, -1].includes(coordinatorOf("clickers")));
    await send("meanwhile");
    await until(() => ["meanwhile-0", "meanwhile-1", "meanwhile-2"].every((value) => read.includes(value)));

    await cluster.startBroker(coordinator);
    await until(() => coordinatorOf("clickers") === coordinator);
    await send("after");
    await until(() => ["after-0", "after-1", "after-2"].every((value) => read.includes(value)));
    // A consumer commits with the records that it reads, and forgoes a commit that meets the move: further records bring the next one.
    const isCommitted = async () => {
      const committed = await admin.fetchOffsets({ groupId: "clickers", topics: [topic] });
      return committed[0]?.partitions.every(({ offset }) => Number(offset) >= 3) ?? false;
    };
    await until(async () => {
      await send("more");
      return isCommitted();
    });
    await Promise.all([producer.disconnect(), ...consumers.map((consumer) => consumer.disconnect())]);
    expect(await isCommitted()).toBe(true);
  });
});

/** The broker that leads the group's partition of __consumer_offsets; -1 while nobody does. */
function coordinatorOf(groupId: string): number {
  const partition = cluster.brokers[0]?.services.groups.partitionOf(groupId) ?? -1;
  return partitionsOf("__consumer_offsets")[partition]?.leader ?? -1;
}
