import { shellQuote } from "@/lib/cli/shell-quote";

function kafkaTopics(bootstrap: readonly string[], ...rest: readonly string[]): string {
  return ["kafka-topics.sh", "--bootstrap-server", bootstrap.join(","), ...rest].map(shellQuote).join(" ");
}

type NewTopic = {
  readonly name: string;
  readonly partitions: number | null;
  readonly replicationFactor: number | null;
  readonly configs: Readonly<Record<string, string>>;
};

/** The command that creates a topic. */
export function createTopicCommand(bootstrap: readonly string[], topic: NewTopic): string {
  return kafkaTopics(
    bootstrap,
    "--create",
    "--topic",
    topic.name,
    ...(topic.partitions === null ? [] : ["--partitions", String(topic.partitions)]),
    ...(topic.replicationFactor === null ? [] : ["--replication-factor", String(topic.replicationFactor)]),
    ...Object.entries(topic.configs).flatMap(([name, value]) => ["--config", `${name}=${value}`]),
  );
}

/** The command that deletes a topic. */
export function deleteTopicCommand(bootstrap: readonly string[], topic: string): string {
  return kafkaTopics(bootstrap, "--delete", "--topic", topic);
}

/** The command that describes a topic's partitions. */
export function describeTopicCommand(bootstrap: readonly string[], topic: string): string {
  return kafkaTopics(bootstrap, "--describe", "--topic", topic);
}

/** The command that shows a topic's settings with their sources. */
export function describeConfigsCommand(bootstrap: readonly string[], topic: string): string {
  return [
    "kafka-configs.sh",
    "--bootstrap-server",
    bootstrap.join(","),
    "--describe",
    "--all",
    "--entity-type",
    "topics",
    "--entity-name",
    topic,
  ]
    .map(shellQuote)
    .join(" ");
}
