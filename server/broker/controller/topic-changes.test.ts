import { describe, expect, test } from "vitest";
import { createPartitions } from "./create-partitions.ts";
import { deleteTopics } from "./delete-topics.ts";
import { ZERO_UUID } from "./directory-id.ts";
import { configKey, TOPIC_RESOURCE } from "./image.ts";
import { World } from "./testing/world.ts";

function idOf(world: World, topic: string): string {
  return world.image.topicsByName.get(topic)?.id ?? "";
}

describe("partitions are added", () => {
  type Asked = Parameters<typeof createPartitions>[1]["topics"][number];
  const world = new World().brokers(1, 2);
  world.topic("t", [[1], [2]]);
  const ask = (topic: Partial<Asked>, validateOnly = false) => {
    const topics = [{ name: "t", count: 3, assignments: null, ...topic }];
    return createPartitions(world.view, { topics, validateOnly }, world.random);
  };

  const refused: readonly (readonly [topic: Partial<Asked>, errorCode: number, errorMessage: string | null])[] = [
    [{ name: "nope" }, 3, null],
    [{ count: 2 }, 37, "Topic already has 2 partition(s)."],
    [{ count: 1 }, 37, "The topic t currently has 2 partition(s); 1 would not be an increase."],
    [{ count: 30_000 }, 44, "Excessively large number of partitions per request."],
    [
      { count: 4, assignments: [{ brokerIds: [1] }] },
      39,
      "Attempted to add 2 additional partition(s), but only 1 assignment(s) were specified.",
    ],
    [
      { assignments: [{ brokerIds: [9] }] },
      39,
      "The manual partition assignment includes broker 9, but no such broker is registered.",
    ],
    [{ assignments: [{ brokerIds: [] }] }, 39, "The manual partition assignment includes an empty replica list."],
    [
      { assignments: [{ brokerIds: [1, 2] }] },
      39,
      "The manual partition assignment includes a partition with 2 replica(s), but this is not consistent with previous partitions, which have 1 replica(s).",
    ],
  ];
  test.each(refused)("not with %j", (topic, errorCode, errorMessage) => {
    expect(ask(topic)).toMatchObject({ records: [], response: [{ errorCode, errorMessage }] });
  });

  test("not to a topic named twice", () => {
    const topics = [1, 2].map(() => ({ name: "t", count: 3, assignments: null }));
    expect(createPartitions(world.view, { topics, validateOnly: false }, world.random).response).toEqual([
      { name: "t", errorCode: 42, errorMessage: "Duplicate topic name." },
    ]);
  });

  test("with the replication factor that the topic has, or as assigned", () => {
    expect(ask({}, true)).toMatchObject({ records: [], response: [{ errorCode: 0 }] });
    world.take(ask({ assignments: [{ brokerIds: [2] }] }));
    expect(world.partition("t", 2)).toMatchObject({ replicas: [2], leader: 2, leaderEpoch: 0 });
    world.take(ask({ count: 4 }));
    expect(world.partition("t", 3).replicas).toHaveLength(1);
  });
});

describe("topics are deleted", () => {
  const always = (): boolean => true;
  const names = (...topicNames: string[]) => ({ topics: [], topicNames });

  test("by name, with their settings", () => {
    const world = new World().brokers(1);
    world.topic("t", [[1]], { "retention.ms": "5" });
    const topicId = idOf(world, "t");
    expect(world.take(deleteTopics(world.view, names("t"), always))).toEqual([{ name: "t", topicId, errorCode: 0 }]);
    expect(world.image.topicsByName.size + world.image.topicsById.size).toBe(0);
    expect(world.image.configs.has(configKey({ type: TOPIC_RESOURCE, name: "t" }))).toBe(false);
  });

  test("by id, and the name is in the answer", () => {
    const world = new World().brokers(1);
    world.topic("t", [[1]]);
    const topics = [{ name: null, topicId: idOf(world, "t") }];
    expect(world.take(deleteTopics(world.view, { topics, topicNames: [] }, always))).toMatchObject([
      { name: "t", errorCode: 0 },
    ]);
  });

  const world = new World().brokers(1);
  world.topic("t", [[1]]);
  const refused: readonly (readonly [name: string | null, topicId: string, errorCode: number, errorMessage: string])[] =
    [
      ["nope", ZERO_UUID, 3, "This server does not host this topic-partition."],
      [null, "nobodynobodynobodynobA", 100, "This server does not host this topic ID."],
      [null, ZERO_UUID, 42, "Neither topic name nor id were specified."],
      ["t", idOf(world, "t"), 42, "You may not specify both topic name and topic id."],
    ];
  test.each(refused)("not %s %s", (name, topicId, errorCode, errorMessage) => {
    const decision = deleteTopics(world.view, { topics: [{ name, topicId }], topicNames: [] }, always);
    expect(decision).toMatchObject({ records: [], response: [{ errorCode, errorMessage }] });
  });

  test("not when they are named twice", () => {
    const { records, response } = deleteTopics(world.view, names("t", "t"), always);
    expect(records).toEqual([]);
    expect(response).toMatchObject([{ errorCode: 42, errorMessage: "Duplicate topic name." }]);
  });

  test("not without the right to", () => {
    expect(deleteTopics(world.view, names("t"), () => false)).toMatchObject({
      records: [],
      response: [{ errorCode: 29 }],
    });
  });

  test("not where delete.topic.enable is false", () => {
    const strict = new World({ "delete.topic.enable": "false" }).brokers(1);
    strict.topic("t", [[1]]);
    expect(deleteTopics(strict.view, names("t"), always)).toMatchObject({ records: [], response: [{ errorCode: 73 }] });
  });
});
