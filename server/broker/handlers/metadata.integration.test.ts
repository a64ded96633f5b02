import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequestInput, ResponseOf } from "../../wire/api.ts";
import { CreatePartitions } from "../../wire/apis/create-partitions.ts";
import { CreateTopics } from "../../wire/apis/create-topics.ts";
import { DeleteTopics } from "../../wire/apis/delete-topics.ts";
import { DescribeCluster } from "../../wire/apis/describe-cluster.ts";
import { DescribeTopicPartitions } from "../../wire/apis/describe-topic-partitions.ts";
import { Metadata } from "../../wire/apis/metadata.ts";
import {
  INVALID_PARTITIONS,
  INVALID_REPLICATION_FACTOR,
  INVALID_TOPIC_EXCEPTION,
  MISMATCHED_ENDPOINT_TYPE,
  NONE,
  TOPIC_ALREADY_EXISTS,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
  UNSUPPORTED_ENDPOINT_TYPE,
} from "../../wire/errors.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";

let cluster: TestCluster;
let client: TestClient;
beforeAll(async () => {
  cluster = await startCluster({ config: { "num.partitions": "2" } });
  client = await TestClient.connect(cluster.bootstrap);
});
afterAll(async () => {
  client.close();
  await cluster.stop();
});

describe("Metadata", () => {
  test("tells the cluster and its brokers as the listener's clients reach them", async () => {
    const answer = await client.ask(Metadata, { topics: [] });
    expect(answer).toMatchObject({ clusterId: cluster.clusterId, controllerId: 1, topics: [] });
    expect(answer.brokers.map(({ nodeId, host, port }) => `${nodeId} ${host}:${port}`)).toEqual([
      `1 ${cluster.bootstrap}`,
    ]);
  });

  test("an empty list is all topics in version 0, and none later; null is all", async () => {
    await client.createTopic("listed");
    const names = async (topics: { name: string }[] | null, version: number) =>
      (await client.ask(Metadata, { topics }, version)).topics.map(({ name }) => name);
    expect(await names([], 0)).toContain("listed");
    expect(await names([], 1)).toEqual([]);
    expect(await names(null, 1)).toContain("listed");
    expect(await names(null, 13)).toContain("listed");
  });

  test("makes a missing topic, in the same answer, where client and broker allow it", async () => {
    const made = await client.ask(Metadata, { topics: [{ name: "made" }], allowAutoTopicCreation: true });
    expect(made.topics[0]).toMatchObject({ errorCode: NONE, name: "made" });
    expect(made.topics[0]?.partitions.map(({ leaderId }) => leaderId)).toEqual([1, 1]);
    const old = await client.ask(Metadata, { topics: [{ name: "made-by-old" }] }, 1);
    expect(old.topics[0]?.errorCode).toBe(NONE);
    const refused = await client.ask(Metadata, { topics: [{ name: "not-made" }], allowAutoTopicCreation: false });
    expect(refused.topics[0]).toMatchObject({
      errorCode: UNKNOWN_TOPIC_OR_PARTITION,
      name: "not-made",
      partitions: [],
    });
  });

  test.each(["bad name", "..", "x".repeat(250)])("does not make a topic of the name %j", async (name) => {
    const answer = await client.ask(Metadata, { topics: [{ name }], allowAutoTopicCreation: true });
    expect(answer.topics[0]?.errorCode).toBe(INVALID_TOPIC_EXCEPTION);
  });

  test("finds topics by id", async () => {
    const topicId = await client.createTopic("by-id");
    const ask = (id: string) =>
      client.ask(Metadata, { topics: [{ topicId: id, name: null }], allowAutoTopicCreation: false }, 12);
    expect((await ask(topicId)).topics[0]).toMatchObject({ errorCode: NONE, name: "by-id", topicId });
    expect((await ask("AAAAAAAAAAAAAAAAAAAAXw")).topics[0]).toMatchObject({ errorCode: UNKNOWN_TOPIC_ID, name: null });
  });

  test("tells authorised operations only to those who ask", async () => {
    await client.createTopic("operations");
    const ask = async (includeTopicAuthorizedOperations: boolean) =>
      (await client.ask(Metadata, { topics: [{ name: "operations" }], includeTopicAuthorizedOperations })).topics[0]
        ?.topicAuthorizedOperations;
    expect(await ask(false)).toBe(-2_147_483_648);
    // READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS
    expect(await ask(true)).toBe(0b1101_1111_1000);
  });
});

describe("topics, through the controller", () => {
  test("are made with their configs told, and refused with Kafka's codes", async () => {
    const create = async (topics: NonNullable<RequestInput<typeof CreateTopics>["topics"]>) =>
      (await client.ask(CreateTopics, { topics, timeoutMs: 5000 })).topics[0];
    const made = await create([{ name: "told", numPartitions: -1, replicationFactor: -1 }]);
    expect(made).toMatchObject({ errorCode: NONE, numPartitions: 2, replicationFactor: 1 });
    expect(made?.configs?.find(({ name }) => name === "cleanup.policy")).toMatchObject({
      value: "delete",
      configSource: 5,
    });
    expect((await create([{ name: "told" }]))?.errorCode).toBe(TOPIC_ALREADY_EXISTS);
    expect((await create([{ name: "zero", numPartitions: 0, replicationFactor: 1 }]))?.errorCode).toBe(
      INVALID_PARTITIONS,
    );
    expect((await create([{ name: "many", numPartitions: 1, replicationFactor: 3 }]))?.errorCode).toBe(
      INVALID_REPLICATION_FACTOR,
    );
    expect((await create([{ name: "a b", numPartitions: 1, replicationFactor: 1 }]))?.errorCode).toBe(
      INVALID_TOPIC_EXCEPTION,
    );
  });

  test("grow, and are deleted by name and by id", async () => {
    const topicId = await client.createTopic("short-lived");
    const grow = (count: number) =>
      client.ask(CreatePartitions, { topics: [{ name: "short-lived", count, assignments: null }], timeoutMs: 5000 });
    expect((await grow(3)).results[0]?.errorCode).toBe(NONE);
    expect((await grow(2)).results[0]?.errorCode).toBe(INVALID_PARTITIONS);
    const remove = async () =>
      (await client.ask(DeleteTopics, { topics: [{ name: null, topicId }], timeoutMs: 5000 })).responses[0];
    expect(await remove()).toMatchObject({ errorCode: NONE, name: "short-lived" });
    expect(await remove()).toMatchObject({ errorCode: UNKNOWN_TOPIC_ID });
    const old = await client.ask(DeleteTopics, { topicNames: ["short-lived"], timeoutMs: 5000 }, 3);
    expect(old.responses[0]).toMatchObject({ errorCode: UNKNOWN_TOPIC_OR_PARTITION, name: "short-lived" });
  });
});

describe("DescribeCluster", () => {
  test("tells brokers, and refuses to be asked for controllers", async () => {
    const answer = await client.ask(DescribeCluster, {
      includeClusterAuthorizedOperations: true,
      includeFencedBrokers: true,
    });
    expect(answer).toMatchObject({ errorCode: NONE, clusterId: cluster.clusterId, controllerId: 1 });
    expect(answer.brokers).toMatchObject([{ brokerId: 1, isFenced: false }]);
    expect(answer.clusterAuthorizedOperations).toBeGreaterThan(0);
    expect((await client.ask(DescribeCluster, { endpointType: 2 })).errorCode).toBe(MISMATCHED_ENDPOINT_TYPE);
    expect((await client.ask(DescribeCluster, { endpointType: 7 })).errorCode).toBe(UNSUPPORTED_ENDPOINT_TYPE);
  });
});

type Page = ResponseOf<typeof DescribeTopicPartitions>;

function namesOf({ name, errorCode, partitions }: Page["topics"][number]): string[] {
  return errorCode === NONE
    ? partitions.map(({ partitionIndex }) => `${name}-${partitionIndex}`)
    : [`${name}: ${errorCode}`];
}

describe("DescribeTopicPartitions", () => {
  test("goes through topics page by page", async () => {
    await client.createTopic("page-a", {}, 3);
    await client.createTopic("page-b", {}, 3);
    const names = [{ name: "page-b" }, { name: "page-a" }, { name: "page-missing" }];
    const pages: string[][] = [];
    for (let cursor: Page["nextCursor"] = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
      const page: Page = await client.ask(DescribeTopicPartitions, {
        topics: names,
        responsePartitionLimit: 2,
        cursor,
      });
      pages.push(page.topics.flatMap(namesOf));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual([
      ["page-a-0", "page-a-1"],
      ["page-a-2", "page-b-0"],
      ["page-b-1", "page-b-2"],
      ["page-missing: 3"],
    ]);
  });

  test("tells eligible leader replicas", async () => {
    await client.createTopic("elr");
    const answer = await client.ask(DescribeTopicPartitions, { topics: [{ name: "elr" }] });
    expect(answer.topics[0]?.partitions[0]).toMatchObject({
      leaderId: 1,
      isrNodes: [1],
      eligibleLeaderReplicas: [],
      lastKnownElr: [],
      offlineReplicas: [],
    });
  });
});
