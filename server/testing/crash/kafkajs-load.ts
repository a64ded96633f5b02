import { Kafka, logLevel } from "kafkajs";
import type { Load } from "./kcat-load.ts";

/**
 * kafkajs with acks=all and idempotence, a producer for each of the first partitions. One `send` names one partition: kafkajs loses and repeats what one
 * `send` brings to several leaders while leaders move, on any cluster (docs/clients.md).
 */
export async function startKafkajs(bootstrap: string, topic: string, name: string, partitions: number): Promise<Load> {
  const kafka = new Kafka({
    clientId: name,
    brokers: bootstrap.split(","),
    logLevel: logLevel.NOTHING,
    requestTimeout: 5_000,
    retry: { retries: 200, initialRetryTime: 50, maxRetryTime: 500 },
  });
  const acknowledged: string[] = [];
  const over = new AbortController();
  const producers = Array.from({ length: partitions }, () =>
    kafka.producer({ idempotent: true, maxInFlightRequests: 1 }),
  );
  await Promise.all(producers.map((producer) => producer.connect()));
  const sending = producers.map(async (producer, partition) => {
    for (let count = 0; !over.signal.aborted; count++) {
      const value = `${name}-${partition}:${count}`;
      await producer.send({ topic, acks: -1, timeout: 3_000, messages: [{ partition, value }] });
      acknowledged.push(value);
    }
  });
  const sent = Promise.all(sending);
  sent.catch(() => undefined);
  return {
    get acknowledgedSoFar() {
      return acknowledged.length;
    },
    end: async () => {
      over.abort();
      await sent;
      await Promise.all(producers.map((producer) => producer.disconnect()));
      return acknowledged;
    },
  };
}
