import { deleteRecordsCommand } from "../../lib/cli/topics.ts";
import { deleteRecordsCode } from "../../lib/code/topics.ts";
import type { ChangeFacts, Impact } from "../../lib/contracts/changes.ts";
import { type DeleteRecordsInput, deleteRecordsInput } from "../../lib/contracts/topic-changes.ts";
import { formatBytes, formatNumberOf } from "../../lib/format.ts";
import { type Problem, problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { deleteRecords } from "../client/admin/topics.ts";
import { defineChange } from "./change.ts";
import { type DeletionTarget, findDeletionTargets } from "./deletion-targets.ts";
import { connectorsImpact, connectorsOf } from "./linked-impact.ts";
import { type LosingTopic, namedTopicsImpact } from "./named-topics-impact.ts";
import { partly } from "./partly.ts";
import { kafkaProblem } from "./to-problem.ts";
import { tieredRecordsLoss } from "./tiered-impact.ts";
import { readersOf, readingNow, type TopicReader, unreadImpact } from "./topic-readers.ts";
import type { Scope } from "./use-case.ts";

const FIRST_OFFSET = " first offset";

/** Deleting the oldest records of topics: all, of some partitions, before offsets, or before a time. Kafka moves the first offset; nothing brings records back. */
export const deleteRecordsChange = defineChange<DeleteRecordsInput, { readonly records: number }>({
  kind: "delete-records",
  input: deleteRecordsInput,
  verb: ({ upTo }) => (upTo.kind === "everything" ? "Empty" : "Delete records of"),
  failed: (input) => `No records of ${nameOf(input)} were deleted`,
  target: (input) => ({ type: "topic", name: nameOf(input) }),
  cli: (_, bootstrap, after) => (hasOffsets(after) ? deleteRecordsCommand(bootstrap, firstOffsetsOf(after)) : null),
  code: (_, bootstrap, after) => (hasOffsets(after) ? deleteRecordsCode(bootstrap, firstOffsetsOf(after)) : null),
  async plan(scope, input, title) {
    const found = await findDeletionTargets(scope.cluster, input, title);
    if (!found.ok) return found;
    const { targets, tiered, problems } = found.value;
    const refused = refusedPolicies(found.value.compactedOnly, title);
    if (refused.length === input.topics.length && refused[0]) return fail(refused[0]);
    const [{ readers, problems: unread }, connect] = await Promise.all([
      readersOf(scope, new Set(input.topics)),
      connectorsOf(scope.cluster, input.topics),
    ]);
    return succeed({
      ...factsOf(targets),
      state: stateOf(scope, targets),
      impact: [
        ...lostImpact(input, targets),
        ...namedTopicsImpact(losingTopics(targets)),
        ...(tiered && countOf(targets) > 0 ? tieredRecordsLoss(tiered) : []),
        ...readerImpact(targets, readers),
        ...connectorsImpact(connect.connectors, {
          writing: "they go on, and do not send again what they have sent.",
          reading: "they do not get what they have not read yet.",
        }),
      ],
      problems: [...problems, ...refused, ...unread, ...connect.problems],
    });
  },
  async act(scope, input, title) {
    const { cluster } = scope;
    const found = await findDeletionTargets(cluster, input, title);
    if (!found.ok) return found;
    const targets = found.value.targets.filter(({ start, upTo }) => upTo > start);
    if (targets.length === 0) return fail(nothingToDelete(input, title));
    const answers = await deleteRecords(
      cluster.client,
      targets.map(({ topic, partition, upTo }) => ({ topic, partition, offset: upTo })),
    );
    cluster.forgetTopics();
    const refusals: Problem[] = [];
    const done: DeletionTarget[] = [];
    for (const target of targets) {
      const { topic, partition } = target;
      const answer = answers.find((one) => one.topic === topic && one.partition === partition);
      if (answer?.errorCode === 0) {
        done.push({ ...target, upTo: Math.max(target.upTo, answer.lowWatermark) });
        continue;
      }
      const needs = { operation: "Delete", resource: { topic } };
      const facts = [["partition", `${topic}-${partition}`]] as const;
      refusals.push(kafkaProblem(answer?.errorCode ?? -1, null, { title, facts, needs, identity: cluster.identity }));
    }
    if (done.length === 0 && refusals[0]) return fail(refusals[0]);
    const records = countOf(done);
    const summary = partly(
      `${formatNumberOf(records, "message")} of ${formatNumberOf(done.length, "partition")}`,
      refusals,
    );
    return succeed({ value: { records }, ...factsOf(done), summary });
  },
  revert: () => ({
    irreversible: "Kafka deletes records for good. Save the topic's messages to a file first.",
  }),
});

function nameOf({ topics }: DeleteRecordsInput): string {
  return topics.length === 1 ? (topics[0] ?? "") : formatNumberOf(topics.length, "topic");
}

/** Where records begin, before and after, of the partitions that lose some. */
function factsOf(targets: readonly DeletionTarget[]): { before: ChangeFacts; after: ChangeFacts } {
  const before: Record<string, string | null> = {};
  const after: Record<string, string | null> = {};
  for (const { topic, partition, start, upTo } of targets) {
    if (upTo <= start) continue;
    before[`${topic}-${partition}${FIRST_OFFSET}`] = String(start);
    after[`${topic}-${partition}${FIRST_OFFSET}`] = String(upTo);
  }
  return { before, after };
}

/** What must still be so: the same topics, with records that begin where they did. */
function stateOf({ cluster }: Scope, targets: readonly DeletionTarget[]): ChangeFacts {
  const state: Record<string, string | null> = {};
  for (const { topic, partition, start } of targets) {
    state[`${topic} id`] = cluster.client.metadata.topic(topic)?.topicId ?? null;
    state[`${topic}-${partition}${FIRST_OFFSET}`] = String(start);
  }
  return state;
}

function hasOffsets(after: ChangeFacts): boolean {
  return Object.keys(after).length > 0;
}

function firstOffsetsOf(after: ChangeFacts) {
  return Object.entries(after).map(([name, offset]) => {
    const place = name.slice(0, -FIRST_OFFSET.length);
    const dash = place.lastIndexOf("-");
    return { topic: place.slice(0, dash), partition: Number(place.slice(dash + 1)), offset: offset ?? "-1" };
  });
}

function countOf(targets: readonly DeletionTarget[]): number {
  return targets.reduce((sum, { start, upTo }) => sum + Math.max(0, upTo - start), 0);
}

/** Topics that lose messages, and how many each. */
function losingTopics(targets: readonly DeletionTarget[]): LosingTopic[] {
  const messages = new Map<string, number>();
  for (const { topic, start, upTo } of targets)
    messages.set(topic, (messages.get(topic) ?? 0) + Math.max(0, upTo - start));
  return [...messages].map(([name, count]) => ({ name, messages: count }));
}

function lostImpact({ upTo }: DeleteRecordsInput, targets: readonly DeletionTarget[]): Impact[] {
  const records = countOf(targets);
  if (records === 0) return [{ severity: "info", text: "There is no message to delete." }];
  const losing = targets.filter((target) => target.upTo > target.start);
  const bytes = losing.reduce(
    (sum, { sizeBytes, localStart, end, upTo: to }) =>
      sum + sizeBytes * (Math.max(0, to - localStart) / Math.max(1, end - localStart)),
    0,
  );
  const about = bytes > 0 ? `, about ${formatBytes(bytes)} on the leaders' disks,` : "";
  const impact: Impact[] = [
    {
      severity: "critical",
      text: `${formatNumberOf(records, "message")} of ${formatNumberOf(losing.length, "partition")}${about} ${records === 1 ? "is" : "are"} lost for good.`,
    },
  ];
  if (upTo.kind === "everything" || upTo.kind === "partitions")
    impact.push({ severity: "info", text: "What is written until then goes too. Offsets go on from where they are." });
  return impact;
}

/** Groups that stand before the new first offset would ask for what is not there any more. */
function readerImpact(targets: readonly DeletionTarget[], readers: readonly TopicReader[]): Impact[] {
  const firstOf = new Map(
    targets.map(({ topic, partition, start, upTo }) => [`${topic}/${partition}`, Math.max(start, upTo)]),
  );
  const unread = unreadImpact(readers, firstOf);
  return unread.length > 0 ? unread : readingNow(readers, "they have read all that goes.");
}

/** Kafka deletes records only of topics whose policy deletes. */
function refusedPolicies(topics: readonly string[], title: string): Problem[] {
  return topics.map((topic) =>
    problem({
      code: "rejected-by-cluster",
      title,
      detail: `${topic} is compacted only: Kafka deletes records where cleanup.policy has "delete" (POLICY_VIOLATION).`,
      suggestion: "Write tombstones, set cleanup.policy to “compact,delete” for the time being, or recreate the topic.",
      facts: [["topic", topic]],
    }),
  );
}

function nothingToDelete(input: DeleteRecordsInput, title: string): Problem {
  const detail = `${nameOf(input)} has no message before that point.`;
  return problem({ code: "not-possible", title, detail });
}
