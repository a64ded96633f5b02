import { CompressionTypes, type IHeaders } from "kafkajs";
import {
  type PayloadInput,
  type ProducedMessage,
  type ProduceMessageInput,
  produceMessageInput,
} from "../../lib/contracts/messages.ts";
import { type Problem, problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { type Done, defineChange } from "./change.ts";
import { findPartitions } from "./find-partitions.ts";
import { findTopic } from "./find-topic.ts";
import { kafkaProblem } from "./to-problem.ts";
import type { Scope, UseCase } from "./use-case.ts";

/** The one legal name of a topic that kafkajs cannot write to. */
const UNWRITABLE = "__proto__";
const ACKS = { all: -1, leader: 1, none: 0 } as const;

/** Producing a message: the journal keeps where it went, never what it said. */
export const produceMessageChange = defineChange<ProduceMessageInput, ProducedMessage>({
  kind: "produce-message",
  input: produceMessageInput,
  verb: () => "Produce to",
  failed: ({ topic }) => `The message was not produced to ${topic}`,
  target: ({ topic }) => ({ type: "topic", name: topic }),
  async plan({ cluster }, { topic, partition }, title) {
    if (topic === UNWRITABLE) return fail(unwritable(title));
    const found = await findTopic(cluster, topic, title);
    if (!found.ok) return found;
    const chosen = findPartitions(found.value, partition === null ? null : [partition], title);
    if (!chosen.ok) return chosen;
    const after = { partition: partition === null ? null : String(partition) };
    return succeed({ before: {}, after, impact: [], problems: [] });
  },
  async act(scope, input, title) {
    if (input.topic === UNWRITABLE) return fail(unwritable(title));
    const found = await findTopic(scope.cluster, input.topic, title);
    if (!found.ok) return found;
    const chosen = findPartitions(found.value, input.partition === null ? null : [input.partition], title);
    if (!chosen.ok) return chosen;
    return send(scope, input, title);
  },
  keptInput: (input) => ({ ...input, key: null, value: null, headers: [] }),
  revert: () => ({ irreversible: "A message that was produced stays until the topic's retention takes it." }),
});

function unwritable(title: string): Problem {
  const detail = "kafkajs, which the console produces with, keeps topics in objects, and loses one of this name.";
  const suggestion = "Use kcat or kafka-console-producer.sh.";
  return problem({ code: "not-possible", title, detail, suggestion });
}

/** Produces one message through kafkajs, as an application would. Never creates the topic. */
export const produceMessage: UseCase<ProduceMessageInput, ProducedMessage> = (context, actor, input) =>
  produceMessageChange.actOn(context, actor, input, {});

async function send(
  { cluster }: Scope,
  input: ProduceMessageInput,
  title: string,
): Promise<Result<Done<ProducedMessage>>> {
  const { topic, partition } = input;
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
  const value = { partition: written?.partition ?? partition ?? 0, offset, durationMs };
  const after = { partition: String(value.partition), offset };
  const summary = `partition ${value.partition}${offset === null ? "" : `, offset ${offset}`}`;
  return succeed({ value, before: {}, after, summary });
}

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
