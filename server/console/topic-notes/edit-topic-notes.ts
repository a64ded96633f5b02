import type { ChangeFacts } from "../../../lib/contracts/changes.ts";
import { type EditTopicNotesInput, editTopicNotesInput, type TopicNotes } from "../../../lib/contracts/topic-notes.ts";
import { succeed } from "../../../lib/result.ts";
import { defineChange } from "../change.ts";
import { findTopic } from "../find-topic.ts";
import type { Scope } from "../use-case.ts";
import { labelsOf, labelText } from "./label-text.ts";

/** Writing labels or documentation of a topic. Kept by the console: clients do not see them. */
export const editTopicNotesChange = defineChange<EditTopicNotesInput, TopicNotes>({
  kind: "edit-topic-notes",
  input: editTopicNotesInput,
  verb: ({ documentation }) => (documentation === undefined ? "Label" : "Document"),
  failed: ({ topic }) => `Notes of ${topic} were not written`,
  target: ({ topic }) => ({ type: "topic", name: topic }),
  async plan(scope, input, title) {
    const found = await findTopic(scope.cluster, input.topic, title);
    if (!found.ok) return found;
    const { before, after } = beforeAndAfter(scope, input);
    const impact = [{ severity: "info" as const, text: "Kept in this console. No client of the cluster sees it." }];
    return succeed({ before: factsOf(before, input), after: factsOf(after, input), impact, problems: [] });
  },
  act(scope, input) {
    const { before, after } = beforeAndAfter(scope, input);
    scope.context.topicNotes.write(input.cluster, input.topic, after);
    const summary = input.documentation === undefined ? (labelText(after.labels) ?? "no labels") : "documentation";
    return Promise.resolve(
      succeed({ value: after, before: factsOf(before, input), after: factsOf(after, input), summary }),
    );
  },
  revert: ({ before }, { cluster, topic, labels, documentation }) => ({
    kind: "edit-topic-notes",
    input: {
      cluster,
      topic,
      ...(labels !== undefined && { labels: labelsOf(before.labels) }),
      ...(documentation !== undefined && { documentation: before.documentation ?? "" }),
    },
  }),
});

function beforeAndAfter({ context }: Scope, { cluster, topic, labels, documentation }: EditTopicNotesInput) {
  const before = context.topicNotes.find(cluster, topic);
  const after = {
    labels: [...new Set(labels ?? before.labels)],
    documentation: documentation ?? before.documentation,
  };
  return { before, after };
}

function factsOf({ labels, documentation }: TopicNotes, input: EditTopicNotesInput): ChangeFacts {
  return {
    ...(input.labels !== undefined && { labels: labelText(labels) }),
    ...(input.documentation !== undefined && { documentation: documentation === "" ? null : documentation }),
  };
}
