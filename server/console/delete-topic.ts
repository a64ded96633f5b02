import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import { deleteTopicCommand } from "../../lib/cli/topics.ts";
import { deleteTopicCode } from "../../lib/code/topics.ts";
import type { ChangeFacts } from "../../lib/contracts/changes.ts";
import { clusterSlug, topicName } from "../../lib/contracts/primitives.ts";
import type { DeleteTopicInput } from "../../lib/contracts/topics.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { deleteTopics, describeTopic } from "../client/admin/topics.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { findTopic } from "./find-topic.ts";
import { settle } from "./settled.ts";
import { kafkaProblem } from "./to-problem.ts";
import { messageCount, readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { topicFingerprint } from "./topic-fingerprint.ts";
import { replicationFactorOf, topicIdOf } from "./topic-summary.ts";
import type { UseCase } from "./use-case.ts";

/** How long the topic may take to leave metadata. */
const GONE_LIMIT_MS = 5_000;
const LOOK_AGAIN_MS = 50;

const changeInput = z.object({
  cluster: clusterSlug,
  topic: topicName,
  /** Only the topic with this id, when one is named: another of the same name is another topic. */
  topicId: z.optional(z.nullable(z.string())),
});
type ChangeInput = z.infer<typeof changeInput>;

/** Deleting a topic. People see the fuller plan of plan-topic-deletion.ts, which stands for the same fingerprint. */
export const deleteTopicChange = defineChange<ChangeInput, { readonly topic: string }>({
  kind: "delete-topic",
  input: changeInput,
  verb: () => "Delete topic",
  failed: ({ topic }) => `Topic ${topic} was not deleted`,
  target: ({ topic }) => ({ type: "topic", name: topic }),
  cli: ({ topic }, bootstrap) => deleteTopicCommand(bootstrap, topic),
  code: ({ topic }, bootstrap) => deleteTopicCode(bootstrap, topic),
  async plan({ cluster }, input, title) {
    const found = await findSame(cluster, input, title);
    if (!found.ok) return found;
    const { identity } = cluster;
    const offsets = await settle(readOffsetsColumn(cluster, [found.value]), {
      title: "Messages could not be counted",
      identity,
    });
    const messages = messageCount(found.value.partitions.length, offsets.value?.values.get(input.topic));
    const text =
      messages === 0
        ? "It has no messages."
        : `${messages === null ? "All its" : formatNumberOf(messages, "message")} are lost for good.`;
    return succeed({
      before: factsOf(found.value),
      after: {},
      impact: [{ severity: messages === 0 ? "info" : "critical", text }],
      problems: [...offsets.problems, ...(offsets.value?.problems ?? [])],
      fingerprint: topicFingerprint(found.value),
    });
  },
  async act({ cluster }, input, title) {
    const { topic } = input;
    const found = await findSame(cluster, input, title);
    if (!found.ok) return found;
    const before = factsOf(found.value);
    const [answer] = await deleteTopics(cluster.client, [topic]);
    cluster.forgetTopics();
    if (answer === undefined || answer.errorCode !== 0) {
      const needs = { operation: "Delete", resource: { topic } };
      const attempt = { title, facts: [["topic", topic]] as const, needs, identity: cluster.identity };
      return fail(kafkaProblem(answer?.errorCode ?? -1, answer?.message ?? null, attempt));
    }
    await untilGone(cluster, topic);
    cluster.forgetTopics();
    const summary = `${formatNumberOf(found.value.partitions.length, "partition")} with all their messages`;
    return succeed({ value: { topic }, before, after: {}, summary });
  },
  revert: () => ({
    irreversible: "Its messages are gone. A topic of the same name can be made anew, and begins empty.",
  }),
});

/** Deletes a topic whose name was typed and which is still the one that the plan showed. Answers when metadata has it no more. */
export const deleteTopic: UseCase<DeleteTopicInput, { readonly topic: string }> = (context, actor, input) => {
  const { cluster, topic, confirmation, fingerprint } = input;
  if (confirmation !== topic) {
    const detail = `Type ${topic} to delete it.`;
    const title = `Topic ${topic} was not deleted`;
    return Promise.resolve(fail(problem({ code: "invalid-input", title, detail, fields: { confirmation: detail } })));
  }
  return deleteTopicChange.actOn(context, actor, { cluster, topic }, { fingerprint });
};

async function findSame(
  cluster: Cluster,
  { topic, topicId }: ChangeInput,
  title: string,
): Promise<Result<TopicMetadata>> {
  const found = await findTopic(cluster, topic, title);
  if (!found.ok || topicId === undefined || topicId === null || found.value.topicId === topicId) return found;
  const detail = `The topic ${topic} that is there now is another one: it was deleted and made anew.`;
  return fail(problem({ code: "changed-meanwhile", title, detail, facts: [["topic", topic]] }));
}

function factsOf(topic: TopicMetadata): ChangeFacts {
  return {
    partitions: String(topic.partitions.length),
    "replication.factor": String(replicationFactorOf(topic)),
    id: topicIdOf(topic),
  };
}

async function untilGone(cluster: Cluster, topic: string): Promise<void> {
  const limitMs = performance.now() + GONE_LIMIT_MS;
  while (performance.now() < limitMs) {
    const found = await describeTopic(cluster.client, topic);
    if (found === undefined || found.errorCode !== 0) return;
    await pause(LOOK_AGAIN_MS);
  }
}
