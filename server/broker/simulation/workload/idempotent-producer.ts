import type { Environment } from "../../../environment/environment.ts";
import { ClientError } from "../../../client/client-error.ts";
import type { ClusterClient } from "../../../client/cluster-client.ts";
import { pause } from "../../../client/pause.ts";
import { InitProducerId } from "../../../wire/apis/init-producer-id.ts";
import { Produce } from "../../../wire/apis/produce.ts";
import { isRetriableError, NONE, OUT_OF_ORDER_SEQUENCE_NUMBER, UNKNOWN_PRODUCER_ID } from "../../../wire/errors.ts";
import { buildBatch } from "../../../wire/record-batch-builder.ts";
import type { History } from "../history.ts";

/** Topics are named by name up to this version. */
const NEWEST_BY_NAME = 12;
const RETRY_MS = 100;
const PRODUCE_TIMEOUT_MS = 5_000;

/** Where a producer writes to, and who it is. */
export type ProducerOptions = {
  readonly name: string;
  readonly topic: string;
  readonly partition: number;
  /** Records of the next batch, and the pause after it. */
  readonly batchRecords: () => number;
  readonly pauseMs: () => number;
};

type Identity = { readonly producerId: number; readonly producerEpoch: number; readonly name: string };

/** A producer with acks=all that sends one batch after the other and repeats each until it is acknowledged, as Kafka's own with idempotence on. */
export class IdempotentProducer {
  private readonly environment: Environment;
  private readonly client: ClusterClient;
  private readonly history: History;
  private readonly options: ProducerOptions;
  private sequence = 0;
  private incarnations = 0;
  /** Records acknowledged so far. */
  acknowledged = 0;

  constructor(environment: Environment, client: ClusterClient, history: History, options: ProducerOptions) {
    this.environment = environment;
    this.client = client;
    this.history = history;
    this.options = options;
  }

  /** Sends until `isEnough`; settles with the last acknowledgement. */
  async run(isEnough: () => boolean): Promise<void> {
    let identity = await this.newIdentity();
    while (!isEnough()) {
      const values = Array.from(
        { length: this.options.batchRecords() },
        (_, index) => `${identity.name}:${this.sequence + index}`,
      );
      for (const value of values) this.history.sent.add(value);
      const baseOffset = await this.sendUntilAcknowledged(identity, values);
      // The broker has lost the producer's last records in a power cut: they are gone, and it begins anew, as Kafka's clients do.
      if (baseOffset === undefined) identity = await this.newIdentity();
      else this.note(values, baseOffset);
      await pause(this.environment.clock, this.options.pauseMs());
    }
  }

  private note(values: readonly string[], baseOffset: number): void {
    const { partition } = this.options;
    for (const [index, value] of values.entries())
      this.history.acknowledged.push({ partition, offset: baseOffset + index, value });
    this.sequence += values.length;
    this.acknowledged += values.length;
  }

  private async newIdentity(): Promise<Identity> {
    this.sequence = 0;
    const name = `${this.options.name}.${this.incarnations++}`;
    for (;;) {
      const request = { transactionalId: null, transactionTimeoutMs: 60_000 };
      const answer = await this.client.ask(InitProducerId, request, {
        to: "any",
        deadlineMs: this.client.deadline(60_000),
        errorCodes: ({ errorCode }) => [errorCode],
      });
      if (answer.errorCode === NONE)
        return { producerId: answer.producerId, producerEpoch: answer.producerEpoch, name };
      await pause(this.environment.clock, RETRY_MS);
    }
  }

  /** The offset of the first record; undefined when the broker does not know the producer's last records any more. */
  private async sendUntilAcknowledged(identity: Identity, values: readonly string[]): Promise<number | undefined> {
    for (;;) {
      const answer = await this.send(identity, values);
      if (answer?.errorCode === NONE) return answer.baseOffset;
      if (answer?.errorCode === OUT_OF_ORDER_SEQUENCE_NUMBER || answer?.errorCode === UNKNOWN_PRODUCER_ID)
        return undefined;
      if (answer !== undefined && !isRetriableError(answer.errorCode))
        throw new Error(`a batch was refused with error code ${answer.errorCode}`);
      this.client.metadata.forget(this.options.topic);
      await pause(this.environment.clock, RETRY_MS);
    }
  }

  /** The answer, or undefined when there is none. */
  private async send(
    identity: Identity,
    values: readonly string[],
  ): Promise<{ errorCode: number; baseOffset: number } | undefined> {
    const { topic, partition } = this.options;
    const { producerId, producerEpoch } = identity;
    const timestampMs = this.environment.clock.wallMs();
    const records = values.map((value) => ({ timestampMs, key: null, value: Buffer.from(value) }));
    const batch = buildBatch(records, { producerId, producerEpoch, baseSequence: this.sequence });
    const request = {
      acks: -1,
      timeoutMs: PRODUCE_TIMEOUT_MS,
      topicData: [{ name: topic, partitionData: [{ index: partition, records: batch }] }],
    };
    try {
      const deadlineMs = this.client.deadline(2 * PRODUCE_TIMEOUT_MS);
      const answer = await this.client.send(Produce, request, {
        to: { topic, partition },
        deadlineMs,
        maxVersion: NEWEST_BY_NAME,
      });
      return answer.responses[0]?.partitionResponses[0];
    } catch (error) {
      if (error instanceof ClientError) return undefined;
      throw error;
    }
  }
}
