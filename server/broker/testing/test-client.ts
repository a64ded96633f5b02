import { Connection } from "../../client/connection.ts";
import { createLog } from "../../environment/real/log.ts";
import { realEnvironment } from "../../environment/real/real-environment.ts";
import type { AnyApi, RequestInput, ResponseOf } from "../../wire/api.ts";
import { CreateTopics } from "../../wire/apis/create-topics.ts";
import { Metadata } from "../../wire/apis/metadata.ts";
import { Produce } from "../../wire/apis/produce.ts";
import { buildBatch, type BatchOptions } from "../../wire/record-batch-builder.ts";

/** Nothing in a test takes longer, unless it hangs. */
const LIMIT_MS = 60_000;
const environment = realEnvironment({ log: createLog({ format: "json", level: "error" }) });

/** A plain client of one broker: what a test asks is what goes over the wire. */
export class TestClient {
  private constructor(private readonly connection: Connection) {}

  /** Connects to the first of the bootstrap servers. */
  static async connect(bootstrap: string, clientId = "test"): Promise<TestClient> {
    const [address = ""] = bootstrap.split(",");
    const colon = address.lastIndexOf(":");
    const options = {
      host: address.slice(0, colon),
      port: Number(address.slice(colon + 1)),
      clientId,
      connectTimeoutMs: LIMIT_MS,
    };
    return new TestClient(await Connection.open(environment, options));
  }

  /** Sends a request, in the newest version both sides know when none is given. */
  ask<A extends AnyApi>(api: A, request: RequestInput<A>, version?: number): Promise<ResponseOf<A>> {
    const deadlineMs = environment.clock.monotonicMs() + LIMIT_MS;
    return this.connection.send(api, request, version === undefined ? { deadlineMs } : { deadlineMs, version });
  }

  /** Makes a topic, waits until the broker serves it, and gives its id. */
  async createTopic(name: string, configs: Readonly<Record<string, string>> = {}, numPartitions = 1): Promise<string> {
    const entries = Object.entries(configs).map(([key, value]) => ({ name: key, value }));
    const created = await this.ask(CreateTopics, {
      topics: [{ name, numPartitions, replicationFactor: -1, configs: entries }],
      timeoutMs: LIMIT_MS,
    });
    const [topic] = created.topics;
    if (topic === undefined || topic.errorCode !== 0)
      throw new Error(`creating ${name} failed with ${topic?.errorCode}`);
    for (;;) {
      const { topics } = await this.ask(Metadata, { topics: [{ name }], allowAutoTopicCreation: false });
      if (topics[0]?.partitions.length === numPartitions && topics[0].partitions.every(({ leaderId }) => leaderId >= 0))
        return topic.topicId;
    }
  }

  /** Produces one batch of values to partition 0 and gives the partition's answer. */
  async produce(
    topic: string,
    values: readonly string[],
    options: BatchOptions & { readonly timestampMs?: number; readonly acks?: number } = {},
  ) {
    const records = batchOf(values, options);
    const request = {
      acks: options.acks ?? -1,
      timeoutMs: LIMIT_MS,
      topicData: [{ name: topic, partitionData: [{ index: 0, records }] }],
    };
    const { responses } = await this.ask(Produce, request, 12);
    const answer = responses[0]?.partitionResponses[0];
    if (answer === undefined) throw new Error("no partition in the answer");
    return answer;
  }

  close(): void {
    this.connection.close();
  }
}

/** One batch with a record for each value, without keys. */
export function batchOf(
  values: readonly string[],
  options: BatchOptions & { readonly timestampMs?: number } = {},
): Uint8Array {
  const timestampMs = options.timestampMs ?? Date.now();
  return buildBatch(
    values.map((value, offset) => ({ offset, timestampMs, key: null, value: Buffer.from(value), headers: [] })),
    options,
  );
}
