import { shellQuote } from "@/lib/cli/shell-quote";

function kafkaTopics(bootstrap: readonly string[], ...rest: readonly string[]): string {
  return ["kafka-topics.sh", "--bootstrap-server", bootstrap.join(","), ...rest].map(shellQuote).join(" ");
}

/** A name where Kafka's tool reads a regular expression: a dot stands for itself, so that `a.b` is not also `a-b`. */
function onlyTopic(name: string): string {
  return name.replaceAll(".", String.raw`\.`);
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

/** The commands that delete topics, one a line. */
export function deleteTopicsCommand(bootstrap: readonly string[], topics: readonly string[]): string {
  return topics.map((topic) => kafkaTopics(bootstrap, "--delete", "--topic", onlyTopic(topic))).join("\n");
}

/** The command that grows a topic to so many partitions in all. */
export function addPartitionsCommand(bootstrap: readonly string[], topic: string, count: number): string {
  return kafkaTopics(bootstrap, "--alter", "--topic", onlyTopic(topic), "--partitions", String(count));
}

/** The command that sets configs of a topic, and takes those of null back to their defaults. A value with a comma stands in brackets, as Kafka's tool wants it. */
export function alterConfigsCommand(
  bootstrap: readonly string[],
  topic: string,
  configs: Readonly<Record<string, string | null>>,
): string {
  const set: string[] = [];
  const removed: string[] = [];
  for (const [name, value] of Object.entries(configs)) {
    if (value === null) removed.push(name);
    else set.push(`${name}=${value.includes(",") ? `[${value}]` : value}`);
  }
  return kafkaConfigs(
    bootstrap,
    topic,
    "--alter",
    ...(set.length > 0 ? ["--add-config", set.join(",")] : []),
    ...(removed.length > 0 ? ["--delete-config", removed.join(",")] : []),
  );
}

/** A partition, and the offset before which its records go. */
type FirstOffset = { readonly topic: string; readonly partition: number; readonly offset: string };

/** The command that deletes records before offsets; its file is written on the fly, which takes bash or zsh. */
export function deleteRecordsCommand(bootstrap: readonly string[], partitions: readonly FirstOffset[]): string {
  const list = partitions.map(
    ({ topic, partition, offset }) => `{"topic":${JSON.stringify(topic)},"partition":${partition},"offset":${offset}}`,
  );
  const tool = ["kafka-delete-records.sh", "--bootstrap-server", bootstrap.join(",")].map(shellQuote).join(" ");
  return `${tool} --offset-json-file <(echo '{"partitions":[${list.join(",")}],"version":1}')`;
}

/** The command that lists the access control entries that are about a topic, by whatever pattern. */
export function listTopicAclsCommand(bootstrap: readonly string[], topic: string): string {
  const words = ["--list", "--topic", topic, "--resource-pattern-type", "match"];
  return ["kafka-acls.sh", "--bootstrap-server", bootstrap.join(","), ...words].map(shellQuote).join(" ");
}

/** The command that describes a topic's partitions. */
export function describeTopicCommand(bootstrap: readonly string[], topic: string): string {
  return kafkaTopics(bootstrap, "--describe", "--topic", onlyTopic(topic));
}

/** The command that shows a topic's settings with their sources. */
export function describeConfigsCommand(bootstrap: readonly string[], topic: string): string {
  return kafkaConfigs(bootstrap, topic, "--describe", "--all");
}

function kafkaConfigs(bootstrap: readonly string[], topic: string, ...rest: readonly string[]): string {
  const [verb, ...options] = rest;
  const entity = ["--entity-type", "topics", "--entity-name", topic];
  return ["kafka-configs.sh", "--bootstrap-server", bootstrap.join(","), verb ?? "", ...entity, ...options]
    .map(shellQuote)
    .join(" ");
}
