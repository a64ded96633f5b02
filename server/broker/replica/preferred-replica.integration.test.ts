import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../../testing/until.ts";
import { CreateTopics } from "../../wire/apis/create-topics.ts";
import { Fetch } from "../../wire/apis/fetch.ts";
import { NONE, NOT_LEADER_OR_FOLLOWER } from "../../wire/errors.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";
import { RACK_AWARE_SELECTOR } from "./preferred-replica.ts";

const TOPIC = "local";
/** The last version whose clients read from leaders only. */
const LEADERS_ONLY = 10;

let cluster: TestCluster;
let clients: TestClient[];
let topicId: string;

beforeAll(async () => {
  cluster = await startCluster({
    brokers: 3,
    racks: ["a", "b", "c"],
    config: { "replica.selector.class": RACK_AWARE_SELECTOR },
  });
  clients = await Promise.all(cluster.bootstrap.split(",").map((address) => TestClient.connect(address)));
  const assignments = [{ partitionIndex: 0, brokerIds: [1, 2] }];
  const topics = [{ name: TOPIC, numPartitions: -1, replicationFactor: -1, assignments }];
  const created = await client(1).ask(CreateTopics, { topics, timeoutMs: 10_000 });
  topicId = created.topics[0]?.topicId ?? "";
  await until(async () => (await client(1).produce(TOPIC, ["one", "two"])).errorCode === NONE);
});
afterAll(async () => {
  for (const each of clients) each.close();
  await cluster.stop();
});

function client(broker: number): TestClient {
  const found = clients[broker - 1];
  if (found === undefined) throw new Error(`broker ${broker} has a client`);
  return found;
}

/** What a consumer gets of the partition from one broker. */
async function fetch(broker: number, options: { readonly rackId: string; readonly version?: number }) {
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 100_000 }];
  const topics = [{ topic: TOPIC, topicId, partitions }];
  const { rackId, version } = options;
  const request = { maxWaitMs: 0, minBytes: 1, maxBytes: 100_000, topics, ...(rackId === "" ? {} : { rackId }) };
  const { responses } = await client(broker).ask(Fetch, request, version);
  const answer = responses[0]?.partitions[0];
  return { ...answer, bytes: answer?.records?.byteLength ?? 0 };
}

test("a consumer is sent to the replica of its rack, and reads there what is committed", async () => {
  // The leader sends nobody to a follower that is not known to hold the offset.
  await until(async () => (await fetch(1, { rackId: "b" })).preferredReadReplica === 2);
  expect(await fetch(1, { rackId: "b" })).toMatchObject({ errorCode: NONE, bytes: 0, highWatermark: 2 });
  await until(async () => (await fetch(2, { rackId: "b" })).highWatermark === 2);
  const [there, here] = [await fetch(2, { rackId: "b" }), await fetch(1, { rackId: "a" })];
  expect(there).toMatchObject({ errorCode: NONE, preferredReadReplica: -1 });
  expect(there.bytes).toBe(here.bytes);
  expect(here.bytes).toBeGreaterThan(0);
});

test("a consumer of the leader's rack, of one without a replica, and of none reads from the leader", async () => {
  for (const rackId of ["a", "c", "elsewhere", ""])
    expect(await fetch(1, { rackId })).toMatchObject({ errorCode: NONE, preferredReadReplica: -1 });
});

test("a client that knows no other than leaders is not sent, and not served by a follower", async () => {
  expect((await fetch(1, { rackId: "", version: LEADERS_ONLY })).bytes).toBeGreaterThan(0);
  expect((await fetch(2, { rackId: "", version: LEADERS_ONLY })).errorCode).toBe(NOT_LEADER_OR_FOLLOWER);
});

test("who waits at a follower is woken by what comes there", async () => {
  const partitions = [{ partition: 0, fetchOffset: 2, partitionMaxBytes: 100_000 }];
  const topics = [{ topic: TOPIC, topicId, partitions }];
  const waiting = client(2).ask(Fetch, { maxWaitMs: 50_000, minBytes: 1, maxBytes: 100_000, topics, rackId: "b" });
  await client(1).produce(TOPIC, ["three"]);
  const { responses } = await waiting;
  expect(responses[0]?.partitions[0]?.records?.byteLength).toBeGreaterThan(0);
});
