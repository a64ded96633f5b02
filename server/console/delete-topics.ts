import { setTimeout as pause } from "node:timers/promises";
import { deleteTopicsCommand } from "../../lib/cli/topics.ts";
import { deleteTopicsCode } from "../../lib/code/topics.ts";
import type { Impact } from "../../lib/contracts/changes.ts";
import { type DeleteTopicsInput, deleteTopicsInput } from "../../lib/contracts/topic-changes.ts";
import type { DeleteTopicInput } from "../../lib/contracts/topic-plans.ts";
import { formatBytes, formatNumberOf } from "../../lib/format.ts";
import { type Problem, problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { deleteTopics as deleteFromCluster, describeAllTopics } from "../client/admin/topics.ts";
import { ClientError } from "../client/client-error.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { findTopic } from "./find-topic.ts";
import { connectorsImpact, linksOf, subjectsImpact } from "./linked-impact.ts";
import { namedTopic } from "./named-topic.ts";
import { namedTopicsImpact } from "./named-topics-impact.ts";
import { partly } from "./partly.ts";
import { settle } from "./settled.ts";
import { kafkaProblem } from "./to-problem.ts";
import { tieredLoss } from "./tiered-impact.ts";
import { readRemoteLoss } from "./tiered-topics.ts";
import { readSizesColumn, totalSize } from "./topic-columns/sizes-column.ts";
import { topicFingerprint } from "./topic-fingerprint.ts";
import { namesOf, readersOf, readingNow } from "./topic-readers.ts";
import { topicIdOf } from "./topic-summary.ts";
import { topicsAsTheyWere } from "./topics-as-they-were.ts";
import type { UseCase } from "./use-case.ts";

/** How long topics may take to leave metadata. */
const GONE_LIMIT_MS = 5_000;
const LOOK_AGAIN_MS = 50;

/** Deleting topics. People see of a single one the fuller plan of plan-topic-deletion.ts, which stands for the same fingerprint. */
export const deleteTopicsChange = defineChange<DeleteTopicsInput, { readonly topics: readonly string[] }>({
  kind: "delete-topics",
  input: deleteTopicsInput,
  verb: ({ topics }) => (topics.length === 1 ? "Delete topic" : "Delete"),
  failed: (input) =>
    input.topics.length === 1 ? `Topic ${nameOf(input)} was not deleted` : `${nameOf(input)} were not deleted`,
  target: (input) => ({ type: "topic", name: nameOf(input) }),
  cli: ({ topics }, bootstrap) =>
    deleteTopicsCommand(
      bootstrap,
      topics.map(({ name }) => name),
    ),
  code: ({ topics }, bootstrap) =>
    deleteTopicsCode(
      bootstrap,
      topics.map(({ name }) => name),
    ),
  async plan(scope, input, title) {
    const { cluster } = scope;
    const found = await findAll(cluster, input, title);
    if (!found.ok) return found;
    const { topics, problems } = found.value;
    const { identity } = cluster;
    const [was, sizes, tiered, { readers, problems: unread }, links] = await Promise.all([
      topicsAsTheyWere(cluster, topics),
      settle(readSizesColumn(cluster, topics, { only: topics.length === 1 }), {
        title: "Sizes could not be read",
        identity,
      }),
      readRemoteLoss(cluster, topics),
      readersOf(scope, new Set(topics.map(({ name }) => name ?? ""))),
      linksOf(
        cluster,
        topics.map(({ name }) => name ?? ""),
      ),
    ]);
    const counts = topics.map(was.messagesOf);
    const bytes = topics.map((topic) => (sizes.value ? totalSize(topic, sizes.value) : null));
    const [only] = topics;
    return succeed({
      before: was.factsOf(topics),
      after: {},
      state: Object.fromEntries(topics.map((topic) => [topic.name ?? "", topicIdOf(topic)])),
      impact: [
        ...lostImpact(topics, sum(counts), sum(bytes)),
        ...namedTopicsImpact(topics.map(({ name }, index) => ({ name: name ?? "", messages: counts[index] ?? null }))),
        ...tieredLoss(tiered.topics, topics.length, tiered.records),
        ...readingNow(readers, "they and their producers see UNKNOWN_TOPIC_OR_PARTITION."),
        ...offsetsImpact(readers.map(({ groupId }) => ({ groupId }))),
        ...connectorsImpact(links.connectors, {
          writing: "what they send waits until there is a topic of that name again.",
          reading: "they get nothing more of it.",
        }),
        ...subjectsImpact(links.subjects, "."),
      ],
      problems: [...problems, ...was.problems, ...sizes.problems, ...tiered.problems, ...unread, ...links.problems],
      ...(topics.length === 1 && only && { fingerprint: topicFingerprint(only) }),
    });
  },
  async act({ cluster }, input, title) {
    const found = await findAll(cluster, input, title);
    if (!found.ok) return found;
    const { topics, problems } = found.value;
    const was = await topicsAsTheyWere(cluster, topics);
    const answers = await deleteFromCluster(
      cluster.client,
      topics.map(({ name }) => name ?? ""),
    );
    cluster.forgetTopics();
    const refusals = [...problems];
    for (const { name, errorCode, message } of answers) {
      if (errorCode === 0) continue;
      const needs = { operation: "Delete", resource: { topic: name } };
      refusals.push(
        kafkaProblem(errorCode, message, { title, facts: [["topic", name]], needs, identity: cluster.identity }),
      );
    }
    const gone = new Set(answers.filter(({ errorCode }) => errorCode === 0).map(({ name }) => name));
    const done = topics.filter(({ name }) => gone.has(name ?? ""));
    if (done.length === 0 && refusals[0]) return fail(refusals[0]);
    await untilGone(cluster, gone);
    cluster.forgetTopics();
    const partitions = done.reduce((total, topic) => total + topic.partitions.length, 0);
    const messages = sum(done.map(was.messagesOf));
    const lost = messages === null ? "all their messages" : formatNumberOf(messages, "message");
    const what = done.length === 1 ? "" : `${formatNumberOf(done.length, "topic")}, `;
    return succeed({
      value: { topics: [...gone] },
      before: was.factsOf(done),
      after: {},
      summary: partly(`${what}${formatNumberOf(partitions, "partition")} with ${lost}`, refusals),
    });
  },
  revert: ({ before }, { cluster, topics: [first, ...others] }) => ({
    irreversible:
      others.length === 0
        ? "Its messages are gone. A topic of the same name can be made anew, and begins empty. Save its messages to a file before."
        : "Their messages are gone. Topics of the same names can be made anew, and begin empty. Save their messages to files before.",
    ...(others.length === 0 && {
      nearest: { kind: "create-topic", input: { cluster, ...namedTopic(first?.name ?? "", before) } },
    }),
  }),
});

/** Deletes a topic whose name was typed and which is still the one that the plan showed. Answers when metadata has it no more. */
export const deleteTopic: UseCase<DeleteTopicInput, { readonly topic: string }> = async (context, actor, input) => {
  const { cluster, topic, confirmation, fingerprint } = input;
  if (confirmation !== topic) {
    const detail = `Type ${topic} to delete it.`;
    const title = `Topic ${topic} was not deleted`;
    return fail(problem({ code: "invalid-input", title, detail, fields: { confirmation: detail } }));
  }
  const deleted = await deleteTopicsChange.actOn(
    context,
    actor,
    { cluster, topics: [{ name: topic }] },
    { fingerprint },
  );
  return deleted.ok ? succeed({ topic }) : deleted;
};

function nameOf({ topics }: DeleteTopicsInput): string {
  return topics.length === 1 ? (topics[0]?.name ?? "") : formatNumberOf(topics.length, "topic");
}

type Found = { readonly topics: readonly TopicMetadata[]; readonly problems: readonly Problem[] };

/** The topics that are still those which were meant; the others are problems, and the failure when there is none left. */
async function findAll(cluster: Cluster, { topics }: DeleteTopicsInput, title: string): Promise<Result<Found>> {
  const [only] = topics;
  if (topics.length === 1 && only) {
    const found = await findTopic(cluster, only.name, title);
    if (!found.ok) return found;
    const other = otherTopic(found.value, only.topicId, title);
    return other ? fail(other) : succeed({ topics: [found.value], problems: [] });
  }
  const known = new Map((await describeAllTopics(cluster.client)).map((topic) => [topic.name ?? "", topic]));
  const same: TopicMetadata[] = [];
  const problems: Problem[] = [];
  for (const { name, topicId } of topics) {
    const topic = known.get(name);
    const fault = topic?.errorCode === 0 ? otherTopic(topic, topicId, title) : goneProblem(name, title);
    if (fault) problems.push(fault);
    else if (topic) same.push(topic);
  }
  return same.length === 0 && problems[0] ? fail(problems[0]) : succeed({ topics: same, problems });
}

function otherTopic(
  { name, topicId }: TopicMetadata,
  wanted: string | null | undefined,
  title: string,
): Problem | undefined {
  if (wanted === undefined || wanted === null || topicId === wanted) return undefined;
  const detail = `The topic ${name ?? ""} that is there now is another one: it was deleted and made anew.`;
  return problem({ code: "changed-meanwhile", title, detail, facts: [["topic", name ?? ""]] });
}

function goneProblem(topic: string, title: string): Problem {
  return problem({
    code: "topic-not-found",
    title,
    detail: `The cluster has no topic ${topic}.`,
    facts: [["topic", topic]],
  });
}

function sum(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((total, value) => (total === null || value === null ? null : total + value), 0);
}

function lostImpact(topics: readonly TopicMetadata[], messages: number | null, bytes: number | null): Impact[] {
  const of = topics.length === 1 ? "" : ` of ${formatNumberOf(topics.length, "topic")}`;
  const size = bytes === null || bytes === 0 ? "" : ` (${formatBytes(bytes)} with all replicas)`;
  const impact: Impact[] = [
    messages === 0
      ? { severity: "info", text: topics.length === 1 ? "It has no messages." : "They have no messages." }
      : {
          severity: "critical",
          text: `${messages === null ? "All messages" : formatNumberOf(messages, "message")}${of}${size} ${messages === 1 ? "is" : "are"} lost for good.`,
        },
  ];
  const internal = topics.filter(({ isInternal }) => isInternal);
  if (internal.length > 0)
    impact.push({
      severity: "critical",
      text: `Kafka itself works with ${internal.map(({ name }) => name ?? "").join(", ")}: groups lose their offsets, transactions their state.`,
    });
  return impact;
}

function offsetsImpact(readers: readonly { readonly groupId: string }[]): Impact[] {
  if (readers.length === 0) return [];
  const text = `${formatNumberOf(readers.length, "group")} ${readers.length === 1 ? "loses" : "lose"} committed offsets (${namesOf(readers)}).`;
  return [{ severity: "info", text }];
}

/** Asks each time for all topics: names of many would be a longer question. */
async function untilGone({ client }: Cluster, names: ReadonlySet<string>): Promise<void> {
  const limitMs = performance.now() + GONE_LIMIT_MS;
  while (performance.now() < limitMs) {
    try {
      const topics = await describeAllTopics(client);
      if (!topics.some(({ name, errorCode }) => errorCode === 0 && names.has(name ?? ""))) return;
    } catch (error) {
      // They are deleted, whatever became of the cluster since.
      if (!(error instanceof ClientError)) throw error;
      return;
    }
    await pause(LOOK_AGAIN_MS);
  }
}
