import { LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { createTopics, describeTopic } from "../client/admin/topics.ts";
import type { ClusterClient } from "../client/cluster-client.ts";
import { Produce } from "../wire/apis/produce.ts";
import { buildBatch, type BatchOptions } from "../wire/record-batch-builder.ts";
import {
  LEADER_NOT_AVAILABLE,
  NOT_LEADER_OR_FOLLOWER,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../wire/errors.ts";
import type { NewRecord } from "../wire/record.ts";

/** Makes a topic and waits until each of its partitions has a leader. Without `configs` it keeps its records, whatever their timestamps. */
export async function makeTopic(
  client: ClusterClient,
  name: string,
  {
    partitions = 1,
    replicationFactor = 1,
    configs = { "retention.ms": "-1" },
  }: {
    readonly partitions?: number;
    readonly replicationFactor?: number;
    readonly configs?: Record<string, string>;
  } = {},
): Promise<void> {
  const topic = {
    name,
    partitions,
    replicationFactor,
    configs: new Map(Object.entries(configs)),
  };
  const [answer] = await createTopics(client, [topic]);
  if (answer?.errorCode !== 0) throw new Error(`${name}: ${answer?.errorMessage ?? "no answer"}`);
  for (;;) {
    const found = await describeTopic(client, name);
    if (found?.errorCode !== 0 || found.partitions.some(({ leaderId }) => leaderId < 0)) continue;
    const queries = found.partitions.map((one) => ({
      topic: name,
      partition: one.partitionIndex,
      timestampMs: LATEST,
    }));
    if ((await listOffsets(client, queries)).every(({ errorCode }) => errorCode === 0)) return;
  }
}

/** Nothing was written: the broker has not heard of the topic, or of its leadership, yet. */
const NOT_YET: readonly number[] = [
  UNKNOWN_TOPIC_OR_PARTITION,
  LEADER_NOT_AVAILABLE,
  NOT_LEADER_OR_FOLLOWER,
  UNKNOWN_TOPIC_ID,
];

/** Appends one batch as given, byte for byte, as soon as its partition has a leader, and returns its base offset. */
export async function appendBatch(
  client: ClusterClient,
  { topic, partition }: { readonly topic: string; readonly partition: number },
  records: readonly NewRecord[],
  options: BatchOptions = {},
): Promise<number> {
  const bytes = buildBatch(records, options);
  if (client.metadata.topic(topic) === undefined) await client.refresh([topic]);
  for (;;) {
    const topicId = client.metadata.topic(topic)?.topicId ?? "";
    const topicData = [{ name: topic, topicId, partitionData: [{ index: partition, records: bytes }] }];
    const request = { acks: -1, timeoutMs: 10_000, topicData };
    const response = await client.send(Produce, request, { to: { topic, partition } });
    const answer = response.responses[0]?.partitionResponses[0];
    if (answer?.errorCode === 0) return answer.baseOffset;
    if (!NOT_YET.includes(answer?.errorCode ?? 0))
      throw new Error(`${topic}-${partition} refused: ${answer?.errorCode}`);
    await client.refresh([topic]);
  }
}

/** A record with text as key and value. */
export function textRecord(key: string | null, value: string | null, timestampMs: number): NewRecord {
  return {
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    timestampMs,
  };
}
