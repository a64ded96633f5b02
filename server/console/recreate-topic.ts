import { createTopicCommand, deleteTopicsCommand } from "../../lib/cli/topics.ts";
import { recreateTopicCode } from "../../lib/code/topics.ts";
import type { ChangeFacts, Impact } from "../../lib/contracts/changes.ts";
import { type RecreateTopicInput, recreateTopicInput } from "../../lib/contracts/topic-changes.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { createTopics } from "../client/admin/topics.ts";
import { describeKafkaError } from "../client/kafka-error.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import { defineChange } from "./change.ts";
import { findTopic } from "./find-topic.ts";
import { connectorsImpact, linksOf, subjectsImpact } from "./linked-impact.ts";
import { namedTopic } from "./named-topic.ts";
import { ownConfigs } from "./own-configs.ts";
import { RECREATE_TOPIC } from "./recreate-topic-job.ts";
import { settle } from "./settled.ts";
import { kafkaProblem } from "./to-problem.ts";
import { tieredLoss } from "./tiered-impact.ts";
import { readRemoteLoss } from "./tiered-topics.ts";
import { messageCount, readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { namesOf, readersOf, readingNow } from "./topic-readers.ts";
import { replicationFactorOf, topicIdOf } from "./topic-summary.ts";
import type { Scope } from "./use-case.ts";

type Found = { readonly topic: TopicMetadata; readonly configs: Readonly<Record<string, string>> };

/** Deleting a topic and making it anew as it is, but empty. */
export const recreateTopicChange = defineChange<RecreateTopicInput, { readonly jobId: number }>({
  kind: "recreate-topic",
  input: recreateTopicInput,
  verb: () => "Recreate topic",
  failed: ({ topic }) => `Topic ${topic} was not recreated`,
  target: ({ topic }) => ({ type: "topic", name: topic }),
  cli: (input, bootstrap, after) =>
    [deleteTopicsCommand(bootstrap, [input.topic]), createTopicCommand(bootstrap, namedTopic(input.topic, after))].join(
      "\n",
    ),
  code: (input, bootstrap, after) => recreateTopicCode(bootstrap, namedTopic(input.topic, after)),
  async plan(scope, { topic: name }, title) {
    const { cluster } = scope;
    const found = await readWhole(scope, name, title);
    if (!found.ok) return found;
    const { topic, configs } = found.value;
    const { identity } = cluster;
    const [offsets, tiered, { readers, problems }, links] = await Promise.all([
      settle(readOffsetsColumn(cluster, [topic]), { title: "Messages could not be counted", identity }),
      readRemoteLoss(cluster, [topic]),
      readersOf(scope, new Set([name])),
      linksOf(cluster, [name]),
    ]);
    const messages = messageCount(topic.partitions.length, offsets.value?.values.get(name));
    return succeed({
      before: { ...factsOf(topic, configs), id: topicIdOf(topic) },
      after: { ...factsOf(topic, configs), id: "another" },
      impact: [
        lost(messages),
        ...tieredLoss(tiered.topics, 1, tiered.records),
        ...readingNow(
          readers,
          "they and their producers see UNKNOWN_TOPIC_OR_PARTITION until it is back, and go on by themselves.",
        ),
        ...(readers.length === 0
          ? []
          : [
              {
                severity: "warning" as const,
                text: `${formatNumberOf(readers.length, "group")} ${readers.length === 1 ? "loses" : "lose"} committed offsets (${namesOf(readers)}), and ${readers.length === 1 ? "begins" : "begin"} where auto.offset.reset says.`,
              },
            ]),
        ...connectorsImpact(links.connectors, {
          writing: "they go on, and do not send again what they have sent.",
          reading: "they wait until it is back.",
        }),
        ...subjectsImpact(links.subjects, ", and are those of the new topic."),
      ],
      problems: [
        ...offsets.problems,
        ...(offsets.value?.problems ?? []),
        ...tiered.problems,
        ...problems,
        ...links.problems,
      ],
    });
  },
  async act(scope, { cluster: slug, topic: name }, title) {
    const found = await readWhole(scope, name, title);
    if (!found.ok) return found;
    const { topic, configs } = found.value;
    const input = {
      topic: name,
      topicId: topicIdOf(topic),
      partitions: topic.partitions.length,
      replicationFactor: replicationFactorOf(topic),
      configs,
    };
    const { id } = scope.context.engine.jobs.add({
      kind: RECREATE_TOPIC,
      cluster: slug,
      title: `Recreate ${name}`,
      detail: `${formatNumberOf(input.partitions, "partition")} × ${input.replicationFactor}`,
      actor: scope.actor.name,
      input,
    });
    const facts = factsOf(topic, configs);
    return succeed({
      value: { jobId: id },
      before: { ...facts, id: topicIdOf(topic) },
      after: facts,
      summary: `${formatNumberOf(input.partitions, "partition")} × ${input.replicationFactor}, empty`,
      jobId: id,
    });
  },
  revert: () => ({
    irreversible: "Its messages are gone. Save them to a file before.",
  }),
});

/** The topic with what was set on it. Refuses when the cluster would not make it again: a right to create, a policy that is stricter by now. */
async function readWhole({ cluster }: Scope, name: string, title: string): Promise<Result<Found>> {
  const found = await findTopic(cluster, name, title);
  if (!found.ok) return found;
  const { identity, client } = cluster;
  const own = await ownConfigs(cluster, name, title);
  if (!own.ok) return own;
  const configs = own.value;
  const topic = found.value;
  const wanted = {
    name,
    partitions: topic.partitions.length,
    replicationFactor: replicationFactorOf(topic),
    configs: new Map(Object.entries(configs)),
  };
  const [answer] = await createTopics(client, [wanted], { validateOnly: true });
  const errorCode = answer?.errorCode ?? -1;
  // That it is there is the one thing that should be wrong with it.
  if (errorCode === 0 || describeKafkaError(errorCode).name === "TOPIC_ALREADY_EXISTS")
    return succeed({ topic, configs });
  const needs = { operation: "Create", resource: { topic: name } };
  return fail(kafkaProblem(errorCode, answer?.errorMessage ?? null, { title, needs, identity }));
}

function lost(messages: number | null): Impact {
  if (messages === 0) return { severity: "info", text: "It has no messages." };
  const text = `${messages === null ? "All its messages" : formatNumberOf(messages, "message")} ${messages === 1 ? "is" : "are"} lost for good, and offsets begin at 0 again.`;
  return { severity: "critical", text };
}

function factsOf(topic: TopicMetadata, configs: Found["configs"]): ChangeFacts {
  return {
    partitions: String(topic.partitions.length),
    "replication.factor": String(replicationFactorOf(topic)),
    ...configs,
  };
}
