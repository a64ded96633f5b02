import { Produce } from "../wire/apis/produce.ts";
import { NONE } from "../wire/errors.ts";
import type { NewRecord } from "../wire/record.ts";
import { buildBatch } from "../wire/record-batch-builder.ts";
import { ZERO_UUID } from "../wire/uuid.ts";
import type { ClusterClient } from "./cluster-client.ts";

/** Where the first of the records went, or the error code that the leader gave. */
export type Appended = { readonly errorCode: number; readonly message: string | null; readonly baseOffset: number };

const TIMEOUT_MS = 10_000;

/**
 * Appends records as one batch, byte for byte: headers keep their order and doubles. All in-sync replicas must have it (acks=all). Sent once:
 * when the answer is lost the batch may be there or not. Rejects with a ClientError.
 */
export async function appendRecords(
  client: ClusterClient,
  { topic, partition }: { readonly topic: string; readonly partition: number },
  records: readonly NewRecord[],
): Promise<Appended> {
  if (client.metadata.topic(topic) === undefined) await client.refresh([topic]);
  const topicId = client.metadata.topic(topic)?.topicId ?? ZERO_UUID;
  const topicData = [{ name: topic, topicId, partitionData: [{ index: partition, records: buildBatch(records) }] }];
  const response = await client.send(
    Produce,
    { acks: -1, timeoutMs: TIMEOUT_MS, topicData },
    { to: { topic, partition } },
  );
  const answer = response.responses[0]?.partitionResponses[0];
  return {
    errorCode: answer?.errorCode ?? NONE,
    message: answer?.errorMessage ?? null,
    baseOffset: answer?.baseOffset ?? -1,
  };
}
