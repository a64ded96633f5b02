import { setTimeout as pause } from "node:timers/promises";
import { createTopicCommand } from "../../lib/cli/topics.ts";
import { createTopicCode } from "../../lib/code/topics.ts";
import type { ChangeFacts } from "../../lib/contracts/changes.ts";
import { type CreatedTopic, type CreateTopicInput, createTopicInput } from "../../lib/contracts/topic-plans.ts";
import { formatNumberOf } from "../../lib/format.ts";
import type { Problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { createTopics, describeTopic, type NewTopic } from "../client/admin/topics.ts";
import { describeKafkaError } from "../client/kafka-error.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { type NewTopicShape, newTopicImpact } from "./new-topic-impact.ts";
import { kafkaProblem } from "./to-problem.ts";
import { replicationFactorOf, topicIdOf } from "./topic-summary.ts";
import type { UseCase } from "./use-case.ts";

/** CreateTopics' word for "as the brokers are configured" (KIP-464). */
const BROKER_DEFAULT = -1;
/** How long the topic may take to show in metadata with a leader for each partition. */
const VISIBLE_LIMIT_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/** Which input an error code is about. */
const fieldOf: Readonly<Record<string, string>> = {
  TOPIC_ALREADY_EXISTS: "name",
  INVALID_TOPIC_EXCEPTION: "name",
  INVALID_PARTITIONS: "partitions",
  INVALID_REPLICATION_FACTOR: "replicationFactor",
  INVALID_CONFIG: "configs",
};

/** Making a topic. Its plan asks the cluster to check it without making it. */
export const createTopicChange = defineChange<CreateTopicInput, CreatedTopic>({
  kind: "create-topic",
  input: createTopicInput,
  verb: () => "Create topic",
  failed: ({ name }) => `Topic ${name} was not created`,
  target: ({ name }) => ({ type: "topic", name }),
  cli: (input, bootstrap) => createTopicCommand(bootstrap, input),
  code: (input, bootstrap) => createTopicCode(bootstrap, input),
  async plan({ cluster }, input, title) {
    const [answer] = await createTopics(cluster.client, [newTopicOf(input)], { validateOnly: true });
    const errorCode = answer?.errorCode ?? -1;
    const { name } = input;
    if (errorCode !== 0)
      return fail(refusal(cluster, { name, title, errorCode, message: answer?.errorMessage ?? null }));
    const chosen = chosenOf(input, answer);
    return succeed({
      before: {},
      after: { ...factsOf(input), ...shapeFacts(chosen) },
      impact: newTopicImpact(chosen, cluster.client.metadata.brokers.size),
      problems: [],
    });
  },
  async act({ cluster }, input, title) {
    const { name } = input;
    const [answer] = await createTopics(cluster.client, [newTopicOf(input)]);
    cluster.forgetTopics();
    const errorCode = answer?.errorCode ?? -1;
    if (errorCode !== 0)
      return fail(refusal(cluster, { name, title, errorCode, message: answer?.errorMessage ?? null }));
    const value = await createdTopic(cluster, name);
    const { partitionCount, replicationFactor, topicId } = value;
    const after = {
      ...factsOf(input),
      partitions: String(partitionCount),
      "replication.factor": String(replicationFactor),
      id: topicId,
    };
    return succeed({
      value,
      before: {},
      after,
      summary: `${formatNumberOf(partitionCount, "partition")} × ${replicationFactor}`,
    });
  },
  revert: ({ after }, { cluster, name }) => ({
    kind: "delete-topics",
    input: { cluster, topics: [{ name, topicId: after.id ?? null }] },
  }),
});

/** Makes a topic, and answers when the cluster's metadata has it with all its leaders, so that it can be used at once. */
export const createTopic: UseCase<CreateTopicInput, CreatedTopic> = (context, actor, input) =>
  createTopicChange.actOn(context, actor, input, {});

function newTopicOf({ name, partitions, replicationFactor, configs }: CreateTopicInput): NewTopic {
  return {
    name,
    partitions: partitions ?? BROKER_DEFAULT,
    replicationFactor: replicationFactor ?? BROKER_DEFAULT,
    configs: new Map(Object.entries(configs)),
  };
}

function factsOf({ partitions, replicationFactor, configs }: CreateTopicInput): ChangeFacts {
  return {
    partitions: partitions === null ? null : String(partitions),
    "replication.factor": replicationFactor === null ? null : String(replicationFactor),
    ...configs,
  };
}

/** What the brokers would choose for what was left to them; null where they do not tell (before Kafka 2.4, or without DescribeConfigs). */
function chosenOf(
  { partitions, replicationFactor, configs }: CreateTopicInput,
  answer: Awaited<ReturnType<typeof createTopics>>[number] | undefined,
): NewTopicShape {
  const told = (number: number | undefined) => (number !== undefined && number > 0 ? number : null);
  const minIsr =
    configs["min.insync.replicas"] ?? answer?.configs?.find(({ name }) => name === "min.insync.replicas")?.value;
  return {
    partitions: partitions ?? told(answer?.numPartitions),
    replicationFactor: replicationFactor ?? told(answer?.replicationFactor),
    minIsr: minIsr === undefined || minIsr === null ? null : Number(minIsr),
    isLeftToBrokers: partitions === null || replicationFactor === null,
  };
}

function shapeFacts({ partitions, replicationFactor }: NewTopicShape): ChangeFacts {
  return {
    partitions: partitions === null ? null : String(partitions),
    "replication.factor": replicationFactor === null ? null : String(replicationFactor),
  };
}

type Refused = { name: string; title: string; errorCode: number; message: string | null };

function refusal(cluster: Cluster, { name, title, errorCode, message }: Refused): Problem {
  const attempt = {
    title,
    facts: [["topic", name]] as const,
    needs: { operation: "Create", resource: { topic: name } },
    identity: cluster.identity,
  };
  const found = kafkaProblem(errorCode, message, attempt);
  const field = fieldOf[describeKafkaError(errorCode).name];
  return field === undefined ? found : { ...found, fields: { [field]: found.detail } };
}

async function createdTopic(cluster: Cluster, name: string): Promise<CreatedTopic> {
  const limitMs = performance.now() + VISIBLE_LIMIT_MS;
  let topic = await describeTopic(cluster.client, name);
  while (!(await isUsable(cluster, topic)) && performance.now() < limitMs) {
    await pause(LOOK_AGAIN_MS);
    topic = await describeTopic(cluster.client, name);
  }
  cluster.forgetTopics();
  return {
    name,
    topicId: topic ? topicIdOf(topic) : null,
    partitionCount: topic?.partitions.length ?? 0,
    replicationFactor: topic ? replicationFactorOf(topic) : 0,
  };
}

/** In metadata with all leaders, and the leaders know it too: Kafka tells clients of a leader some milliseconds before it becomes one. */
async function isUsable({ client }: Cluster, topic: TopicMetadata | undefined): Promise<boolean> {
  if (topic?.errorCode !== 0 || topic.partitions.some(({ leaderId }) => leaderId < 0)) return false;
  const queries = topic.partitions.map(({ partitionIndex }) => ({
    topic: topic.name ?? "",
    partition: partitionIndex,
    timestampMs: LATEST,
  }));
  return (await listOffsets(client, queries)).every(({ errorCode }) => errorCode === 0);
}
