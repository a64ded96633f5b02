import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCluster, type TestCluster } from "../broker/testing/start-cluster.ts";
import { bad, clientOf, cluster, contextOf, good } from "../testing/console-context.ts";
import { appendBatch, makeTopic, textRecord } from "../testing/seed-topic.ts";
import { until } from "../testing/until.ts";
import { localUser } from "./actor.ts";
import { closeContext, type ConsoleContext } from "./context.ts";
import { describeTopic } from "./describe-topic.ts";
import { listPartitions } from "./list-partitions.ts";
import { listTopics } from "./list-topics.ts";
import { readMessages } from "./read-messages.ts";

describe("a cluster of which a part is away", () => {
  let running: TestCluster;
  let context: ConsoleContext;
  let whole: Awaited<ReturnType<typeof listTopics>>;
  const topic = "half";

  beforeAll(async () => {
    running = await startCluster({ brokers: 2 });
    context = contextOf(running.bootstrap);
    const client = clientOf(context);
    await makeTopic(client, topic, { partitions: 4 });
    for (const partition of [0, 1, 2, 3])
      await appendBatch(client, { topic, partition }, [textRecord(null, `p${partition}`, partition)]);
    whole = await listTopics(context, localUser, { cluster });
    await running.brokers[1]?.stop();
    // The other broker hears of it from the controller.
    await until(async () => {
      await client.refresh([topic]);
      return client.metadata.topic(topic)?.partitions.filter(({ leaderId }) => leaderId < 0).length === 2;
    });
  });
  afterAll(async () => {
    await closeContext(context);
    await running.stop();
  });

  test("is shown whole while all of it is there", () => {
    const { problems, topics } = good(whole);
    expect(problems).toEqual([]);
    expect(topics.find(({ name }) => name === topic)).toMatchObject({ messages: 4, offline: 0 });
  });

  test("shows what is there, says what is not, and passes no half sum off as the whole", async () => {
    const detail = good(await describeTopic(context, localUser, { cluster, topic }));
    expect(detail).toMatchObject({ partitionCount: 4, offline: 2, messages: null, sizeBytes: null });
    expect(detail.problems.map((problem) => problem.detail)).toContain("Broker 2 is not in the cluster now.");
    const list = good(await listPartitions(context, localUser, { cluster, topic }));
    const led = list.partitions.filter(({ leader }) => leader !== null);
    expect(led.map(({ endOffset }) => endOffset)).toEqual(["1", "1"]);
    const offline = list.partitions.filter(({ leader }) => leader === null);
    expect(offline.map(({ endOffset, replicas }) => [endOffset, replicas[0]?.state])).toEqual([
      [null, "offline"],
      [null, "offline"],
    ]);
  });

  test("messages of the partitions that answer are shown, each other has its problem", async () => {
    const page = good(await readMessages(context, localUser, { cluster, topic, query: { from: "oldest", limit: 10 } }));
    expect(page.records).toHaveLength(2);
    const silent = page.partitions.filter(({ problem }) => problem !== null);
    expect(silent.map(({ problem }) => problem?.code)).toEqual(["broker-unavailable", "broker-unavailable"]);
  });

  test("a cluster that is gone is said to be gone, by every use case", async () => {
    await running.brokers[0]?.stop();
    context.clusters.get(cluster)?.forgetTopics();
    for (const asked of [
      await listTopics(context, localUser, { cluster }),
      await describeTopic(context, localUser, { cluster, topic }),
      await readMessages(context, localUser, { cluster, topic, query: { from: "newest", limit: 10 } }),
    ]) {
      expect(bad(asked)).toMatchObject({ retryable: true });
      expect(bad(asked).code).toMatch(/^(cluster-unreachable|broker-unavailable)$/);
    }
  });
});
