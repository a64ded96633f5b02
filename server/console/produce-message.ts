import { CompressionTypes, type IHeaders } from "kafkajs";
import type { PayloadInput, ProducedMessage, ProduceMessageInput } from "../../lib/contracts/messages.ts";
import { fail, succeed } from "../../lib/result.ts";
import { findPartitions } from "./find-partitions.ts";
import { findTopic } from "./find-topic.ts";
import { kafkaProblem } from "./to-problem.ts";
import { defineUseCase } from "./use-case.ts";

const ACKS = { all: -1, leader: 1, none: 0 } as const;

/** Produces one message through kafkajs, as an application would. Never creates the topic. */
export const produceMessage = defineUseCase<ProduceMessageInput, ProducedMessage>({
  name: "produce-message",
  access: "write",
  failed: ({ topic }) => `The message was not produced to ${topic}`,
  async run({ cluster }, input, title) {
    const { topic, partition } = input;
    const found = await findTopic(cluster, topic, title);
    if (!found.ok) return found;
    const chosen = findPartitions(found.value, partition, title);
    if (!chosen.ok) return chosen;
    const startedMs = performance.now();
    const [written] = await cluster.producer.send({
      topic,
      acks: ACKS[input.acks],
      compression: input.codec === "gzip" ? CompressionTypes.GZIP : CompressionTypes.None,
      messages: [
        {
          key: input.key && bytesOf(input.key),
          value: input.value && bytesOf(input.value),
          headers: headersOf(input.headers),
          ...(partition !== null && { partition }),
          ...(input.timestampMs !== null && { timestamp: String(input.timestampMs) }),
        },
      ],
    });
    const durationMs = Math.round((performance.now() - startedMs) * 10) / 10;
    if (written && written.errorCode !== 0) {
      const attempt = { title, facts: [["topic", topic]] as const, identity: cluster.identity };
      return fail(kafkaProblem(written.errorCode, null, attempt));
    }
    const offset = input.acks === "none" ? null : (written?.baseOffset ?? written?.offset ?? null);
    return succeed({ partition: written?.partition ?? partition ?? 0, offset, durationMs });
  },
});

function bytesOf({ encoding, text }: PayloadInput): Buffer {
  return Buffer.from(text, encoding);
}

/** kafkajs takes headers as an object: doubles of a name stay in order, though not between other names. */
function headersOf(headers: ProduceMessageInput["headers"]): IHeaders {
  const byName = new Map<string, Buffer[]>();
  for (const { key, value } of headers) byName.set(key, [...(byName.get(key) ?? []), bytesOf(value)]);
  return Object.fromEntries(
    [...byName].map(([name, values]) => [name, values.length === 1 && values[0] !== undefined ? values[0] : values]),
  );
}
