import { expect, test } from "vitest";
import {
  addPartitionsCode,
  createTopicCode,
  deleteRecordsCode,
  deleteTopicsCode,
  recreateTopicCode,
} from "@/lib/code/topics";

test("a topic is made with what was chosen, and nothing that was not", () => {
  const plain = { name: "orders", partitions: null, replicationFactor: null, configs: {} };
  expect(createTopicCode(["a:1", "b:2"], plain)).toBe(`import { Kafka } from "kafkajs";

const admin = new Kafka({ brokers: ["a:1","b:2"] }).admin();
await admin.connect();
await admin.createTopics({ topics: [{
  "topic": "orders"
}] });
await admin.disconnect();`);
  const whole = { name: "o", partitions: 3, replicationFactor: 2, configs: { "retention.ms": "1" } };
  expect(createTopicCode(["a:1"], whole)).toContain(
    '"numPartitions": 3,\n  "replicationFactor": 2,\n  "configEntries"',
  );
});

test("topics are deleted by their names, whatever is in them", () => {
  expect(deleteTopicsCode(["a:1"], ['o"x'])).toContain(String.raw`await admin.deleteTopics({ topics: ["o\"x"] });`);
});

test("a topic is deleted before it is made anew, as it was", () => {
  const topic = { name: "orders", partitions: 3, replicationFactor: 2, configs: { "retention.ms": "1" } };
  const code = recreateTopicCode(["a:1"], topic);
  expect(code.match(/deleteTopics|listTopics|createTopics/g)).toEqual(["deleteTopics", "listTopics", "createTopics"]);
  expect(code).toContain('"replicationFactor": 2');
});

test("a topic is grown to so many partitions", () => {
  expect(addPartitionsCode(["a:1"], "orders", 6)).toContain('topicPartitions: [{"topic":"orders","count":6}]');
});

test("records are deleted topic by topic", () => {
  const code = deleteRecordsCode(
    ["a:1"],
    [
      { topic: "orders", partition: 0, offset: "5" },
      { topic: "orders", partition: 1, offset: "7" },
      { topic: "payments", partition: 0, offset: "1" },
    ],
  );
  expect(code.match(/deleteTopicRecords/g)).toHaveLength(2);
  expect(code).toContain('"offset": "7"');
});
