import type { Consumer, Producer } from "kafkajs";
import { until } from "../../../testing/until.ts";

const BATCH = 10;

/** A producer that sends, with acks=all, until it is stopped. Each send goes to one partition: what kafkajs repeats for several leaders, it may send twice. */
export class Load {
  /** Values, each of which is sent once. */
  readonly acknowledged: string[] = [];
  private isOver = false;
  private readonly done: Promise<void>;

  constructor(
    private readonly producer: Producer,
    private readonly target: { readonly topic: string; readonly partitions: number; readonly padding?: string },
  ) {
    this.done = this.run();
  }

  /** Throws what a send failed with. */
  async stop(): Promise<void> {
    this.isOver = true;
    await this.done;
  }

  /** Settles when so many more are acknowledged. */
  async more(count: number): Promise<void> {
    const goal = this.acknowledged.length + count;
    await Promise.race([this.done, until(() => this.acknowledged.length >= goal)]);
  }

  private async run(): Promise<void> {
    const { topic, partitions, padding = "" } = this.target;
    for (let round = 0; !this.isOver; round++) {
      const values = Array.from({ length: BATCH }, (_, index) => `${round}-${index}${padding}`);
      const messages = values.map((value) => ({ partition: round % partitions, value }));
      await this.producer.send({ topic, acks: -1, messages });
      this.acknowledged.push(...values);
    }
  }
}

/** Values of a topic from its beginning; settles when there are `count`. */
export async function readAll(consumer: Consumer, topic: string, count: number): Promise<string[]> {
  const read: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachBatch: ({ batch }) => {
      for (const { value } of batch.messages) read.push(String(value));
      return Promise.resolve();
    },
  });
  await until(() => read.length >= count);
  await consumer.disconnect();
  return read;
}
