import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ControlRequest } from "../../lib/contracts/control.ts";
import { describeTopic } from "../client/admin/topics.ts";
import { LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { Changes } from "../testing/console-changes.ts";
import { clientOf, contextOf } from "../testing/console-context.ts";
import { type Odradek, startOdradek } from "../testing/odradek.ts";
import { appendBatch, textRecord } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { askPlatform } from "./control-client.ts";

const topic = "unclean.orders";

let odradek: Odradek;
let context: ConsoleContext;

beforeAll(async () => {
  odradek = await startOdradek({ extraFlags: ["--brokers", "3"] });
  context = contextOf(odradek.bootstrap);
});
afterAll(async () => {
  await closeContext(context);
  await odradek.dispose();
});

test("where no replica in sync is left, an unclean election says what it loses, and loses that", async () => {
  const order = async (request: ControlRequest) =>
    expect(await askPlatform(odradek.dataDirectory, request)).toMatchObject({ ok: true });
  const partition = async () => (await describeTopic(clientOf(context), topic))?.partitions[0];
  const end = async () => (await listOffsets(clientOf(context), [{ topic, partition: 0, timestampMs: LATEST }]))[0];
  const kafka = new Kafka({ brokers: odradek.bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const replicaAssignment = [{ partition: 0, replicas: [1, 2] }];
  const configEntries = [{ name: "min.insync.replicas", value: "1" }];
  await admin.createTopics({ topics: [{ topic, replicaAssignment, configEntries }], waitForLeaders: true });
  await admin.disconnect();
  const write = (values: readonly string[]) =>
    appendBatch(
      clientOf(context),
      { topic, partition: 0 },
      values.map((value) => textRecord(null, value, Date.now())),
    );
  await until(async () => (await partition())?.leaderId === 1);
  await write(["kept"]);
  await order({ command: "stop-broker", broker: 2 });
  await until(async () => (await partition())?.isrNodes.join() === "1");
  await write(["lost", "lost"]);
  await order({ command: "stop-broker", broker: 1 });
  await order({ command: "start-broker", broker: 2 });
  await until(async () => (await partition())?.leaderId === -1);

  const changes = new Changes(() => context);
  const input = { election: "unclean", topics: [topic], partitions: [{ topic, partition: 0 }] };
  const plan = await changes.plan("elect-leaders", input);
  expect(plan.impact[0]).toMatchObject({ severity: "critical", text: expect.stringContaining("lost") });
  expect(plan.irreversible).toContain("are gone");
  await changes.make("elect-leaders", input);
  await until(async () => (await partition())?.leaderId === 2);
  await until(async () => (await end())?.offset === 1);
  expect((await changes.noPlan("elect-leaders", input)).detail).toBe("Every partition has a leader.");
});
