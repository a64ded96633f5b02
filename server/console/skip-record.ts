import { setOffsetsCommand } from "../../lib/cli/groups.ts";
import { type SkipRecordInput, skipRecordInput } from "../../lib/contracts/stuck-record.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { commitGroupOffsets } from "../client/admin/group-offsets.ts";
import { appendRecords } from "../client/append-records.ts";
import type { ReadRecord } from "../client/read-records.ts";
import { defineChange } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { partitionKey } from "./engine/sampler/snapshot.ts";
import { findTopic } from "./find-topic.ts";
import { activeProblem, groupAttempt, type GroupStanding, groupStanding, memberNames } from "./group-standing.ts";
import { readLandings } from "./landings.ts";
import { samplerOf } from "./sampled.ts";
import { wayBack } from "./set-offsets.ts";
import { kafkaProblem } from "./to-problem.ts";

type Skipped = { readonly copiedTo: string | null; readonly next: string };

/** Skipping the record that a group stands at, after copying it to a topic of dead letters if one is named. */
export const skipRecordChange = defineChange<SkipRecordInput, Skipped>({
  kind: "skip-record",
  input: skipRecordInput,
  verb: ({ topic, partition, offset }) => `Skip ${topic} ${partition}:${offset} for`,
  failed: ({ group }) => `The record was not skipped for ${group}`,
  target: ({ group }) => ({ type: "group", name: group }),
  cli: ({ group, topic, partition, offset }, bootstrap) => {
    const offsets = { [topic]: { [String(partition)]: String(Number(offset) + 1) } };
    return setOffsetsCommand(bootstrap, { group, offsets, goal: null, topics: null });
  },
  async plan({ cluster }, input, title) {
    const found = await findRecord(cluster, input, title);
    if (!found.ok) return found;
    const { standing, record } = found.value;
    const { members } = standing.description;
    const { deadLetterTopic, topic, partition } = input;
    const key = partitionKey(topic, partition);
    const active = `${formatNumberOf(members.length, "member is", "members are")} active; Kafka refuses until they stop: ${memberNames(members)}.`;
    const copied =
      deadLetterTopic === null
        ? "It is not copied: the group never reads it."
        : `It is copied to ${deadLetterTopic} with its key, value and headers, and headers that say where it was.`;
    return succeed({
      before: { [key]: input.offset },
      after: { [key]: String(record.offset + 1) },
      impact: [
        ...(members.length > 0 ? [{ severity: "critical" as const, text: active }] : []),
        { severity: deadLetterTopic === null ? "warning" : "info", text: copied },
        { severity: "info", text: `The group goes on at ${record.offset + 1}: 1 record is skipped.` },
      ],
      problems: [],
    });
  },
  async act(scope, input, title) {
    const { cluster } = scope;
    const found = await findRecord(cluster, input, title);
    if (!found.ok) return found;
    const { standing, record } = found.value;
    if (standing.description.members.length > 0)
      return fail(activeProblem(input.group, standing.description.members, title));
    const copied = await copy(cluster, input, record, title);
    if (!copied.ok) return copied;
    const { topic, partition } = input;
    const next = record.offset + 1;
    const [answer] = await commitGroupOffsets(cluster.client, input.group, [{ topic, partition, offset: next }]);
    samplerOf(scope).sweepNow();
    if (answer === undefined || answer.errorCode !== 0) {
      const refused = kafkaProblem(answer?.errorCode ?? -1, null, groupAttempt(cluster, input.group, title));
      const there = copied.value === null ? "" : ` The copy is at ${copied.value}.`;
      return fail({ ...refused, detail: `${refused.detail}${there}` });
    }
    const key = partitionKey(topic, partition);
    const summary = copied.value === null ? `on at ${next}` : `copied to ${copied.value}, on at ${next}`;
    return succeed({
      value: { copiedTo: copied.value, next: String(next) },
      before: { [key]: input.offset },
      after: { [key]: String(next), ...(copied.value !== null && { "copied to": copied.value }) },
      summary,
    });
  },
  // The copy stays: it is a message like any other.
  revert: ({ before }, { cluster, group }) => wayBack(before, { cluster, group }),
});

type Found = { readonly standing: GroupStanding; readonly record: ReadRecord };

/** The record that the group stands at now, if that is still the one that was meant. */
async function findRecord(cluster: Cluster, input: SkipRecordInput, title: string): Promise<Result<Found>> {
  const { group, topic, partition, offset, deadLetterTopic } = input;
  const standing = await groupStanding(cluster, group, title);
  if (!standing.ok) return standing;
  const committed = standing.value.offsets.get(partitionKey(topic, partition))?.offset;
  if (String(committed) !== offset) {
    const where = committed === undefined ? "has committed nothing there" : `stands at ${committed} by now`;
    const detail = `${group} ${where}, not at ${offset}.`;
    return fail(problem({ code: "changed-meanwhile", title, detail, suggestion: "Look at the group again." }));
  }
  if (deadLetterTopic !== null) {
    const there = await findTopic(cluster, deadLetterTopic, title);
    if (!there.ok)
      return fail({
        ...there.problem,
        suggestion: "Make the topic first, or choose another.",
        fields: { deadLetterTopic: there.problem.detail },
      });
  }
  const landings = await readLandings(cluster, [{ topic, partition, offset: Number(offset) }]);
  const record = landings.get(partitionKey(topic, partition));
  if (record) return succeed({ standing: standing.value, record });
  const detail = record === null ? "There is no record before the end." : "The record could not be read.";
  return fail(
    problem({ code: "record-not-found", title, detail, facts: [["place", `${topic} ${partition}:${offset}`]] }),
  );
}

/** Copies a record with headers that say where it was; where the copy went, null without a topic for it. */
async function copy(
  cluster: Cluster,
  { group, topic, partition, deadLetterTopic }: SkipRecordInput,
  record: ReadRecord,
  title: string,
): Promise<Result<string | null>> {
  if (deadLetterTopic === null) return succeed(null);
  const found = await findTopic(cluster, deadLetterTopic, title);
  if (!found.ok) return found;
  const { key, value, headers, timestampMs } = record;
  const to = { topic: deadLetterTopic, partition: partition % Math.max(1, found.value.partitions.length) };
  const origin = {
    "x-original-topic": topic,
    "x-original-partition": String(partition),
    "x-original-offset": String(record.offset),
    "x-original-timestamp": String(timestampMs),
    "x-original-consumer-group": group,
  };
  const added = Object.entries(origin).map(([name, text]) => ({ key: name, value: Buffer.from(text) }));
  const answer = await appendRecords(cluster.client, to, [
    { key, value, headers: [...headers, ...added], timestampMs: Date.now() },
  ]);
  if (answer.errorCode === 0) return succeed(`${to.topic} ${to.partition}:${answer.baseOffset}`);
  const needs = { operation: "Write", resource: { topic: to.topic } };
  const attempt = { title, facts: [["topic", to.topic]] as const, needs, identity: cluster.identity };
  return fail(kafkaProblem(answer.errorCode, answer.message, attempt));
}
