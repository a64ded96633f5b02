import { afterAll, beforeAll, expect, test } from "vitest";
import { startCluster, type TestCluster } from "../../../broker/testing/start-cluster.ts";
import { localUser } from "../../actor.ts";
import { closeContext, type ConsoleContext, createContext } from "../../context.ts";
import { createTopic } from "../../create-topic.ts";
import { listBrokers } from "../../list-brokers.ts";
import { readOverview } from "../../read-overview.ts";
import { History } from "../history/history.ts";
import { openStore } from "../store/store.ts";
import { Rebalances } from "../rebalances/rebalances.ts";
import { Sampler } from "./sampler.ts";

const cluster = "local";
let running: TestCluster;
let context: ConsoleContext;

beforeAll(async () => {
  running = await startCluster();
  context = contextOf(running.bootstrap);
});
afterAll(() => closeContext(context));

test("what was swept is shown when it cannot be kept", async () => {
  const sampler = new Sampler(
    clusterOf(context),
    historyOfNoUse(),
    new Rebalances(openStore("", 0).store, cluster),
    (error) => expect.fail(String(error)),
  );
  const { snapshot, problems } = await sampler.sampled();
  expect(snapshot.brokers.length).toBe(1);
  expect(problems).toMatchObject([{ code: "store-unusable", detail: expect.stringContaining("no such table") }]);
});

test("an old number keeps its time when the cluster is gone, and the reason stands beside it", async () => {
  await createTopic(context, localUser, { cluster, name: "kept", partitions: 1, replicationFactor: 1, configs: {} });
  const before = await readOverview(context, localUser, { cluster });
  expect(before).toMatchObject({ ok: true, value: { topics: 1, problems: [] } });
  await running.stop();
  const after = await readOverview(context, localUser, { cluster });
  if (!before.ok || !after.ok) throw new Error("an overview that was read once stays");
  expect(after.value.topics).toBe(1);
  expect(after.value.readAtMs).toBe(before.value.readAtMs);
  expect(after.value.problems[0]).toMatchObject({ title: "The cluster could not be read", retryable: true });
  expect(context.engine.samplers.get(cluster)?.trend("topic-end", "kept")).toHaveLength(30);
});

test("a cluster that was never seen is a problem, not an empty page", async () => {
  const lost = contextOf(running.bootstrap);
  const found = await listBrokers(lost, localUser, { cluster });
  expect(found).toMatchObject({
    ok: false,
    problem: { code: "cluster-unreachable", title: "The cluster could not be read" },
  });
  await closeContext(lost);
});

function clusterOf({ clusters }: ConsoleContext) {
  const found = clusters.get(cluster);
  if (found === undefined) throw new Error("the context has its cluster");
  return found;
}

/** A history whose tables went away under it. */
function historyOfNoUse(): History {
  const { store } = openStore("", 0);
  const history = new History(store);
  store.prepare("DROP TABLE recent").run();
  return history;
}

function contextOf(bootstrap: string): ConsoleContext {
  return createContext({
    clusters: [{ id: cluster, name: "Local", bootstrap: bootstrap.split(","), clientProperties: {}, bundled: false }],
    dataDirectory: "",
    host: "127.0.0.1",
    port: 0,
    allowedHosts: [],
  });
}
