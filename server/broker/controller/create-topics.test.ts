import { describe, expect, test } from "vitest";
import {
  INVALID_CONFIG,
  INVALID_PARTITIONS,
  INVALID_REPLICA_ASSIGNMENT,
  INVALID_REPLICATION_FACTOR,
  INVALID_REQUEST,
  INVALID_TOPIC_EXCEPTION,
  NONE,
  POLICY_VIOLATION,
  TOPIC_ALREADY_EXISTS,
} from "../../wire/errors.ts";
import { createTopics } from "./create-topics.ts";
import { directoryOf, World } from "./testing/world.ts";

type Asked = Parameters<typeof createTopics>[1]["topics"][number];

function asked(topic: Partial<Asked>): Asked {
  return { name: "orders", numPartitions: 1, replicationFactor: 1, assignments: [], configs: [], ...topic };
}

function assigned(...replicas: readonly (readonly number[])[]): Partial<Asked> {
  const assignments = replicas.map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds: [...brokerIds] }));
  return { numPartitions: -1, replicationFactor: -1, assignments };
}

describe("a topic is refused with Kafka's code and words", () => {
  const cases: readonly (readonly [says: string, topic: Partial<Asked>, errorCode: number, message: string])[] = [
    [
      "a name with a blank",
      { name: "a b" },
      INVALID_TOPIC_EXCEPTION,
      "Topic name is invalid: 'a b' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'",
    ],
    ["no name", { name: "" }, INVALID_TOPIC_EXCEPTION, "Topic name is invalid: the empty string is not allowed"],
    ["a name of two dots", { name: ".." }, INVALID_TOPIC_EXCEPTION, "Topic name is invalid: '..' is not allowed"],
    [
      "a name of 250 letters",
      { name: "x".repeat(250) },
      INVALID_TOPIC_EXCEPTION,
      `Topic name is invalid: the length of '${"x".repeat(250)}' is longer than the max allowed length 249`,
    ],
    ["a name that is taken", { name: "there.is" }, TOPIC_ALREADY_EXISTS, "Topic 'there.is' already exists."],
    [
      "a name that metrics could not tell apart",
      { name: "there_is" },
      INVALID_TOPIC_EXCEPTION,
      "Topic 'there_is' collides with existing topic: there.is",
    ],
    [
      "no partitions",
      { numPartitions: 0 },
      INVALID_PARTITIONS,
      "Number of partitions was set to an invalid non-positive value.",
    ],
    [
      "fewer than no partitions",
      { numPartitions: -2 },
      INVALID_PARTITIONS,
      "Number of partitions was set to an invalid non-positive value.",
    ],
    [
      "no replicas",
      { replicationFactor: 0 },
      INVALID_REPLICATION_FACTOR,
      "Replication factor must be larger than 0, or -1 to use the default value.",
    ],
    [
      "more replicas than brokers",
      { replicationFactor: 4 },
      INVALID_REPLICATION_FACTOR,
      "Unable to replicate the partition 4 time(s): The target replication factor of 4 cannot be reached because only 3 broker(s) are registered.",
    ],
    [
      "more partitions than one batch takes",
      { numPartitions: 20_000 },
      POLICY_VIOLATION,
      "Excessively large number of partitions per request.",
    ],
    ["an unknown config", { configs: [{ name: "foo", value: "1" }] }, INVALID_CONFIG, "Unknown topic config name: foo"],
    [
      "a config without a value",
      { configs: [{ name: "retention.ms", value: null }] },
      INVALID_CONFIG,
      "Null value not supported for topic configs: retention.ms",
    ],
    [
      "a bad config",
      { configs: [{ name: "retention.ms", value: "x" }] },
      INVALID_CONFIG,
      "Invalid value x for configuration retention.ms: Not a number of type LONG",
    ],
    [
      "an assignment and a replication factor",
      { ...assigned([1]), replicationFactor: 1 },
      INVALID_REQUEST,
      "A manual partition assignment was specified, but replication factor was not set to -1.",
    ],
    [
      "an assignment and a count",
      { ...assigned([1]), numPartitions: 1 },
      INVALID_REQUEST,
      "A manual partition assignment was specified, but numPartitions was not set to -1.",
    ],
    [
      "an empty assignment",
      assigned([]),
      INVALID_REPLICA_ASSIGNMENT,
      "The manual partition assignment includes an empty replica list.",
    ],
    [
      "a broker that is not there",
      assigned([7]),
      INVALID_REPLICA_ASSIGNMENT,
      "The manual partition assignment includes broker 7, but no such broker is registered.",
    ],
    [
      "a broker twice",
      assigned([1, 1]),
      INVALID_REPLICA_ASSIGNMENT,
      "The manual partition assignment includes the broker 1 more than once.",
    ],
    [
      "another number of replicas",
      assigned([1], [1, 2]),
      INVALID_REPLICA_ASSIGNMENT,
      "The manual partition assignment includes a partition with 2 replica(s), but this is not consistent with previous partitions, which have 1 replica(s).",
    ],
    [
      "fenced brokers only",
      assigned([3]),
      INVALID_REPLICA_ASSIGNMENT,
      "All brokers specified in the manual partition assignment for partition 0 are fenced or in controlled shutdown.",
    ],
    [
      "a gap between partitions",
      { ...assigned(), assignments: [{ partitionIndex: 1, brokerIds: [1] }] },
      INVALID_REPLICA_ASSIGNMENT,
      "partitions should be a consecutive 0-based integer sequence",
    ],
    [
      "a partition twice",
      {
        ...assigned(),
        assignments: [
          { partitionIndex: 0, brokerIds: [1] },
          { partitionIndex: 0, brokerIds: [2] },
        ],
      },
      INVALID_REPLICA_ASSIGNMENT,
      "Found multiple manual partition assignments for partition 0",
    ],
  ];
  const world = new World().brokers(1, 2);
  world.register(3);
  world.topic("there.is", [[1]]);
  test.each(cases)("%s", (_says, topic, errorCode, errorMessage) => {
    const { records, response } = createTopics(
      world.view,
      { topics: [asked(topic)], validateOnly: false },
      world.random,
    );
    expect(response).toMatchObject([{ errorCode, errorMessage }]);
    expect(records).toEqual([]);
  });

  test("a name twice in one request", () => {
    const topics = [asked({}), asked({}), asked({ name: "other" })];
    const { response } = createTopics(world.view, { topics, validateOnly: false }, world.random);
    expect(response).toMatchObject([
      { name: "orders", errorCode: INVALID_REQUEST, errorMessage: "Duplicate topic name." },
      { name: "other", errorCode: NONE },
    ]);
  });

  test("no broker takes part", () => {
    const fenced = new World();
    fenced.register(1);
    const { response } = createTopics(fenced.view, { topics: [asked({})], validateOnly: false }, fenced.random);
    expect(response).toMatchObject([
      {
        errorCode: INVALID_REPLICATION_FACTOR,
        errorMessage: "Unable to replicate the partition 1 time(s): All brokers are currently fenced.",
      },
    ]);
  });
});

test("a topic is its record, its settings and its partitions, in that order", () => {
  const world = new World().brokers(1);
  const topic = asked({ numPartitions: 2, configs: [{ name: "retention.ms", value: "5" }] });
  const { records, response } = createTopics(world.view, { topics: [topic], validateOnly: false }, world.random);
  expect(world.apply(records).map(({ name }) => name)).toEqual([
    "TopicRecord",
    "ConfigRecord",
    "PartitionRecord",
    "PartitionRecord",
  ]);
  expect(world.partition("orders", 1)).toMatchObject({
    replicas: [1],
    isr: [1],
    leader: 1,
    leaderEpoch: 0,
    partitionEpoch: 0,
    directories: [directoryOf(1)],
  });
  expect(response[0]).toMatchObject({ errorCode: NONE, numPartitions: 2, replicationFactor: 1 });
  expect(response[0]?.configs?.find(({ name }) => name === "retention.ms")).toMatchObject({
    value: "5",
    configSource: 1,
  });
  expect(response[0]?.topicId).toBe(world.image.topicsByName.get("orders")?.id);
});

test("-1 stands for the broker's defaults", () => {
  const world = new World({ "num.partitions": "3", "default.replication.factor": "2" }).brokers(1, 2);
  const { response } = createTopics(
    world.view,
    { topics: [asked({ numPartitions: -1, replicationFactor: -1 })], validateOnly: false },
    world.random,
  );
  expect(response).toMatchObject([{ errorCode: NONE, numPartitions: 3, replicationFactor: 2 }]);
});

test("a validation makes every check and writes nothing", () => {
  const world = new World().brokers(1);
  const { records, response } = createTopics(world.view, { topics: [asked({})], validateOnly: true }, world.random);
  expect(response).toMatchObject([{ errorCode: NONE, numPartitions: 1 }]);
  expect(response[0]?.topicId).toBeDefined();
  expect(records).toEqual([]);
});

test("one topic that is refused does not keep the others from being made", () => {
  const world = new World().brokers(1);
  const topics = [asked({ name: "a b" }), asked({ name: "fine" })];
  const { records } = createTopics(world.view, { topics, validateOnly: false }, world.random);
  world.apply(records);
  expect([...world.image.topicsByName.keys()]).toEqual(["fine"]);
});
