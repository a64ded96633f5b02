import type { Impact } from "../../lib/contracts/changes.ts";
import { formatNumberOf } from "../../lib/format.ts";
import type { Problem } from "../../lib/problem.ts";
import type { SampledGroup } from "./engine/sampler/snapshot.ts";
import { namesInLine } from "./names-in-line.ts";
import { sampledOf } from "./sampled.ts";
import { settle } from "./settled.ts";
import type { Scope } from "./use-case.ts";

/** A group that has committed offsets in topics of a change, or is assigned partitions of them. */
export type TopicReader = {
  readonly groupId: string;
  readonly state: string;
  /** Members that are assigned partitions of these topics now. */
  readonly members: number;
  /** By topic and partition, of these topics. */
  readonly offsets: readonly { readonly topic: string; readonly partition: number; readonly offset: number }[];
};

/** Who reads these topics, as the last sweep found it: those who read now first. */
export async function readersOf(
  scope: Scope,
  topics: ReadonlySet<string>,
): Promise<{ readonly readers: readonly TopicReader[]; readonly problems: readonly Problem[] }> {
  const title = "Consumer groups could not be read";
  const { value, problems } = await settle(sampledOf(scope), { title, identity: scope.cluster.identity });
  const groups = [...(value?.snapshot.groups?.value.values() ?? [])];
  const readers = groups
    .map((group) => readerOf(group, topics))
    .filter(({ members, offsets }) => members > 0 || offsets.length > 0)
    .sort((a, b) => b.members - a.members || (a.groupId < b.groupId ? -1 : 1));
  return { readers, problems };
}

function readerOf({ groupId, state, members, offsets }: SampledGroup, topics: ReadonlySet<string>): TopicReader {
  return {
    groupId,
    state,
    members: members?.filter(({ assignment }) => assignment?.some(({ topic }) => topics.has(topic))).length ?? 0,
    offsets: offsets?.filter(({ topic }) => topics.has(topic)) ?? [],
  };
}

/** Names groups in a line. */
export function namesOf(readers: readonly Pick<TopicReader, "groupId">[]): string {
  return namesInLine(readers.map(({ groupId }) => groupId));
}

/** The line that says who reads now; none when nobody does. */
export function readingNow(readers: readonly TopicReader[], what: string): Impact[] {
  const active = readers.filter(({ members }) => members > 0);
  if (active.length === 0) return [];
  const members = active.reduce((sum, reader) => sum + reader.members, 0);
  const text = `${formatNumberOf(active.length, "group")} with ${formatNumberOf(members, "member")} read now (${namesOf(active)}): ${what}`;
  return [{ severity: "warning", text }];
}

/** The line that names who has not read what goes before these first offsets (`topic/partition`); none when everybody has. */
export function unreadImpact(readers: readonly TopicReader[], firstOf: ReadonlyMap<string, number>): Impact[] {
  const behind = readers.filter(({ offsets }) =>
    offsets.some(({ topic, partition, offset }) => offset < (firstOf.get(`${topic}/${partition}`) ?? 0)),
  );
  if (behind.length === 0) return [];
  const text = `${formatNumberOf(behind.length, "group")} ${behind.length === 1 ? "has" : "have"} not read all of it (${namesOf(behind)}): their consumers see OFFSET_OUT_OF_RANGE and go on where auto.offset.reset says, with "none" they fail.`;
  return [{ severity: "warning", text }];
}
