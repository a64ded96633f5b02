import { Kafka, logLevel, type Producer } from "kafkajs";
import { describeProducers } from "../../../client/admin/describe-producers.ts";
import { LATEST, listOffsets } from "../../../client/admin/list-offsets.ts";
import type { ClusterClient } from "../../../client/cluster-client.ts";
import { readRecords } from "../../../client/read-records.ts";
import { makeTopic } from "../../../testing/seed-topic.ts";

const TOPIC = "payments";
/** The longest that Kafka takes (transaction.max.timeout.ms): it must not end by itself in a test. */
const TIMEOUT_MS = 900_000;

/** The values of `payments` as they come when the transaction that was left open was aborted. */
export const COMMITTED_IN_THE_END = ["committed", "after"];

/** On a cluster with a transaction coordinator: a transaction that is committed, one that is aborted, and one that is left open, with a record behind it. */
export async function transact(client: ClusterClient, bootstrap: string, replicationFactor: number): Promise<void> {
  await makeTopic(client, TOPIC, { replicationFactor });
  await withProducer(bootstrap, "closing", async (producer) => {
    for (const end of ["commit", "abort"] as const) {
      const transaction = await producer.transaction();
      await transaction.send({ topic: TOPIC, messages: [{ value: end === "commit" ? "committed" : "aborted" }] });
      await transaction[end]();
    }
  });
  await withProducer(bootstrap, "open", async (producer) => {
    const transaction = await producer.transaction();
    await transaction.send({ topic: TOPIC, messages: [{ value: "open" }] });
  });
  await withProducer(bootstrap, undefined, (producer) =>
    producer.send({ topic: TOPIC, messages: [{ value: "after" }] }),
  );
}

/** Aborts what was left open, as a program does that starts again with its transactional id (InitProducerId). */
export function startAgain(bootstrap: string): Promise<void> {
  return withProducer(bootstrap, "open", async (producer) => {
    const transaction = await producer.transaction();
    await transaction.abort();
  });
}

/** The values that each kind of reader gets, the end for each, and the transactions that are open. */
export async function transactionsPicture(client: ClusterClient) {
  const request = { topic: TOPIC, partition: 0, fromOffset: 0, maxBytes: 1_048_576, maxWaitMs: 0 };
  const query = [{ topic: TOPIC, partition: 0, timestampMs: LATEST }];
  const seenBy = async (isolation: "committed" | "uncommitted") => {
    // Leaders may still move after a start.
    for (;;) {
      const [end] = await listOffsets(client, query, { isolation });
      const { errorCode, records, ...offsets } = await readRecords(client, { ...request, isolation });
      if (end?.errorCode !== 0 || errorCode !== 0) continue;
      const values = records.map(({ value }) => Buffer.from(value ?? "").toString());
      const { lastStableOffset, highWatermark } = offsets;
      return { values, end: end.offset, lastStableOffset, highWatermark };
    }
  };
  const producers = await describeProducers(client, [{ topic: TOPIC, partition: 0 }]);
  return {
    committed: await seenBy("committed"),
    uncommitted: await seenBy("uncommitted"),
    open: producers.flatMap(({ producerId, producerEpoch, transactionStartOffset }) =>
      transactionStartOffset === null ? [] : [{ producerId, producerEpoch, transactionStartOffset }],
    ),
  };
}

async function withProducer(
  bootstrap: string,
  transactionalId: string | undefined,
  work: (producer: Producer) => Promise<unknown>,
): Promise<void> {
  const retry = { retries: 60, initialRetryTime: 100, maxRetryTime: 1_000 };
  const kafka = new Kafka({ clientId: "eject", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING, retry });
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    transactionTimeout: TIMEOUT_MS,
    ...(transactionalId !== undefined && { transactionalId }),
  });
  await producer.connect();
  try {
    await work(producer);
  } finally {
    await producer.disconnect();
  }
}
