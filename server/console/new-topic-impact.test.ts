import { expect, test } from "vitest";
import { newTopicImpact } from "./new-topic-impact.ts";

const shape = { partitions: 3, replicationFactor: 3, minIsr: 2, isLeftToBrokers: false };
const texts = (part: Partial<typeof shape>, brokers = 3) =>
  newTopicImpact({ ...shape, ...part }, brokers).map(({ text }) => text);

test("a topic with a replica to spare has nothing to say", () => {
  expect(texts({})).toEqual([]);
});

test("what the brokers choose is told", () => {
  expect(texts({ isLeftToBrokers: true })).toEqual([expect.stringMatching(/^The brokers make it 3 partitions with 3/)]);
  expect(newTopicImpact({ ...shape, partitions: null, isLeftToBrokers: true }, 3)).toEqual([]);
});

test("one replica is a risk where there are brokers for more", () => {
  expect(texts({ replicationFactor: 1, minIsr: 1 })).toEqual([expect.stringContaining("One replica")]);
  expect(texts({ replicationFactor: 1, minIsr: 1 }, 1)).toEqual([]);
});

test("no replica to spare stops producers when a broker is away", () => {
  expect(texts({ minIsr: 3 })).toEqual([expect.stringContaining("NOT_ENOUGH_REPLICAS")]);
});
