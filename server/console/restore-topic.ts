import { createTopicCommand } from "../../lib/cli/topics.ts";
import { type CreatedTopic, type RestoreTopicInput, restoreTopicInput } from "../../lib/contracts/topic-plans.ts";
import type { Impact } from "../../lib/contracts/changes.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { defineChange } from "./change.ts";
import { createTopicChange } from "./create-topic.ts";
import { findSavedTopic } from "./find-saved-topic.ts";
import { RESTORE_RECORDS } from "./restore-records-job.ts";
import { namedTopic } from "./named-topic.ts";
import { readHead, type SavedHead } from "./saved-topic-file.ts";
import type { Scope } from "./use-case.ts";

/** Making a topic again from a file that a job has saved it in: its partitions and settings at once, its messages by a job. */
export const restoreTopicChange = defineChange<RestoreTopicInput, CreatedTopic>({
  kind: "restore-topic",
  input: restoreTopicInput,
  verb: () => "Restore topic",
  failed: ({ name }) => `Topic ${name} was not restored`,
  target: ({ name }) => ({ type: "topic", name }),
  cli: (input, bootstrap, after) => createTopicCommand(bootstrap, namedTopic(input.name, after)),
  async plan(scope, input, title) {
    const saved = await savedOf(scope, input, title);
    if (!saved.ok) return saved;
    const { head, messages } = saved.value;
    const made = await createTopicChange.plan(scope, newTopicOf(input, head), title);
    if (!made.ok) return made;
    return succeed({
      ...made.value,
      state: made.value.after,
      impact: [...made.value.impact, ...impactOf(head, messages)],
    });
  },
  async act(scope, input, title) {
    const saved = await savedOf(scope, input, title);
    if (!saved.ok) return saved;
    const { head, messages } = saved.value;
    const made = await createTopicChange.act(scope, newTopicOf(input, head), title);
    if (!made.ok) return made;
    const { id } = scope.context.engine.jobs.add({
      kind: RESTORE_RECORDS,
      cluster: input.cluster,
      title: `Restore ${input.name}`,
      detail: `job ${input.job} → ${input.name}`,
      actor: scope.actor.name,
      input: { job: input.job, to: input.name, messages },
    });
    return succeed({ ...made.value, jobId: id });
  },
  revert: ({ after }, { cluster, name }) => ({
    kind: "delete-topics",
    input: { cluster, topics: [{ name, topicId: after.id ?? null }] },
  }),
});

type Saved = { readonly head: SavedHead; readonly messages: number };

async function savedOf(
  { context, actor }: Scope,
  { cluster, job }: RestoreTopicInput,
  title: string,
): Promise<Result<Saved>> {
  const file = await findSavedTopic(context, actor, { cluster, job });
  if (!file.ok) return fail({ ...file.problem, title });
  const head = await readHead(file.value.path).catch(() => undefined);
  if (head !== undefined) return succeed({ head, messages: file.value.messages });
  const detail = `${file.value.path} does not begin with what the topic was: it is damaged.`;
  return fail(problem({ code: "not-possible", title, detail }));
}

function newTopicOf({ cluster, name }: RestoreTopicInput, { partitions, replicationFactor, configs }: SavedHead) {
  return { cluster, name, partitions, replicationFactor, configs };
}

function impactOf({ topic, configs }: SavedHead, messages: number): Impact[] {
  const isCompacted = configs["cleanup.policy"] === "compact";
  const lines: (Impact | false)[] = [
    {
      severity: "info",
      text: `A job writes ${formatNumberOf(messages, "message")} of ${topic}, each to its partition, with key, headers and timestamp as they were. Offsets begin at 0.`,
    },
    configs["retention.ms"] !== "-1" &&
      !isCompacted && {
        severity: "warning",
        text: "Messages older than its retention.ms are deleted again when brokers look next, within some minutes.",
      },
    { severity: "info", text: "What groups had committed does not come back." },
  ];
  return lines.filter((line) => line !== false);
}
