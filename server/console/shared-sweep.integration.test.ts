import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCluster, type TestCluster } from "../broker/testing/start-cluster.ts";
import { createLog } from "../environment/real/log.ts";
import { realEnvironment } from "../environment/real/real-environment.ts";
import { contextOf, cluster, good } from "../testing/console-context.ts";
import { withRequestsTold } from "../testing/count-requests.ts";
import { until } from "../testing/until.ts";
import { Metadata } from "../wire/apis/metadata.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { createTopic } from "./create-topic.ts";
import { listTopics } from "./list-topics.ts";
import { readOverview } from "./read-overview.ts";

const TABS = 20;

let running: TestCluster;
let context: ConsoleContext;
/** Requests for the metadata of all topics that reached the broker. */
let asked = 0;

beforeAll(async () => {
  const real = realEnvironment({ log: createLog({ format: "text", level: "error" }) });
  const environment = withRequestsTold(real, Metadata, ({ topics }) => {
    if (topics === null) asked += 1;
  });
  running = await startCluster({ environment });
  context = contextOf(running.bootstrap);
});
afterAll(async () => {
  await closeContext(context);
  await running.stop();
});

const names = async () => good(await listTopics(context, localUser, { cluster })).topics.map(({ name }) => name);

test("all tabs and the sampler share one reading of all topics a sweep; a change shows at once, one made elsewhere with the next sweep", async () => {
  const sampler = context.engine.samplers.get(cluster);
  const watched = context.clusters.get(cluster);
  if (sampler === undefined || watched === undefined) throw new Error("the console has its cluster");
  let sweeps = 0;
  sampler.listen(() => (sweeps += 1));
  let told = 0;
  const leave = Array.from({ length: TABS }, () => [
    watched.topicsWatch.listen(() => (told += 1)),
    watched.monitor.listen(() => undefined),
  ]).flat();
  context.engine.start();
  await until(() => sweeps >= 2);

  asked = 0;
  sweeps = 0;
  await until(async () => {
    const tabs = Array.from({ length: TABS }, () => [
      listTopics(context, localUser, { cluster }),
      readOverview(context, localUser, { cluster }),
    ]);
    for (const read of await Promise.all(tabs.flat())) good<unknown>(read);
    return sweeps >= 1;
  });
  // One more sweep may be under way.
  expect([sweeps, sweeps + 1]).toContain(asked);

  good(
    await createTopic(context, localUser, { cluster, name: "own", partitions: 1, replicationFactor: 1, configs: {} }),
  );
  expect(await names()).toContain("own");

  const admin = new Kafka({ brokers: running.bootstrap.split(","), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: "foreign" }], waitForLeaders: true });
  await admin.disconnect();
  told = 0;
  sampler.sweepNow();
  await until(async () => (await names()).includes("foreign"));
  await until(() => told >= TABS);
  for (const one of leave) one();
});
