import { InitProducerId } from "../wire/apis/init-producer-id.ts";
import { Produce } from "../wire/apis/produce.ts";
import type { Codec } from "../wire/compression.ts";
import { DUPLICATE_SEQUENCE_NUMBER, NONE } from "../wire/errors.ts";
import { addSequence } from "../wire/record-batch.ts";
import { buildBatch } from "../wire/record-batch-builder.ts";
import type { NewRecord } from "../wire/record.ts";
import { ZERO_UUID } from "../wire/uuid.ts";
import type { ClusterClient } from "./cluster-client.ts";

/** How long the leader may wait for the other replicas. */
const REPLICAS_TIMEOUT_MS = 30_000;

/** A partition to write to. */
export type WritePlace = { readonly topic: string; readonly partition: number };

/** What became of a batch; `baseOffset` -1 when it had been written before. */
export type Written = { readonly errorCode: number; readonly message: string | null; readonly baseOffset: number };

/** Writes records byte for byte, with their headers in order and their timestamps, as an idempotent producer (KIP-98): a batch that is sent again after a lost answer is there once. */
export class RecordWriter {
  private readonly sequences = new Map<string, number>();

  private constructor(
    private readonly client: ClusterClient,
    private readonly producer: { readonly producerId: number; readonly producerEpoch: number },
  ) {}

  /** Asks for a producer id. The error code instead, when there is none to be had. Rejects with a ClientError. */
  static async open(client: ClusterClient): Promise<RecordWriter | number> {
    const request = { transactionalId: null, transactionTimeoutMs: 0, producerId: -1, producerEpoch: -1 };
    const answer = await client.ask(InitProducerId, request, {
      to: "any",
      errorCodes: ({ errorCode }) => [errorCode],
    });
    if (answer.errorCode !== NONE) return answer.errorCode;
    const { producerId, producerEpoch } = answer;
    return new RecordWriter(client, { producerId, producerEpoch });
  }

  /** Writes records as one batch, and settles when all replicas in sync have it. Leader changes are followed until the deadline. Rejects with a ClientError. */
  async write({ topic, partition }: WritePlace, records: readonly NewRecord[], codec: Codec): Promise<Written> {
    const { client, producer } = this;
    const key = `${topic}/${partition}`;
    const baseSequence = this.sequences.get(key) ?? 0;
    const bytes = buildBatch(records, { codec, ...producer, baseSequence });
    if (client.metadata.topic(topic) === undefined) await client.refresh([topic]);
    const topicId = client.metadata.topic(topic)?.topicId ?? ZERO_UUID;
    const topicData = [{ name: topic, topicId, partitionData: [{ index: partition, records: bytes }] }];
    const { responses } = await client.ask(
      Produce,
      { acks: -1, timeoutMs: REPLICAS_TIMEOUT_MS, topicData },
      {
        to: { topic, partition },
        deadlineMs: client.deadline(REPLICAS_TIMEOUT_MS),
        errorCodes: (answer) =>
          answer.responses.flatMap(({ partitionResponses }) => partitionResponses.map(({ errorCode }) => errorCode)),
      },
    );
    const answer = responses[0]?.partitionResponses[0];
    const errorCode = answer?.errorCode === DUPLICATE_SEQUENCE_NUMBER ? NONE : (answer?.errorCode ?? -1);
    if (errorCode === NONE) this.sequences.set(key, addSequence(baseSequence, records.length));
    return { errorCode, message: answer?.errorMessage ?? null, baseOffset: answer?.baseOffset ?? -1 };
  }
}
