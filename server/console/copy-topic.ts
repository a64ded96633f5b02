import { createTopicCommand } from "../../lib/cli/topics.ts";
import { createTopicCode } from "../../lib/code/topics.ts";
import { type CopyTopicInput, copyTopicInput, type CreatedTopic } from "../../lib/contracts/topic-plans.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { succeed } from "../../lib/result.ts";
import { defineChange } from "./change.ts";
import { COPY_RECORDS } from "./copy-records-job.ts";
import { createTopicChange } from "./create-topic.ts";
import { findTopic } from "./find-topic.ts";
import { settle } from "./settled.ts";
import { messageCount, readOffsetsColumn } from "./topic-columns/offsets-column.ts";

/** Making a topic and copying another's messages into it, which a job goes on with. */
export const copyTopicChange = defineChange<CopyTopicInput, CreatedTopic>({
  kind: "copy-topic",
  input: copyTopicInput,
  verb: ({ from }) => `Copy ${from} to`,
  failed: ({ from, name }) => `Topic ${from} was not copied to ${name}`,
  target: ({ name }) => ({ type: "topic", name }),
  cli: (input, bootstrap) => `${createTopicCommand(bootstrap, input)}\n# ${messagesOf(input)}`,
  code: (input, bootstrap) => `${createTopicCode(bootstrap, input)}\n// ${messagesOf(input)}`,
  async plan(scope, { from, ...input }, title) {
    const { cluster } = scope;
    const source = await findTopic(cluster, from, title);
    if (!source.ok) return source;
    const made = await createTopicChange.plan(scope, input, title);
    if (!made.ok) return made;
    const offsets = await settle(readOffsetsColumn(cluster, [source.value]), {
      title: "Messages could not be counted",
      identity: cluster.identity,
    });
    const count = source.value.partitions.length;
    const messages = messageCount(count, offsets.value?.values.get(from));
    const isSameShape = input.partitions === count;
    return succeed({
      ...made.value,
      state: made.value.after,
      impact: [
        ...made.value.impact,
        {
          severity: "info",
          text: `A job copies ${messages === null ? "its messages" : formatNumberOf(messages, "message")}, with keys, headers and timestamps as they are. Offsets begin at 0; messages of aborted transactions are left out.`,
        },
        {
          severity: isSameShape ? "info" : "warning",
          text: isSameShape
            ? "Each partition goes to the one of its number."
            : "With another number of partitions, each message goes to the partition of its key.",
        },
      ],
      problems: [...made.value.problems, ...offsets.problems],
    });
  },
  async act(scope, { from, ...input }, title) {
    const source = await findTopic(scope.cluster, from, title);
    if (!source.ok) return source;
    const made = await createTopicChange.act(scope, input, title);
    if (!made.ok) return made;
    const { id } = scope.context.engine.jobs.add({
      kind: COPY_RECORDS,
      cluster: input.cluster,
      title: `Copy ${from}`,
      detail: `${from} → ${input.name}`,
      actor: scope.actor.name,
      input: { from, to: input.name },
    });
    return succeed({ ...made.value, jobId: id });
  },
  revert: ({ after }, { cluster, name }) => ({
    kind: "delete-topics",
    input: { cluster, topics: [{ name, topicId: after.id ?? null }] },
  }),
});

/** What no command does. */
function messagesOf({ from }: CopyTopicInput): string {
  return `Its messages are copied from ${from} by a job of the console: Kafka's tools have no command for that.`;
}
