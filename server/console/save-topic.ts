import * as z from "zod/mini";
import { readMessagesCommand } from "../../lib/cli/messages.ts";
import { clusterSlug, topicName } from "../../lib/contracts/primitives.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { defineChange } from "./change.ts";
import { findTopic } from "./find-topic.ts";
import { SAVE_TOPIC } from "./save-topic-job.ts";
import { settle } from "./settled.ts";
import { messageCount, readOffsetsColumn } from "./topic-columns/offsets-column.ts";

const input = z.object({ cluster: clusterSlug, topic: topicName });

/** Saving a topic's messages in a file of the console, before something is done that cannot be taken back. Changes nothing in the cluster. */
export const saveTopicChange = defineChange<z.infer<typeof input>, { readonly jobId: number }>({
  kind: "save-topic",
  input,
  verb: () => "Save messages of",
  failed: ({ topic }) => `The messages of ${topic} were not saved`,
  target: ({ topic }) => ({ type: "topic", name: topic }),
  cli: ({ topic }, bootstrap) =>
    `${readMessagesCommand(bootstrap, topic, { from: "oldest", limit: 1 }, false).replace(/ -c 1$/, "")} -J > ${topic}.jsonl`,
  async plan({ cluster }, { topic }, title) {
    const found = await findTopic(cluster, topic, title);
    if (!found.ok) return found;
    const { identity } = cluster;
    const offsets = await settle(readOffsetsColumn(cluster, [found.value]), {
      title: "Messages could not be counted",
      identity,
    });
    const messages = messageCount(found.value.partitions.length, offsets.value?.values.get(topic));
    const count = messages === null ? "its messages" : formatNumberOf(messages, "message");
    return succeed({
      before: {},
      after: {},
      impact: [
        {
          severity: "info",
          text: `A job reads ${count} into a file of this console, with keys, headers and timestamps byte for byte. It can be downloaded from the job.`,
        },
      ],
      problems: offsets.problems,
    });
  },
  async act({ cluster, context, actor }, { cluster: slug, topic }, title) {
    const found = await findTopic(cluster, topic, title);
    if (!found.ok) return found;
    if (context.options.dataDirectory === "") {
      const detail = "This console keeps nothing on disk.";
      return fail(problem({ code: "not-possible", title, detail, suggestion: "Start it with --data." }));
    }
    const { id } = context.engine.jobs.add({
      kind: SAVE_TOPIC,
      cluster: slug,
      title: `Save ${topic}`,
      detail: topic,
      actor: actor.name,
      input: { topic },
    });
    return succeed({ value: { jobId: id }, before: {}, after: {}, summary: `job ${id}`, jobId: id });
  },
  revert: () => ({ irreversible: "There is nothing to take back: the cluster is as it was.", isHarmless: true }),
});
