import { adminProgram } from "@/lib/code/admin-program";

/** A topic to be made, as a program writes it. */
type NewTopic = {
  readonly name: string;
  readonly partitions: number | null;
  readonly replicationFactor: number | null;
  readonly configs: Readonly<Record<string, string>>;
};

/** The kafkajs program that makes a topic. */
export function createTopicCode(bootstrap: readonly string[], topic: NewTopic): string {
  return adminProgram(bootstrap, createCall(topic));
}

/** The kafkajs program that deletes a topic, waits until the brokers have let go of it, and makes it anew. */
export function recreateTopicCode(bootstrap: readonly string[], topic: NewTopic): string {
  const name = JSON.stringify(topic.name);
  return adminProgram(
    bootstrap,
    [
      `await admin.deleteTopics({ topics: [${name}] });`,
      `while ((await admin.listTopics()).includes(${name})) await new Promise((resolve) => setTimeout(resolve, 100));`,
      createCall(topic),
    ].join("\n"),
  );
}

function createCall(topic: NewTopic): string {
  const configEntries = Object.entries(topic.configs).map(([name, value]) => ({ name, value }));
  const wanted = {
    topic: topic.name,
    ...(topic.partitions !== null && { numPartitions: topic.partitions }),
    ...(topic.replicationFactor !== null && { replicationFactor: topic.replicationFactor }),
    ...(configEntries.length > 0 && { configEntries }),
  };
  return `await admin.createTopics({ topics: [${JSON.stringify(wanted, null, 2)}] });`;
}

/** The kafkajs program that deletes topics. */
export function deleteTopicsCode(bootstrap: readonly string[], topics: readonly string[]): string {
  return adminProgram(bootstrap, `await admin.deleteTopics({ topics: ${JSON.stringify(topics)} });`);
}

/** The kafkajs program that grows a topic to so many partitions in all. */
export function addPartitionsCode(bootstrap: readonly string[], topic: string, count: number): string {
  const wanted = JSON.stringify({ topic, count });
  return adminProgram(bootstrap, `await admin.createPartitions({ topicPartitions: [${wanted}] });`);
}

/** The kafkajs program that deletes records of topics before offsets. */
export function deleteRecordsCode(
  bootstrap: readonly string[],
  partitions: readonly { readonly topic: string; readonly partition: number; readonly offset: string }[],
): string {
  const byTopic = new Map<string, { partition: number; offset: string }[]>();
  for (const { topic, partition, offset } of partitions)
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), { partition, offset }]);
  const calls = [...byTopic].map(
    ([topic, own]) => `await admin.deleteTopicRecords(${JSON.stringify({ topic, partitions: own }, null, 2)});`,
  );
  return adminProgram(bootstrap, calls.join("\n"));
}
