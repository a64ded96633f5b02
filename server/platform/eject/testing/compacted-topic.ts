import { createHash } from "node:crypto";
import { describeLogDirs } from "../../../client/admin/cluster.ts";
import { ClientError } from "../../../client/client-error.ts";
import type { ClusterClient } from "../../../client/cluster-client.ts";
import { appendBatch, makeTopic, textRecord } from "../../../testing/seed-topic.ts";
import { until } from "../../../testing/until.ts";
import { readAll } from "./used-cluster.ts";

const TOPIC = "accounts";
const KEYS = Array.from({ length: 10 }, (_, index) => `account-${index}`);
const VALUE = "v".repeat(8_000);
/** The least that Kafka takes; a round fills more than two of them. */
const SEGMENT_BYTES = 1_048_576;
const BATCHES_A_ROUND = 30;
/** In the first segment of a round, as the record that it removes: compaction keeps only the tombstone. */
const CLOSES_AT = 5;
/** What is left when all closed segments are compacted: the active one, and some records. */
const COMPACTED_BYTES_MAX = SEGMENT_BYTES + 100_000;

/** Makes the topic. Both cleaners should look for work often (log.cleaner.backoff.ms). */
export function makeCompactedTopic(client: ClusterClient, replicationFactor: number): Promise<void> {
  const configs = {
    "cleanup.policy": "compact",
    "segment.bytes": String(SEGMENT_BYTES),
    "min.cleanable.dirty.ratio": "0.01",
  };
  return makeTopic(client, TOPIC, { replicationFactor, configs });
}

/** Writes each key many times, and one that is then removed by a tombstone; settles when every replica is compacted. */
export async function overwrite(client: ClusterClient, round: number): Promise<void> {
  const closed = `closed-${round}`;
  for (let batch = 0; batch < BATCHES_A_ROUND; batch++) {
    const records = KEYS.map((key) => textRecord(key, `${round}.${batch}:${VALUE}`, Date.now()));
    if (batch === 0) records.push(textRecord(closed, VALUE, Date.now()));
    if (batch === CLOSES_AT) records.push(textRecord(closed, null, Date.now()));
    await appendBatch(client, { topic: TOPIC, partition: 0 }, records);
  }
  await until(async () => {
    const sizes = await sizesOf(client);
    return sizes.length > 0 && sizes.every((bytes) => bytes < COMPACTED_BYTES_MAX);
  });
}

/** The last value of each key, by the batch that wrote it, and what is stored of all. */
export async function compactedPicture(client: ClusterClient) {
  const latest = new Map<string, string | null>();
  const hash = createHash("sha256");
  let count = 0;
  await readAll(client, { topic: TOPIC, partition: 0, fromOffset: 0 }, ({ offset, timestampMs, key, value }) => {
    hash.update(JSON.stringify([offset, timestampMs]));
    hash.update(key ?? "").update(value ?? "");
    const text = value === null ? null : Buffer.from(value).toString();
    latest.set(Buffer.from(key ?? "").toString(), text && text.slice(0, text.indexOf(":")));
    count++;
  });
  return { latest: Object.fromEntries(latest), count, hash: hash.digest("hex") };
}

/** What `compactedPicture` has as latest after so many rounds. */
export function latestAfter(rounds: number): Readonly<Record<string, string | null>> {
  const last = `${rounds - 1}.${BATCHES_A_ROUND - 1}`;
  const closed = Array.from({ length: rounds }, (_, round) => [`closed-${round}`, null]);
  return Object.fromEntries([...closed, ...KEYS.map((key) => [key, last])]);
}

/** Of every replica. */
async function sizesOf(client: ClusterClient): Promise<number[]> {
  const answers = await describeLogDirs(client, [{ topic: TOPIC, partitions: [0] }]);
  return answers.flatMap(({ answer }) =>
    answer instanceof ClientError
      ? [Infinity]
      : answer.results.flatMap(({ topics }) =>
          topics.flatMap(({ partitions }) => partitions.map(({ partitionSize }) => partitionSize)),
        ),
  );
}
