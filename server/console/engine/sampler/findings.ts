import type { GroupFinding } from "../../../../lib/contracts/groups.ts";
import { formatCount, formatDuration, formatNumberOf } from "../../../../lib/format.ts";
import { formatPartitionSet } from "../../../../lib/partition-set.ts";
import type { EndRates } from "./end-rates.ts";
import type { RebalanceEvent } from "../../../../lib/contracts/rebalances.ts";
import type { TopicMetadata } from "../../../client/metadata-image.ts";
import type { LagTimes } from "./lag-times.ts";
import { type GroupWatch, REBALANCING } from "./group-watch.ts";
import type { PartitionWatch } from "./partition-watch.ts";
import { type ClusterSnapshot, partitionKey, type SampledGroup } from "./snapshot.ts";

/** What a judgement of groups is made of. */
export type Evidence = {
  readonly snapshot: ClusterSnapshot;
  readonly watch: GroupWatch;
  readonly partitions: PartitionWatch;
  readonly rates: EndRates;
  readonly lagTimes: Pick<LagTimes, "ofGroup">;
  /** Topics of the snapshot by name. */
  readonly topics: ReadonlyMap<string, TopicMetadata>;
  /** Rebalances of a group in the last ten minutes. */
  readonly recentRebalances: (groupId: string) => readonly RebalanceEvent[];
  /** Commits and records of a group in its last minutes, as the log has them. */
  readonly commits: (group: SampledGroup) => { readonly commits: number; readonly records: number };
};

/** All groups with something to say of them. */
export type FindingsByGroup = ReadonlyMap<string, readonly GroupFinding[]>;

/** Judges every group of a sweep. */
export function findingsByGroup(evidence: Evidence): FindingsByGroup {
  const found = new Map<string, readonly GroupFinding[]>();
  for (const group of evidence.snapshot.groups?.value.values() ?? []) {
    const own = findingsOf(group, evidence);
    if (own.length > 0) found.set(group.groupId, own);
  }
  return found;
}

/** A rebalance takes some seconds; one that takes longer is trouble. */
const REBALANCE_MAX_MS = 60_000;
/** A partition is hot when it is written so many times faster than its topic's others, and that is not little. */
const HOT_TIMES = 4;
const HOT_PER_SECOND = 10;
/** More partitions that stand still are told in one sentence. */
const STUCK_MAX = 3;
/** Rebalances in ten minutes that are too many. */
const OFTEN = 5;
/** Commits in the last minutes that are worth a word, and how many of them a record. */
const COMMITS_MIN = 100;
const COMMITS_PER_RECORD = 0.8;
/** How many partitions a sentence names. */
const NAMED_MAX = 5;

const rank = { critical: 0, warning: 1, info: 2 } as const;

/** Everything that is wrong or odd with a group, each in a sentence, worst first. Only from what was read; what is not known is not judged. */
export function findingsOf(group: SampledGroup, evidence: Evidence): GroupFinding[] {
  return [
    ...rebalancing(group, evidence),
    ...stuckPartitions(group, evidence),
    ...standingStill(group, evidence),
    ...withoutMembers(group, evidence),
    ...oddOffsets(group, evidence),
    ...unreadPartitions(group, evidence),
    ...neverCommitted(group, evidence),
    ...fallingBehind(group, evidence),
    ...hotPartitions(group, evidence),
    ...oftenRebalancing(group, evidence),
    ...slowPolling(group, evidence),
    ...committingOften(group, evidence),
    ...idleMembers(group),
  ].sort((a, b) => rank[a.severity] - rank[b.severity]);
}

type Found = Pick<GroupFinding, "kind" | "severity" | "text"> & Partial<GroupFinding>;

function finding(found: Found): GroupFinding {
  return { topic: null, partitions: [], sinceMs: null, ...found };
}

function rebalancing({ groupId, state }: SampledGroup, { watch, snapshot }: Evidence): GroupFinding[] {
  const sinceMs = watch.stateSinceMs(groupId);
  if (!REBALANCING.has(state) || sinceMs === null || snapshot.readAtMs - sinceMs <= REBALANCE_MAX_MS) return [];
  const text = `Rebalances for ${formatDuration(snapshot.readAtMs - sinceMs)}: its members read nothing meanwhile.`;
  return [finding({ kind: "rebalancing", severity: "warning", text, sinceMs })];
}

function stuckPartitions(group: SampledGroup, { partitions, snapshot }: Evidence): GroupFinding[] {
  const readers = assignedTo(group);
  const isOneTopic = new Set((group.offsets ?? []).map(({ topic }) => topic)).size === 1;
  const found = (group.offsets ?? []).flatMap(({ topic, partition, offset }) => {
    const key = partitionKey(topic, partition);
    const end = snapshot.offsets?.value.get(topic)?.get(partition)?.end;
    if (end === undefined || !readers.has(key)) return [];
    const since = partitions.stuckSince(group.groupId, key, { end, lag: end - offset });
    if (since === null) return [];
    const sinceMs = since * 1_000;
    const text = `Partition ${partition}${isOneTopic ? "" : ` of ${topic}`} stands still for ${formatDuration(snapshot.readAtMs - sinceMs)} at ${offset}; ${formatNumberOf(end - offset, "message")} wait.`;
    return [finding({ kind: "stuck-partition", severity: "critical", text, topic, partitions: [partition], sinceMs })];
  });
  const [first] = found;
  if (first === undefined || found.length <= STUCK_MAX) return found;
  const sinceMs = Math.min(...found.map((own) => own.sinceMs ?? snapshot.readAtMs));
  const text = `${found.length} partitions stand still, the first for ${formatDuration(snapshot.readAtMs - sinceMs)}, while more comes in.`;
  return [{ ...first, topic: null, partitions: [], text, sinceMs }];
}

function standingStill(group: SampledGroup, { watch, snapshot }: Evidence): GroupFinding[] {
  const outlook = watch.outlook(group.groupId);
  if (outlook.kind !== "stands-still" || (group.members?.length ?? 0) === 0) return [];
  const { sinceMs } = outlook;
  const text = `Committed nothing for ${formatDuration(snapshot.readAtMs - sinceMs)}; ${formatNumberOf(group.lagMessages ?? 0, "message")} wait.`;
  return [finding({ kind: "stands-still", severity: "critical", text, sinceMs })];
}

function withoutMembers(group: SampledGroup, { watch }: Evidence): GroupFinding[] {
  if (group.members?.length !== 0 || !watch.isGrowing(group.groupId)) return [];
  const text = `Has no members; ${formatNumberOf(group.lagMessages ?? 0, "message")} wait and more come.`;
  return [finding({ kind: "no-members", severity: "warning", text, sinceMs: watch.stateSinceMs(group.groupId) })];
}

/** Offsets that the log no longer has, or never had. */
function oddOffsets({ offsets }: SampledGroup, { snapshot }: Evidence): GroupFinding[] {
  const beyond = new Map<string, number[]>();
  const deleted = new Map<string, { partitions: number[]; messages: number }>();
  for (const { topic, partition, offset } of offsets ?? []) {
    const bounds = snapshot.offsets?.value.get(topic)?.get(partition);
    if (bounds === undefined) continue;
    if (offset > bounds.end) beyond.set(topic, [...(beyond.get(topic) ?? []), partition]);
    else if (offset < bounds.start) {
      const own = deleted.get(topic) ?? { partitions: [], messages: 0 };
      deleted.set(topic, {
        partitions: [...own.partitions, partition],
        messages: own.messages + bounds.start - offset,
      });
    }
  }
  return [
    ...[...beyond].map(([topic, partitions]) =>
      finding({
        kind: "beyond-end",
        severity: "warning",
        text: `Committed beyond the end in ${partitionsOf(topic, partitions)}: the topic was probably made anew. Its members begin where auto.offset.reset says.`,
        topic,
        partitions,
      }),
    ),
    ...[...deleted].map(([topic, { partitions, messages }]) =>
      finding({
        kind: "deleted-unread",
        severity: "warning",
        text: `${formatNumberOf(messages, "message")} in ${partitionsOf(topic, partitions)} were deleted before it read them.`,
        topic,
        partitions,
      }),
    ),
  ];
}

/** A stable group reads some partitions of a topic and not others. */
function unreadPartitions(group: SampledGroup, { topics }: Evidence): GroupFinding[] {
  if (group.state !== "Stable" || (group.members?.length ?? 0) === 0) return [];
  const readers = assignedTo(group);
  const assignedTopics = new Set(
    (group.members ?? []).flatMap(({ assignment }) => (assignment ?? []).map(({ topic }) => topic)),
  );
  return [...assignedTopics].flatMap((topic) => {
    const unread = (topics.get(topic)?.partitions ?? [])
      .map(({ partitionIndex }) => partitionIndex)
      .filter((partition) => !readers.has(partitionKey(topic, partition)));
    if (unread.length === 0) return [];
    const text = `No member reads ${partitionsOf(topic, unread)}, though it reads the others.`;
    return [finding({ kind: "partitions-without-member", severity: "warning", text, topic, partitions: unread })];
  });
}

function neverCommitted(group: SampledGroup, { watch, snapshot }: Evidence): GroupFinding[] {
  const { members, offsets, state, groupId, type } = group;
  const sinceMs = watch.stateSinceMs(groupId);
  const isOld = sinceMs !== null && snapshot.readAtMs - sinceMs > REBALANCE_MAX_MS;
  if (type === "share" || state !== "Stable" || !isOld || offsets?.length !== 0 || assignedTo(group).size === 0)
    return [];
  const text = `Its ${members?.length === 1 ? "member has" : "members have"} partitions, but nobody commits: after a restart it begins where auto.offset.reset says.`;
  return [finding({ kind: "nobody-commits", severity: "warning", text, sinceMs })];
}

function fallingBehind({ groupId }: SampledGroup, { watch, lagTimes }: Evidence): GroupFinding[] {
  const outlook = watch.outlook(groupId);
  if (outlook.kind !== "falls-behind") return [];
  const age = lagTimes.ofGroup(groupId);
  const oldest = age === undefined || age.ms < 1_000 ? "" : `; what it reads next is ${formatDuration(age.ms)} old`;
  const text = `Falls behind by ${formatCount(outlook.perSecond)} messages a second${oldest}.`;
  return [finding({ kind: "falls-behind", severity: "warning", text })];
}

/** One partition is written far faster than its topic's others, and waits longer: its key is too common. */
function hotPartitions({ lagOf }: SampledGroup, { rates }: Evidence): GroupFinding[] {
  const byTopic = new Map<string, { partition: number; lag: number; rate: number }[]>();
  for (const [key, lag] of lagOf) {
    const slash = key.lastIndexOf("/");
    const own = { partition: Number(key.slice(slash + 1)), lag, rate: rates.perSecond(key) ?? 0 };
    byTopic.set(key.slice(0, slash), [...(byTopic.get(key.slice(0, slash)) ?? []), own]);
  }
  return [...byTopic].flatMap(([topic, own]) => {
    const hottest = own.toSorted((a, b) => b.rate - a.rate)[0];
    if (hottest === undefined || own.length < 3 || hottest.rate < HOT_PER_SECOND) return [];
    const others = own.filter((one) => one !== hottest);
    const usual = median(others.map(({ rate }) => rate));
    if (hottest.rate < Math.max(1, usual) * HOT_TIMES || hottest.lag <= median(others.map(({ lag }) => lag))) return [];
    const times = usual < 1 ? "" : `, ${formatCount(Math.round(hottest.rate / usual))} times the others`;
    const text = `Partition ${hottest.partition} of ${topic} is hot: ${formatCount(hottest.rate)} messages a second${times}. Few keys bring most of them.`;
    return [finding({ kind: "hot-partition", severity: "warning", text, topic, partitions: [hottest.partition] })];
  });
}

function oftenRebalancing({ groupId }: SampledGroup, { recentRebalances }: Evidence): GroupFinding[] {
  const recent = recentRebalances(groupId);
  if (recent.length < OFTEN) return [];
  const slow = recent.some(({ left }) => left.some(({ reason }) => reason === "poll-timeout"));
  const text = `${recent.length} rebalances in 10 min${slow ? ": members take too long between polls" : ""}. Nothing is read while it rebalances.`;
  const sinceMs = Math.min(...recent.map(({ atMs }) => atMs));
  return [finding({ kind: "rebalances-often", severity: "warning", text, sinceMs })];
}

function slowPolling({ groupId }: SampledGroup, { recentRebalances }: Evidence): GroupFinding[] {
  const slow = recentRebalances(groupId).flatMap(({ left, atMs }) =>
    left.filter(({ reason }) => reason === "poll-timeout").map(({ clientId }) => ({ clientId, atMs })),
  );
  const [last] = slow;
  if (last === undefined) return [];
  const text = `${last.clientId} took longer between two polls than max.poll.interval.ms, and lost its partitions. Fewer records at once (max.poll.records) or more time help.`;
  return [finding({ kind: "poll-timeout", severity: "warning", text, sinceMs: last.atMs })];
}

function committingOften(group: SampledGroup, { commits: commitsOf }: Evidence): GroupFinding[] {
  const { commits, records } = commitsOf(group);
  if (commits < COMMITS_MIN || commits < records * COMMITS_PER_RECORD) return [];
  const text = `Commits nearly every record: ${formatNumberOf(commits, "commit")} for ${formatNumberOf(records, "record")} in its last minutes. Each is a write to __consumer_offsets.`;
  return [finding({ kind: "commits-per-record", severity: "info", text })];
}

function idleMembers({ members, state, type }: SampledGroup): GroupFinding[] {
  if (state !== "Stable" || type === "share") return [];
  const idle = (members ?? []).filter(({ assignment }) => assignment?.length === 0).length;
  if (idle === 0) return [];
  const text = `${formatNumberOf(idle, "member has", "members have")} no partition: there are more members than partitions.`;
  return [finding({ kind: "idle-members", severity: "info", text })];
}

function assignedTo({ members }: SampledGroup): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { assignment } of members ?? [])
    for (const { topic, partitions } of assignment ?? [])
      for (const partition of partitions) keys.add(partitionKey(topic, partition));
  return keys;
}

function partitionsOf(topic: string, partitions: readonly number[]): string {
  const named = partitions.length <= NAMED_MAX ? formatPartitionSet(partitions) : formatNumberOf(partitions.length, "");
  return partitions.length <= NAMED_MAX ? `partition ${named} of ${topic}` : `${named.trim()} partitions of ${topic}`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
