import { setOffsetsCommand } from "../../lib/cli/groups.ts";
import { setOffsetsCode } from "../../lib/code/groups.ts";
import type { ChangeFacts, Impact } from "../../lib/contracts/changes.ts";
import {
  type OffsetsByTopic,
  offsetsMax,
  type SetOffsetsInput,
  setOffsetsInput,
} from "../../lib/contracts/group-offsets.ts";
import { formatNumberOf } from "../../lib/format.ts";
import type { Problem } from "../../lib/problem.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { offsetsByTopicOf } from "../../lib/offsets-by-topic.ts";
import { commitGroupOffsets, deleteGroupOffsets } from "../client/admin/group-offsets.ts";
import { describeKafkaError } from "../client/kafka-error.ts";
import { defineChange, type WayBack } from "./change.ts";
import type { Cluster } from "./cluster.ts";
import { partitionKey } from "./engine/sampler/snapshot.ts";
import { activeProblem, groupAttempt, type GroupStanding, groupStanding, memberNames } from "./group-standing.ts";
import { kafkaProblem } from "./to-problem.ts";
import type { Scope } from "./use-case.ts";
import { samplerOf } from "./sampled.ts";

/** What was set; partitions that Kafka refused stand with its reason. */
type SetOffsets = {
  readonly set: number;
  readonly refused: readonly { readonly topic: string; readonly partition: number; readonly reason: string }[];
};

/** Setting offsets of a group to numbers that are known: resetting, creating, deleting single ones, and taking any of these back. */
export const setOffsetsChange = defineChange<SetOffsetsInput, SetOffsets>({
  kind: "set-offsets",
  input: setOffsetsInput,
  verb: ({ isNew, offsets }) =>
    isNew
      ? "Create group"
      : itemsOf(offsets).some(({ offset }) => offset !== null)
        ? "Set offsets of"
        : "Delete offsets of",
  failed: ({ group, isNew }) => (isNew ? `Group ${group} was not created` : `Offsets of ${group} were not changed`),
  target: ({ group }) => ({ type: "group", name: group }),
  cli: (input, bootstrap) => setOffsetsCommand(bootstrap, input),
  code: ({ group, offsets }, bootstrap) => setOffsetsCode(bootstrap, group, offsets),
  async plan({ cluster }, input, title) {
    const found = await checked(cluster, input, title);
    if (!found.ok) return found;
    const standing = found.value;
    return succeed({
      before: factsBefore(standing, input.offsets),
      after: factsAfter(input),
      impact: impactOf(standing, input),
      problems: [],
    });
  },
  async act(scope, input, title) {
    const { cluster } = scope;
    const found = await checked(cluster, input, title);
    if (!found.ok) return found;
    const standing = found.value;
    const { members } = standing.description;
    const blocking = blockingMembers(standing, input.offsets);
    if (blocking.length > 0) return fail(activeProblem(input.group, members, title));
    const before = factsBefore(standing, input.offsets);
    const done = await carryOut(scope, input, title);
    if (!done.ok) return done;
    const { refused } = done.value;
    const isRefused = new Set(refused.map(({ topic, partition }) => partitionKey(topic, partition)));
    const kept = (facts: ChangeFacts) =>
      Object.fromEntries(Object.entries(facts).filter(([key]) => !isRefused.has(key.replace(METADATA, ""))));
    const [first] = refused;
    const but = first ? `; ${refused.length} refused: ${first.reason}` : "";
    const summary = `${formatNumberOf(done.value.set, "partition")}${but}`;
    return succeed({ value: done.value, before: kept(before), after: kept(factsAfter(input)), summary });
  },
  revert: (entry, { cluster, group }) => wayBack(entry.before, { cluster, group }),
});

/** What puts a group's offsets back to what facts say of them. */
export function wayBack(before: ChangeFacts, { cluster, group }: { cluster: string; group: string }): WayBack {
  const places: { topic: string; partition: string; offset: string | null }[] = [];
  const metadata: Record<string, string> = {};
  for (const [key, value] of Object.entries(before)) {
    if (key.endsWith(METADATA)) metadata[key.slice(0, -METADATA.length)] = value ?? "";
    else places.push({ ...placeOf(key), offset: value });
  }
  const offsets = offsetsByTopicOf(places);
  if (places.length === 0) return { irreversible: "It had no offsets." };
  return {
    kind: "set-offsets",
    input: { cluster, group, offsets, metadata, goal: null, topics: null, isNew: false } satisfies SetOffsetsInput,
  };
}

/** Offsets of a group as facts: "topic/partition" → offset, and the text that was committed with it. */
export function offsetFacts(
  standing: Pick<GroupStanding, "offsets">,
  keys: Iterable<string> = standing.offsets.keys(),
): ChangeFacts {
  const facts: Record<string, string | null> = {};
  for (const key of keys) {
    const own = standing.offsets.get(key);
    facts[key] = own === undefined ? null : String(own.offset);
    if (own?.metadata) facts[`${key}${METADATA}`] = own.metadata;
  }
  return facts;
}

const METADATA = " metadata";

type Item = { readonly topic: string; readonly partition: number; readonly offset: string | null };

function itemsOf(offsets: OffsetsByTopic): Item[] {
  return Object.entries(offsets).flatMap(([topic, own]) =>
    Object.entries(own).map(([partition, offset]) => ({ topic, partition: Number(partition), offset })),
  );
}

function placeOf(key: string): { topic: string; partition: string } {
  const slash = key.lastIndexOf("/");
  return { topic: key.slice(0, slash), partition: key.slice(slash + 1) };
}

async function checked(cluster: Cluster, input: SetOffsetsInput, title: string): Promise<Result<GroupStanding>> {
  const items = itemsOf(input.offsets);
  const wrong = (detail: string, suggestion?: string) =>
    fail(problem({ code: "invalid-input", title, detail, ...(suggestion !== undefined && { suggestion }) }));
  if (items.length === 0) return wrong("No partition is named.");
  if (items.length > offsetsMax)
    return wrong(`${items.length} partitions are named; ${offsetsMax} go at once.`, "Choose topics one after another.");
  const bad = items.find(
    ({ offset }) => offset !== null && !(Number(offset) >= 0 && Number.isSafeInteger(Number(offset))),
  );
  if (bad) return wrong(`${bad.offset} is no offset for partition ${bad.partition} of ${bad.topic}.`);
  const found = await groupStanding(cluster, input.group, title);
  if (found.ok && found.value.description.protocol === "share") return fail(shareGroup(input.group, title));
  if (!found.ok || !input.isNew || !found.value.exists) return found;
  return fail(groupExists(input.group, title));
}

function groupExists(group: string, title: string): Problem {
  const detail = `There is a group ${group} already.`;
  const suggestion = "Choose another name, or reset the offsets of that group.";
  return problem({ code: "not-possible", title, detail, suggestion, fields: { group: detail } });
}

function shareGroup(group: string, title: string): Problem {
  const detail = `${group} is a share group: it keeps where it reads in another form than offsets that are committed.`;
  return problem({ code: "not-possible", title, detail, suggestion: "Reset it with kafka-share-groups.sh." });
}

/** Kafka takes offsets of an active group from its members alone, and deletes none of a topic that a member reads. */
function blockingMembers({ description }: GroupStanding, offsets: OffsetsByTopic) {
  const items = itemsOf(offsets);
  if (items.some(({ offset }) => offset !== null)) return description.members;
  const topics = new Set(items.map(({ topic }) => topic));
  return description.members.filter(
    ({ assignment }) => assignment === null || assignment.some(({ topic }) => topics.has(topic)),
  );
}

function impactOf(standing: GroupStanding, { offsets }: SetOffsetsInput): Impact[] {
  const blocking = blockingMembers(standing, offsets);
  const isStreams = standing.description.members.some(({ assignment }) => assignment === null);
  return [
    ...(blocking.length === 0
      ? []
      : [
          {
            severity: "critical" as const,
            text: `${formatNumberOf(blocking.length, "member is", "members are")} active; Kafka refuses until they stop: ${memberNames(blocking)}.`,
          },
        ]),
    ...(isStreams && blocking.length === 0
      ? [
          {
            severity: "warning" as const,
            text: "Its members speak a protocol of their own, and may keep state of their own.",
          },
        ]
      : []),
  ];
}

function factsBefore(standing: GroupStanding, offsets: OffsetsByTopic): ChangeFacts {
  return offsetFacts(
    standing,
    itemsOf(offsets).map(({ topic, partition }) => partitionKey(topic, partition)),
  );
}

function factsAfter({ offsets, metadata }: SetOffsetsInput): ChangeFacts {
  const facts: Record<string, string | null> = {};
  for (const { topic, partition, offset } of itemsOf(offsets)) {
    const key = partitionKey(topic, partition);
    facts[key] = offset;
    if (metadata[key]) facts[`${key}${METADATA}`] = metadata[key];
  }
  return facts;
}

async function carryOut(scope: Scope, input: SetOffsetsInput, title: string): Promise<Result<SetOffsets>> {
  const { client } = scope.cluster;
  const items = itemsOf(input.offsets);
  const toCommit = items.flatMap(({ topic, partition, offset }) =>
    offset === null
      ? []
      : [{ topic, partition, offset: Number(offset), metadata: input.metadata[partitionKey(topic, partition)] ?? "" }],
  );
  const toDelete = items.filter(({ offset }) => offset === null);
  const answers = [
    ...(toCommit.length > 0 ? await commitGroupOffsets(client, input.group, toCommit) : []),
    ...(toDelete.length > 0 ? await deleteGroupOffsets(client, input.group, toDelete) : []),
  ];
  samplerOf(scope).sweepNow();
  const failed = answers.filter(({ errorCode }) => errorCode !== 0);
  const [first] = failed;
  if (first !== undefined && failed.length === answers.length)
    return fail(kafkaProblem(first.errorCode, null, groupAttempt(scope.cluster, input.group, title)));
  return succeed({
    set: answers.length - failed.length,
    refused: failed.map(({ topic, partition, errorCode }) => ({
      topic,
      partition,
      reason: describeKafkaError(errorCode).message,
    })),
  });
}
