import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCluster, type TestCluster } from "../broker/testing/start-cluster.ts";
import { clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { makeTopic } from "../testing/seed-topic.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { listTransactions } from "./list-transactions.ts";

let running: TestCluster;
let context: ConsoleContext;
beforeAll(async () => {
  running = await startCluster({ brokers: 1 });
  context = contextOf(running.bootstrap);
});
afterAll(async () => {
  await closeContext(context);
  await running.stop();
});

test("producers are told by a cluster that has no transactions to tell", async () => {
  await makeTopic(clientOf(context), "told.orders");
  const kafka = new Kafka({ brokers: running.bootstrap.split(","), logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  await producer.send({ topic: "told.orders", messages: [{ value: "1" }] });
  await producer.disconnect();
  const list = good(await listTransactions(context, localUser, { cluster, topic: "told.orders" }));
  expect(list.transactions).toEqual([]);
  expect(list.untold).toContain("does not serve ListTransactions");
  expect(list.producers).toMatchObject([{ topic: "told.orders", partition: 0, transactionalId: null, hanging: null }]);
  expect(list.problems).toEqual([]);
});
