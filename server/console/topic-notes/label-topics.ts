import type { ChangeFacts } from "../../../lib/contracts/changes.ts";
import { type LabelTopicsInput, labelTopicsInput, topicNotes } from "../../../lib/contracts/topic-notes.ts";
import { formatNumberOf } from "../../../lib/format.ts";
import { type Problem, problem } from "../../../lib/problem.ts";
import { type Result, fail, succeed } from "../../../lib/result.ts";
import { defineChange } from "../change.ts";
import { partly } from "../partly.ts";
import type { Scope } from "../use-case.ts";
import { labelsOf, labelText } from "./label-text.ts";

/** After a topic's name among the facts: a topic may be called as a property of every object is. */
const FACT_END = "/labels";

/** Adding labels to topics and taking some off; what else they are labelled stays. Kept by the console: clients do not see them. */
export const labelTopicsChange = defineChange<LabelTopicsInput, null>({
  kind: "label-topics",
  input: labelTopicsInput,
  verb: () => "Label",
  failed: (input) => `${nameOf(input)} were not labelled`,
  target: (input) => ({ type: "topic", name: nameOf(input) }),
  async plan(scope, input, title) {
    const found = await labelled(scope, input, title);
    if (!found.ok) return found;
    const { topics, problems } = found.value;
    const changed = topics.filter(({ before, after }) => labelText(before) !== labelText(after)).length;
    const text = `${formatNumberOf(changed, "topic")} of ${topics.length} ${changed === 1 ? "changes" : "change"}. Labels are kept in this console: no client of the cluster sees them.`;
    return succeed({ ...factsOf(topics), impact: [{ severity: "info", text }], problems });
  },
  async act(scope, input, title) {
    const found = await labelled(scope, input, title);
    if (!found.ok) return found;
    const { topics, problems } = found.value;
    const { topicNotes: kept } = scope.context;
    kept.writeLabels(input.cluster, new Map(topics.map(({ topic, after }) => [topic, after])));
    return succeed({ value: null, ...factsOf(topics), summary: partly(whatOf(input), problems) });
  },
  // Back goes what this change did to each, so that labels which others gave it since then stay.
  revert: ({ before, after }, { cluster }) => ({
    kind: "label-topics",
    input: {
      cluster,
      edits: Object.keys(before).map((fact) => {
        const [was, is] = [labelsOf(before[fact]), labelsOf(after[fact])];
        return { topic: fact.slice(0, -FACT_END.length), add: without(was, is), remove: without(is, was) };
      }),
    },
  }),
});

type Labelled = { readonly topic: string; readonly before: readonly string[]; readonly after: readonly string[] };

/** What the topics are labelled and would be; those that are not there, or would have too many labels, are problems. */
async function labelled(
  { cluster, context }: Scope,
  input: LabelTopicsInput,
  title: string,
): Promise<Result<{ readonly topics: readonly Labelled[]; readonly problems: readonly Problem[] }>> {
  const known = new Set((await cluster.topics.get()).topics.map(({ name }) => name));
  const { labels } = context.topicNotes.marks(input.cluster, "");
  const topics: Labelled[] = [];
  const problems: Problem[] = [];
  for (const { topic, add, remove } of input.edits) {
    const before = Object.hasOwn(labels, topic) ? (labels[topic] ?? []) : [];
    const after = [...new Set([...without(before, remove), ...add])];
    const facts: [string, string][] = [["topic", topic]];
    if (!known.has(topic)) {
      const detail = `The cluster has no topic ${topic}.`;
      problems.push(problem({ code: "topic-not-found", title, detail, facts }));
    } else if (!topicNotes.shape.labels.safeParse(after).success) {
      const detail = `${topic} would have ${after.length} labels; at most 20 are kept.`;
      problems.push(problem({ code: "invalid-input", title, detail, facts }));
    } else topics.push({ topic, before, after });
  }
  return topics.length === 0 && problems[0] ? fail(problems[0]) : succeed({ topics, problems });
}

function nameOf({ edits }: LabelTopicsInput): string {
  return edits.length === 1 ? (edits[0]?.topic ?? "") : formatNumberOf(edits.length, "topic");
}

function whatOf({ edits }: LabelTopicsInput): string {
  const all = (labels: readonly string[], sign: string) => [...new Set(labels)].map((label) => `${sign}${label}`);
  const changes = [
    ...all(
      edits.flatMap(({ add }) => add),
      "+",
    ),
    ...all(
      edits.flatMap(({ remove }) => remove),
      "−",
    ),
  ];
  return changes.join(", ") || "nothing";
}

function factsOf(topics: readonly Labelled[]): { before: ChangeFacts; after: ChangeFacts } {
  const facts = (part: "before" | "after") =>
    Object.fromEntries(topics.map((topic) => [topic.topic + FACT_END, labelText(topic[part])]));
  return { before: facts("before"), after: facts("after") };
}

function without(labels: readonly string[], gone: readonly string[]): string[] {
  return labels.filter((label) => !gone.includes(label));
}
