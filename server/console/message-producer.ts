import { type Kafka, Partitioners, type Producer, type ProducerRecord, type RecordMetadata } from "kafkajs";
import type { ConnectionSettings } from "./connection/client-properties.ts";
import { kafkajsClient } from "./connection/kafkajs-client.ts";

const CONNECT_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 10_000;
/** A person waits for the answer: few retries, quickly. */
const RETRY = { retries: 4, initialRetryTime: 100, maxRetryTime: 1_000 };

/** One kafkajs producer for a cluster, connected at first use and replaced after a failure. Produces as an application would. */
export class MessageProducer {
  private readonly kafka: Kafka;
  private connected: Promise<Producer> | undefined;

  constructor(bootstrap: readonly string[], settings: ConnectionSettings) {
    this.kafka = kafkajsClient(bootstrap, settings, {
      clientId: "odradek-console",
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      retry: RETRY,
    });
  }

  /** Sends to one topic. Rejects with an error of kafkajs; the next call then connects anew. */
  async send(record: ProducerRecord): Promise<RecordMetadata[]> {
    const connected = (this.connected ??= this.connect());
    try {
      return await (await connected).send(record);
    } catch (error) {
      if (this.connected === connected) this.connected = undefined;
      // A producer that failed may hold a dead connection; its own failure to leave tells nothing new.
      void connected.then((producer) => producer.disconnect()).catch(() => undefined);
      throw error;
    }
  }

  /** Leaves the cluster. */
  async close(): Promise<void> {
    const { connected } = this;
    this.connected = undefined;
    await connected?.then((producer) => producer.disconnect()).catch(() => undefined);
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: RETRY,
    });
    await producer.connect();
    return producer;
  }
}
