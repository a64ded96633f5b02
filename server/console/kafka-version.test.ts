import { expect, test } from "vitest";
import { kafkaVersionOf } from "./kafka-version.ts";

test.each([
  [7, "Kafka 3.3"],
  [14, "Kafka 3.6"],
  [21, "Kafka 3.9"],
  [25, "Kafka 4.0"],
  [29, "Kafka 4.2"],
  [35, "Kafka newer than 4.2"],
])("a broker with metadata.version %i is %s", (maxVersion, expected) => {
  const supportedFeatures = [
    { name: "kraft.version", maxVersion: 1 },
    { name: "metadata.version", maxVersion },
  ];
  expect(kafkaVersionOf({ supportedFeatures, finalizedFeatures: [] })).toBe(expected);
});

test("a broker without metadata.version does not tell", () => {
  expect(kafkaVersionOf({ supportedFeatures: [], finalizedFeatures: [] })).toBeNull();
});
