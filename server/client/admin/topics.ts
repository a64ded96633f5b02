import type { ResponseOf } from "../../wire/api.ts";
import { CreatePartitions } from "../../wire/apis/create-partitions.ts";
import { CreateTopics } from "../../wire/apis/create-topics.ts";
import { DeleteRecords } from "../../wire/apis/delete-records.ts";
import { DeleteTopics } from "../../wire/apis/delete-topics.ts";
import { Metadata } from "../../wire/apis/metadata.ts";
import { LEADER_NOT_AVAILABLE } from "../../wire/errors.ts";
import type { ClusterClient } from "../cluster-client.ts";
import type { TopicMetadata } from "../metadata-image.ts";
import { groupByLeader, groupByTopic } from "./group-by-node.ts";

/** How long the controller may take for a change before it answers REQUEST_TIMED_OUT; the change itself may still be made. */
const CHANGE_TIMEOUT_MS = 15_000;

/** What a change of one thing came to; `message` is Kafka's own words, where it sends some. */
export type ChangeAnswer = { readonly name: string; readonly errorCode: number; readonly message: string | null };

/** A topic to make. -1 takes the broker's default for partitions or replication factor (KIP-464). */
export type NewTopic = {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs?: ReadonlyMap<string, string>;
};

/** All topics that the caller may see, fresh from the cluster. Rejects with a ClientError. */
export async function describeAllTopics(client: ClusterClient): Promise<readonly TopicMetadata[]> {
  return (await client.refresh(null)).topics;
}

/** One topic, fresh from the cluster, with what the caller may do with it; its `errorCode` says when it is missing or forbidden. A cluster that is away is tried until the deadline (monotonic). */
export async function describeTopic(
  client: ClusterClient,
  name: string,
  deadlineMs = client.deadline(),
): Promise<TopicMetadata | undefined> {
  return (await describeTopics(client, [name], deadlineMs))[0];
}

/** These topics in one request, as `describeTopic` has each. */
export async function describeTopics(
  client: ClusterClient,
  names: readonly string[],
  deadlineMs = client.deadline(),
): Promise<readonly TopicMetadata[]> {
  // No names are all topics for an old broker.
  if (names.length === 0) return [];
  const response = await client.ask(
    Metadata,
    {
      topics: names.map((name) => ({ name })),
      allowAutoTopicCreation: false,
      includeTopicAuthorizedOperations: true,
    },
    { to: "any", deadlineMs, errorCodes: (answer) => answer.topics.map(({ errorCode }) => errorCode) },
  );
  client.metadata.apply(response);
  return response.topics;
}

/** Makes topics, or with `validateOnly` only checks that it could. An answer a topic. */
export async function createTopics(
  client: ClusterClient,
  topics: readonly NewTopic[],
  { validateOnly = false }: { readonly validateOnly?: boolean } = {},
): Promise<ResponseOf<typeof CreateTopics>["topics"]> {
  const request = {
    timeoutMs: CHANGE_TIMEOUT_MS,
    validateOnly,
    topics: topics.map(({ name, partitions, replicationFactor, configs }) => ({
      name,
      numPartitions: partitions,
      replicationFactor,
      assignments: [],
      configs: [...(configs ?? [])].map(([key, value]) => ({ name: key, value })),
    })),
  };
  const response = await client.send(CreateTopics, request, { to: "controller" });
  for (const { name } of topics) client.metadata.forget(name);
  return response.topics;
}

/** Deletes topics by name. An answer a topic. */
export async function deleteTopics(client: ClusterClient, names: readonly string[]): Promise<ChangeAnswer[]> {
  const request = { timeoutMs: CHANGE_TIMEOUT_MS, topicNames: names, topics: names.map((name) => ({ name })) };
  const response = await client.send(DeleteTopics, request, { to: "controller" });
  for (const name of names) client.metadata.forget(name);
  return response.responses.map(({ name, errorCode, errorMessage }) => ({
    name: name ?? "",
    errorCode,
    message: errorMessage,
  }));
}

/** Grows a topic to `count` partitions in all, or with `validateOnly` only checks that it could. */
export async function createPartitions(
  client: ClusterClient,
  { name, count }: { readonly name: string; readonly count: number },
  { validateOnly = false }: { readonly validateOnly?: boolean } = {},
): Promise<ChangeAnswer> {
  const request = { timeoutMs: CHANGE_TIMEOUT_MS, validateOnly, topics: [{ name, count, assignments: null }] };
  const response = await client.send(CreatePartitions, request, { to: "controller" });
  client.metadata.forget(name);
  const found = response.results[0];
  return { name, errorCode: found?.errorCode ?? 0, message: found?.errorMessage ?? null };
}

/** A partition whose records before `offset` go; -1 means all up to the high watermark. */
export type RecordsToDelete = { readonly topic: string; readonly partition: number; readonly offset: number };

/** Moves log starts forward, one request a leader. An answer a partition with the new log start. */
export async function deleteRecords(
  client: ClusterClient,
  items: readonly RecordsToDelete[],
): Promise<(RecordsToDelete & { readonly errorCode: number; readonly lowWatermark: number })[]> {
  const deadlineMs = client.deadline();
  const byLeader = await groupByLeader(client, items, deadlineMs);
  const answers = await Promise.all(
    [...byLeader].map(async ([node, group]) => {
      if (node === undefined)
        return group.map((item) => ({ ...item, errorCode: LEADER_NOT_AVAILABLE, lowWatermark: -1 }));
      const topics = [...groupByTopic(group)].map(([name, partitions]) => ({
        name,
        partitions: partitions.map(({ partition, offset }) => ({ partitionIndex: partition, offset })),
      }));
      const response = await client.send(
        DeleteRecords,
        { topics, timeoutMs: CHANGE_TIMEOUT_MS },
        { to: { node }, deadlineMs },
      );
      const found = new Map(
        response.topics.flatMap(({ name, partitions }) =>
          partitions.map((one) => [`${name}/${one.partitionIndex}`, one]),
        ),
      );
      return group.map((item) => {
        const answer = found.get(`${item.topic}/${item.partition}`);
        return {
          ...item,
          errorCode: answer?.errorCode ?? LEADER_NOT_AVAILABLE,
          lowWatermark: answer?.lowWatermark ?? -1,
        };
      });
    }),
  );
  return answers.flat();
}
