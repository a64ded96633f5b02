import { createHash } from "node:crypto";
import { alterConfigs, describeConfigs } from "../../../client/admin/configs.ts";
import { commitGroupOffsets, listGroupOffsets } from "../../../client/admin/group-offsets.ts";
import { createTopics, deleteRecords, deleteTopics, describeAllTopics } from "../../../client/admin/topics.ts";
import { ClientError } from "../../../client/client-error.ts";
import type { ClusterClient } from "../../../client/cluster-client.ts";
import { type ReadRecord, readRecords } from "../../../client/read-records.ts";
import { appendBatch, textRecord } from "../../../testing/seed-topic.ts";
import { until } from "../../../testing/until.ts";
import { InitProducerId } from "../../../wire/apis/init-producer-id.ts";
import { DescribeProducers } from "../../../wire/apis/describe-producers.ts";

const TOPIC = "orders";
const GROUP = "billing";
const PARTITIONS = 3;
const VALUE = "v".repeat(8_000);
/** The least that Kafka takes: several segments a partition. */
const SEGMENT_BYTES = 1_048_576;
const RECORDS_A_BATCH = 10;

/** Near to now: Kafka forgets the producers of older batches when it loads a log (producer.id.expiration.ms). */
const STARTED_MS = Date.now();

/** The identity of a producer with idempotence; the next sequence of each partition is the number of records it has sent there. */
export type Producer = { readonly producerId: number; readonly producerEpoch: number };

/** A new producer with idempotence. */
export async function newProducer(client: ClusterClient): Promise<Producer> {
  const { producerId, producerEpoch } = await client.ask(
    InitProducerId,
    { transactionalId: null, transactionTimeoutMs: 60_000 },
    { to: "any", errorCodes: ({ errorCode }) => [errorCode] },
  );
  return { producerId, producerEpoch };
}

/** Sends batch number `number` of a producer to each partition; gives where each of them stands. A batch sent again stands where it stood. */
export async function sendBatch(client: ClusterClient, producer: Producer, number: number): Promise<number[]> {
  const records = Array.from({ length: RECORDS_A_BATCH }, (_, index) =>
    textRecord(`key-${number}`, `${number}.${index}:${VALUE}`, STARTED_MS + number),
  );
  const baseSequence = number * RECORDS_A_BATCH;
  return Promise.all(
    Array.from({ length: PARTITIONS }, (_, partition) =>
      appendBatch(client, { topic: TOPIC, partition }, records, { ...producer, baseSequence }),
    ),
  );
}

/** Makes topics with configs, closed segments, a moved log start, group offsets, an idempotent producer's state, and a topic that is gone again. */
export async function useCluster(client: ClusterClient, producer: Producer, batches: number): Promise<void> {
  const topic = { name: TOPIC, partitions: PARTITIONS, replicationFactor: -1 };
  const configs = new Map([
    ["segment.bytes", String(SEGMENT_BYTES)],
    ["retention.ms", "-1"],
  ]);
  const made = await createTopics(client, [
    { ...topic, configs },
    { ...topic, name: "empty" },
    { ...topic, name: "gone" },
  ]);
  const refused = made.find(({ errorCode }) => errorCode !== 0);
  if (refused) throw new Error(`${refused.name}: ${refused.errorMessage}`);
  await until(() => isServed(client, [TOPIC, "gone"]));
  await deleteTopics(client, ["gone"]);
  const changes = [{ name: "log.cleaner.threads", operation: "set", value: "2" }] as const;
  await alterConfigs(client, [{ resource: { type: "broker", name: "" }, changes }]);
  for (let number = 0; number < batches; number++) await sendBatch(client, producer, number);
  await deleteRecords(client, [{ topic: TOPIC, partition: 1, offset: 25 }]);
  await until(() => commits(client, [{ topic: TOPIC, partition: 0, offset: 123, metadata: "note" }]));
}

/** Commits offsets of the group; false while its coordinator is not there yet. */
export async function commits(
  client: ClusterClient,
  offsets: Parameters<typeof commitGroupOffsets>[2],
): Promise<boolean> {
  try {
    return (await commitGroupOffsets(client, GROUP, offsets)).every(({ errorCode }) => errorCode === 0);
  } catch (error) {
    if (error instanceof ClientError) return false;
    throw error;
  }
}

/** What must be the same wherever the cluster runs: topics with ids, replicas and configs, bytes of all messages, group offsets, producer states. */
export async function pictureOf(client: ClusterClient) {
  await until(() => isServed(client, [TOPIC, "empty", "__consumer_offsets"]));
  const topics = (await describeAllTopics(client)).toSorted((one, other) =>
    String(one.name) < String(other.name) ? -1 : 1,
  );
  const names = topics.map(({ name }) => name ?? "");
  const described = await describeConfigs(client, [
    ...names.map((name) => ({ type: "topic" as const, name })),
    { type: "broker", name: "" },
  ]);
  // 1: set on the topic. 3: set as the default of all brokers.
  const configs = described.flatMap(({ resourceName, configs: entries }) =>
    entries
      .filter(({ configSource }) => configSource === 1 || configSource === 3)
      .map(({ name, value, configSource }) => `${resourceName} ${name}=${value} (${configSource})`),
  );
  return {
    topics: topics.map(({ name, topicId, partitions }) => ({
      name,
      topicId,
      replicas: partitions
        .toSorted((one, other) => one.partitionIndex - other.partitionIndex)
        .map(({ replicaNodes }) => replicaNodes.join(",")),
    })),
    configs: [...new Set(configs)].toSorted(),
    messages: await Promise.all(
      LOG_START.map((fromOffset, partition) => contentOf(client, { topic: TOPIC, partition, fromOffset })),
    ),
    offsets: await offsetsOf(client),
    producers: await producersOf(client),
  };
}

/** Whether each partition has a leader and all of its replicas in sync. */
async function isServed(client: ClusterClient, names: readonly string[]): Promise<boolean> {
  try {
    const found = (await client.refresh(names)).topics;
    return found.every(
      ({ errorCode, partitions }) =>
        errorCode === 0 &&
        partitions.every(
          ({ leaderId, isrNodes, replicaNodes }) => leaderId > 0 && isrNodes.length === replicaNodes.length,
        ),
    );
  } catch (error) {
    if (error instanceof ClientError) return false;
    throw error;
  }
}

async function contentOf(client: ClusterClient, from: Parameters<typeof readAll>[1]) {
  const hash = createHash("sha256");
  let count = 0;
  const { logStartOffset } = await readRecords(client, { ...from, ...WHOLE });
  const read = await readAll(client, { ...from, fromOffset: logStartOffset }, (record) => {
    const { offset, timestampMs, key, value, batch } = record;
    hash.update(JSON.stringify([offset, timestampMs, batch]));
    hash.update(key ?? "").update(value ?? "");
    count++;
  });
  return { ...read, logStartOffset, count, hash: hash.digest("hex") };
}

const WHOLE = { isolation: "uncommitted", maxBytes: 1_048_576, maxWaitMs: 0 } as const;

/** Shows the records of a partition from an offset to its end. */
export async function readAll(
  client: ClusterClient,
  { fromOffset, ...from }: { readonly topic: string; readonly partition: number; readonly fromOffset: number },
  see: (record: ReadRecord) => void,
): Promise<{ readonly errorCode: number; readonly highWatermark: number }> {
  for (let next = fromOffset; ;) {
    const read = await readRecords(client, { ...from, ...WHOLE, fromOffset: next });
    read.records.forEach(see);
    next = read.nextOffset;
    const { errorCode, highWatermark } = read;
    if (errorCode !== 0 || next >= highWatermark) return { errorCode, highWatermark };
  }
}

/** Where the partitions begin once the cluster was used. */
const LOG_START = [0, 25, 0];

/** Asked again while the coordinator loads. */
async function offsetsOf(client: ClusterClient) {
  for (;;) {
    const { errorCode, offsets } = await listGroupOffsets(client, GROUP);
    if (errorCode === 0) return offsets.toSorted((one, other) => one.partition - other.partition);
  }
}

/** Asked again while the leader moves to the preferred replica. */
async function producersOf(client: ClusterClient): Promise<string[]> {
  const answers = await Promise.all(
    Array.from({ length: PARTITIONS }, async (_, partition) => {
      const topics = [{ name: TOPIC, partitionIndexes: [partition] }];
      const answer = await client.ask(
        DescribeProducers,
        { topics },
        {
          to: { topic: TOPIC, partition },
          errorCodes: ({ topics: found }) => found.flatMap(({ partitions }) => partitions.map((one) => one.errorCode)),
        },
      );
      return answer.topics[0]?.partitions[0]?.activeProducers ?? [];
    }),
  );
  return answers.map((active) =>
    active
      .map(
        ({ producerId, producerEpoch, lastSequence, currentTxnStartOffset: start }) =>
          `${producerId} epoch ${producerEpoch} sequence ${lastSequence} transaction ${start}`,
      )
      .join("; "),
  );
}
