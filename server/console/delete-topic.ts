import { setTimeout as pause } from "node:timers/promises";
import type { DeleteTopicInput } from "../../lib/contracts/topics.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { deleteTopics, describeTopic } from "../client/admin/topics.ts";
import type { Cluster } from "./cluster.ts";
import { findTopic } from "./find-topic.ts";
import { kafkaProblem } from "./to-problem.ts";
import { topicFingerprint } from "./topic-fingerprint.ts";
import { defineUseCase } from "./use-case.ts";

/** How long the topic may take to leave metadata. */
const GONE_LIMIT_MS = 5_000;
const LOOK_AGAIN_MS = 50;

/** Deletes a topic whose name was typed and which is still the one that the plan showed. Answers when metadata has it no more. */
export const deleteTopic = defineUseCase<DeleteTopicInput, { readonly topic: string }>({
  name: "delete-topic",
  access: "write",
  failed: ({ topic }) => `Topic ${topic} was not deleted`,
  async run({ cluster }, { topic, confirmation, fingerprint }, title) {
    if (confirmation !== topic) {
      const detail = `Type ${topic} to delete it.`;
      return fail(problem({ code: "invalid-input", title, detail, fields: { confirmation: detail } }));
    }
    const found = await findTopic(cluster, topic, title);
    if (!found.ok) return found;
    if (topicFingerprint(found.value) !== fingerprint) {
      return fail(
        problem({
          code: "changed-meanwhile",
          title,
          detail: `${topic} is not the topic that the impact was shown for: it was changed, or deleted and made anew.`,
          suggestion: "Look at the impact again, then decide.",
          facts: [["topic", topic]],
        }),
      );
    }
    const [answer] = await deleteTopics(cluster.client, [topic]);
    cluster.forgetTopics();
    if (answer === undefined || answer.errorCode !== 0) {
      const needs = { operation: "Delete", resource: { topic } };
      const attempt = { title, facts: [["topic", topic]] as const, needs, identity: cluster.identity };
      return fail(kafkaProblem(answer?.errorCode ?? -1, answer?.message ?? null, attempt));
    }
    await untilGone(cluster, topic);
    cluster.forgetTopics();
    return succeed({ topic });
  },
});

async function untilGone(cluster: Cluster, topic: string): Promise<void> {
  const limitMs = performance.now() + GONE_LIMIT_MS;
  while (performance.now() < limitMs) {
    const found = await describeTopic(cluster.client, topic);
    if (found === undefined || found.errorCode !== 0) return;
    await pause(LOOK_AGAIN_MS);
  }
}
