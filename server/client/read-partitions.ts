import { Fetch } from "../wire/apis/fetch.ts";
import { NETWORK_EXCEPTION, NONE } from "../wire/errors.ts";
import { ZERO_UUID } from "../wire/uuid.ts";
import { groupByLeader } from "./admin/group-by-node.ts";
import { ClientError } from "./client-error.ts";
import type { ClusterClient } from "./cluster-client.ts";
import { decodeRecords, type RecordsRead } from "./read-records.ts";
import { judge } from "./retry-policy.ts";

/** Several partitions of one topic, each from its own offset. */
export type ReadPartitionsRequest = {
  readonly topic: string;
  readonly positions: ReadonlyMap<number, number>;
  readonly isolation: "uncommitted" | "committed";
  /** Soft bound for each partition, and for each broker's answer. */
  readonly partitionBytesMax: number;
  readonly answerBytesMax: number;
  /** Control records too. */
  readonly withControl?: boolean;
  readonly deadlineMs?: number;
};

/** What one attempt brought of a partition: its records, or why its leader gave no answer. */
export type PartitionAttempt = RecordsRead & { readonly failure?: ClientError };

/** As single reads: long polls and large answers must not hold up short requests. */
const LANE = "read";

/**
 * Reads what is there now, by one request a leader, without waiting and without repeating: whoever follows a topic asks again anyway. Leaders
 * that moved are looked up at the next call. Partitions without a leader are left out. Rejects with a ClientError when no metadata can be had.
 */
export async function readPartitions(
  client: ClusterClient,
  request: ReadPartitionsRequest,
): Promise<ReadonlyMap<number, PartitionAttempt>> {
  const { topic, positions } = request;
  const deadlineMs = request.deadlineMs ?? client.deadline();
  const items = [...positions].map(([partition, offset]) => ({ topic, partition, offset }));
  const byLeader = await groupByLeader(client, items, deadlineMs);
  const found = new Map<number, PartitionAttempt>();
  await Promise.all(
    [...byLeader].map(async ([node, own]) => {
      if (node === undefined) return;
      try {
        await readFrom(client, { ...request, node, own, deadlineMs, found });
      } catch (failure) {
        if (!(failure instanceof ClientError)) throw failure;
        for (const { partition, offset } of own) found.set(partition, failed(offset, failure));
      }
    }),
  );
  const isStale = byLeader.has(undefined) || [...found.values()].some(needsRefresh);
  if (isStale) client.metadata.forget(topic);
  return found;
}

type LeaderRead = ReadPartitionsRequest & {
  readonly node: number;
  readonly own: readonly { readonly partition: number; readonly offset: number }[];
  readonly deadlineMs: number;
  readonly found: Map<number, PartitionAttempt>;
};

async function readFrom(client: ClusterClient, read: LeaderRead): Promise<void> {
  const { topic, own, isolation, partitionBytesMax, answerBytesMax, node, deadlineMs, found } = read;
  const { withControl = false } = read;
  const partitions = own.map(({ partition, offset }) => ({
    partition,
    fetchOffset: offset,
    partitionMaxBytes: partitionBytesMax,
  }));
  const response = await client.send(
    Fetch,
    {
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: answerBytesMax,
      isolationLevel: isolation === "committed" ? 1 : 0,
      sessionEpoch: -1,
      topics: [{ topic, topicId: client.metadata.topic(topic)?.topicId ?? ZERO_UUID, partitions }],
    },
    { to: { node }, deadlineMs, lane: LANE },
  );
  const answers = new Map(
    response.responses.flatMap((answer) => answer.partitions.map((one) => [one.partitionIndex, one])),
  );
  for (const { partition, offset } of own) {
    const answer = answers.get(partition);
    const errorCode = response.errorCode === NONE ? (answer?.errorCode ?? NONE) : response.errorCode;
    const whole = {
      errorCode,
      records: answer?.records ?? new Uint8Array(),
      highWatermark: answer?.highWatermark ?? -1,
      lastStableOffset: answer?.lastStableOffset ?? -1,
      logStartOffset: answer?.logStartOffset ?? -1,
      abortedTransactions: answer?.abortedTransactions ?? [],
    };
    found.set(partition, decodeRecords(whole, { topic, partition, fromOffset: offset, isolation, withControl }));
  }
}

function needsRefresh({ errorCode, failure }: PartitionAttempt): boolean {
  return failure !== undefined || (errorCode !== NONE && judge(errorCode, { isNew: true }) === "refresh");
}

function failed(offset: number, failure: ClientError): PartitionAttempt {
  return {
    errorCode: NETWORK_EXCEPTION,
    records: [],
    sizeBytes: 0,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    nextOffset: offset,
    fault: null,
    failure,
  };
}
