/** A topic to be made, as a program writes it. */
type NewTopic = {
  readonly name: string;
  readonly partitions: number | null;
  readonly replicationFactor: number | null;
  readonly configs: Readonly<Record<string, string>>;
};

/** The kafkajs program that makes a topic. */
export function createTopicCode(bootstrap: readonly string[], topic: NewTopic): string {
  const configEntries = Object.entries(topic.configs).map(([name, value]) => ({ name, value }));
  const wanted = {
    topic: topic.name,
    ...(topic.partitions !== null && { numPartitions: topic.partitions }),
    ...(topic.replicationFactor !== null && { replicationFactor: topic.replicationFactor }),
    ...(configEntries.length > 0 && { configEntries }),
  };
  return program(bootstrap, `await admin.createTopics({ topics: [${JSON.stringify(wanted, null, 2)}] });`);
}

/** The kafkajs program that deletes a topic. */
export function deleteTopicCode(bootstrap: readonly string[], topic: string): string {
  return program(bootstrap, `await admin.deleteTopics({ topics: [${JSON.stringify(topic)}] });`);
}

function program(bootstrap: readonly string[], work: string): string {
  return [
    'import { Kafka } from "kafkajs";',
    "",
    `const admin = new Kafka({ brokers: ${JSON.stringify(bootstrap)} }).admin();`,
    "await admin.connect();",
    work,
    "await admin.disconnect();",
  ].join("\n");
}
