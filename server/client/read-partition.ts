import { Fetch } from "../wire/apis/fetch.ts";
import { INCONSISTENT_TOPIC_ID, NONE, OFFSET_OUT_OF_RANGE, UNKNOWN_TOPIC_ID } from "../wire/errors.ts";
import { ZERO_UUID } from "../wire/uuid.ts";
import type { AnswerMemory } from "./answer-memory.ts";
import type { ClusterClient } from "./cluster-client.ts";

/** What to read. */
export type ReadRequest = {
  readonly topic: string;
  readonly partition: number;
  readonly fromOffset: number;
  /** `committed` stops at the last stable offset and leaves aborted transactions to the caller by `abortedTransactions`. */
  readonly isolation: "uncommitted" | "committed";
  /** Soft bound: at least one whole batch comes. */
  readonly maxBytes: number;
  /** How long the broker may wait for the first record. 0 answers at once. */
  readonly maxWaitMs: number;
  readonly deadlineMs?: number;
  /** Where the answer is received: its records are views of it, until the next answer comes into it. */
  readonly memory?: AnswerMemory;
};

/** A transaction that was aborted: its records from `firstOffset` on, by this producer, do not count. */
export type AbortedTransaction = { readonly producerId: number; readonly firstOffset: number };

/** One answer of a partition. `records` are whole batches, of which the first may begin before the offset asked for. */
export type PartitionRead = {
  readonly errorCode: number;
  readonly records: Uint8Array;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly abortedTransactions: readonly AbortedTransaction[];
};

/** Long polls of one partition hold up what follows on their connection, so reads have their own. */
const LANE = "read";

/** Reads from an offset without a group. Leader changes are followed until the deadline; other error codes, OFFSET_OUT_OF_RANGE among them, are answers. Rejects with a ClientError. */
export async function readPartition(client: ClusterClient, request: ReadRequest): Promise<PartitionRead> {
  const read = await readOnce(client, request);
  if (read.errorCode !== UNKNOWN_TOPIC_ID && read.errorCode !== INCONSISTENT_TOPIC_ID) return read;
  // The topic was deleted and made anew: its old id is forgotten, the new one asked for once.
  client.metadata.forget(request.topic);
  return readOnce(client, request);
}

/** Whether the offset asked for is below the log's start or beyond its end. */
export function isOutOfRange(read: PartitionRead): boolean {
  return read.errorCode === OFFSET_OUT_OF_RANGE;
}

async function readOnce(client: ClusterClient, request: ReadRequest): Promise<PartitionRead> {
  const { topic, partition, fromOffset, isolation, maxBytes, maxWaitMs } = request;
  const topicId = await topicIdOf(client, topic);
  const response = await client.ask(
    Fetch,
    {
      maxWaitMs,
      minBytes: 1,
      maxBytes,
      isolationLevel: isolation === "committed" ? 1 : 0,
      sessionEpoch: -1,
      topics: [{ topic, topicId, partitions: [{ partition, fetchOffset: fromOffset, partitionMaxBytes: maxBytes }] }],
    },
    {
      to: { topic, partition },
      lane: LANE,
      ...(request.memory && { memory: request.memory }),
      deadlineMs: request.deadlineMs ?? client.deadline(),
      errorCodes: (answer) => [
        answer.errorCode,
        ...answer.responses.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode)),
      ],
    },
  );
  const found = response.responses[0]?.partitions[0];
  const errorCode = response.errorCode === NONE ? (found?.errorCode ?? NONE) : response.errorCode;
  return {
    errorCode,
    records: found?.records ?? new Uint8Array(),
    highWatermark: found?.highWatermark ?? -1,
    lastStableOffset: found?.lastStableOffset ?? -1,
    logStartOffset: found?.logStartOffset ?? -1,
    abortedTransactions: found?.abortedTransactions ?? [],
  };
}

async function topicIdOf(client: ClusterClient, topic: string): Promise<string> {
  if (client.metadata.topic(topic) === undefined) await client.refresh([topic]);
  return client.metadata.topic(topic)?.topicId ?? ZERO_UUID;
}
