import { setTimeout as pause } from "node:timers/promises";
import type { CreatedTopic, CreateTopicInput } from "../../lib/contracts/topics.ts";
import type { Problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { createTopics, describeTopic } from "../client/admin/topics.ts";
import { describeKafkaError } from "../client/kafka-error.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { kafkaProblem } from "./to-problem.ts";
import { replicationFactorOf, topicIdOf } from "./topic-summary.ts";
import { defineUseCase } from "./use-case.ts";

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

/** Makes a topic, and answers when the cluster's metadata has it with all its leaders, so that it can be used at once. */
export const createTopic = defineUseCase<CreateTopicInput, CreatedTopic>({
  name: "create-topic",
  access: "write",
  failed: ({ name }) => `Topic ${name} was not created`,
  async run({ cluster }, input, title) {
    const { name, partitions, replicationFactor, configs } = input;
    const [answer] = await createTopics(cluster.client, [
      {
        name,
        partitions: partitions ?? BROKER_DEFAULT,
        replicationFactor: replicationFactor ?? BROKER_DEFAULT,
        configs: new Map(Object.entries(configs)),
      },
    ]);
    cluster.forgetTopics();
    const errorCode = answer?.errorCode ?? -1;
    if (errorCode !== 0)
      return fail(refusal(cluster, { name, title, errorCode, message: answer?.errorMessage ?? null }));
    return createdTopic(cluster, name);
  },
});

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

async function createdTopic(cluster: Cluster, name: string): Promise<Result<CreatedTopic>> {
  const limitMs = performance.now() + VISIBLE_LIMIT_MS;
  let topic = await describeTopic(cluster.client, name);
  while (!(await isUsable(cluster, topic)) && performance.now() < limitMs) {
    await pause(LOOK_AGAIN_MS);
    topic = await describeTopic(cluster.client, name);
  }
  cluster.forgetTopics();
  return succeed({
    name,
    topicId: topic ? topicIdOf(topic) : null,
    partitionCount: topic?.partitions.length ?? 0,
    replicationFactor: topic ? replicationFactorOf(topic) : 0,
  });
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
