import { expect, test } from "vitest";
import { createTopicCode, deleteTopicCode } from "@/lib/code/topics";

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

test("a topic is deleted by its name, whatever is in it", () => {
  expect(deleteTopicCode(["a:1"], 'o"x')).toContain(String.raw`await admin.deleteTopics({ topics: ["o\"x"] });`);
});
