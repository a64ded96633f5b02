import type { RebalanceEvent } from "../../../../lib/contracts/rebalances.ts";
import type { GroupMember } from "../../../client/admin/describe-groups.ts";
import type { Store } from "../store/store.ts";
import { partitionKey } from "../sampler/snapshot.ts";

/** Events of one group that are kept, and days of them. */
const EVENTS_MAX = 500;
const KEPT_MS = 30 * 86_400_000;
const DROP_EVERY_MS = 3_600_000;
/** What counts as lately, and events of it. */
const LATELY_MS = 600_000;
const LATELY_MAX = 50;
/** Moves that one event lists; a group of thousands of partitions tells their number. */
const MOVES_MAX = 500;

/** A group's members at one time: as its coordinator wrote them down, or as it told them when asked. */
export type Observation = {
  readonly groupId: string;
  readonly atMs: number;
  /** Of a classic group, or the epoch of one of KIP-848; null when it was not told. */
  readonly generation: number | null;
  readonly members: readonly (GroupMember & { readonly pollTimeoutMs?: number })[];
  readonly source: RebalanceEvent["source"];
};

/** The rebalances of one cluster's groups: what each changed, kept for a month. */
export class Rebalances {
  private readonly last = new Map<string, Observation>();
  /** Of the last minutes, newest first: what a group is judged by. */
  private readonly lately = new Map<string, RebalanceEvent[]>();
  private readonly statements: ReturnType<typeof prepareAll>;
  private droppedAtMs = 0;

  constructor(
    store: Store,
    private readonly cluster: string,
  ) {
    this.statements = prepareAll(store);
  }

  /** A group was seen before: its members are known. */
  knows(groupId: string): boolean {
    return this.last.has(groupId);
  }

  /** Takes what is seen of a group; what differs from before is an event. `lastCommitMs` tells when a member last committed. */
  tell(seen: Observation, lastCommitMs: (member: GroupMember) => number | undefined = () => undefined): void {
    const before = this.last.get(seen.groupId);
    if (before !== undefined && seen.atMs < before.atMs) return;
    this.last.set(seen.groupId, seen);
    if (before === undefined) return;
    const event = eventOf(before, seen, lastCommitMs);
    if (event === null) return;
    this.statements.add.run(this.cluster, seen.groupId, seen.atMs, JSON.stringify(event));
    this.lately.set(seen.groupId, [event, ...(this.lately.get(seen.groupId) ?? [])].slice(0, LATELY_MAX));
    this.statements.prune.run(this.cluster, seen.groupId, this.cluster, seen.groupId, EVENTS_MAX);
  }

  /** Newest first. */
  of(groupId: string): RebalanceEvent[] {
    return this.statements.of.all(this.cluster, groupId).map(({ event }): RebalanceEvent => JSON.parse(event));
  }

  /** Of the last ten minutes, newest first. */
  recent(groupId: string, nowMs: number): readonly RebalanceEvent[] {
    return (this.lately.get(groupId) ?? []).filter(({ atMs }) => atMs > nowMs - LATELY_MS);
  }

  /** Forgets groups that are gone, and events that are too old. */
  tidy(known: ReadonlySet<string>, nowMs: number): void {
    for (const groupId of this.last.keys())
      if (!known.has(groupId)) {
        this.last.delete(groupId);
        this.lately.delete(groupId);
      }
    if (nowMs - this.droppedAtMs < DROP_EVERY_MS) return;
    this.droppedAtMs = nowMs;
    this.statements.dropOld.run(this.cluster, nowMs - KEPT_MS);
  }
}

function prepareAll(store: Store) {
  return {
    add: store.prepare("INSERT INTO rebalance (cluster, groupId, atMs, event) VALUES (?, ?, ?, ?)"),
    prune: store.prepare(
      `DELETE FROM rebalance WHERE cluster = ? AND groupId = ? AND id <= (SELECT id FROM rebalance
         WHERE cluster = ? AND groupId = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
    ),
    of: store.prepare<{ event: string }>(
      "SELECT event FROM rebalance WHERE cluster = ? AND groupId = ? ORDER BY id DESC",
    ),
    dropOld: store.prepare("DELETE FROM rebalance WHERE cluster = ? AND atMs < ?"),
  };
}

type LastCommit = (member: GroupMember) => number | undefined;

/** What became of a group between two observations; null when nothing did. */
export function eventOf(before: Observation, after: Observation, lastCommitMs: LastCommit): RebalanceEvent | null {
  const was = new Map(before.members.map((member) => [member.memberId, member]));
  const is = new Map(after.members.map((member) => [member.memberId, member]));
  const joined = after.members.filter(({ memberId }) => !was.has(memberId));
  const left = before.members.filter(({ memberId }) => !is.has(memberId));
  const moved = movesBetween(before, after);
  const isNewGeneration =
    after.generation !== null && before.generation !== null && after.generation > before.generation;
  if (joined.length === 0 && left.length === 0 && moved.length === 0 && !isNewGeneration) return null;
  const again = (member: GroupMember) =>
    joined.some((one) => one.clientId === member.clientId && one.host === member.host);
  return {
    atMs: after.atMs,
    source: after.source,
    generation: after.generation,
    joined: joined.map((member) => ({
      ...named(member),
      reason: left.some((one) => one.clientId === member.clientId && one.host === member.host) ? "again" : "new",
    })),
    left: left.map((member) => ({
      ...named(member),
      reason: reasonOf(member, { lastCommitMs: lastCommitMs(member), atMs: after.atMs, isBack: again(member) }),
    })),
    moved: moved.slice(0, MOVES_MAX),
    movedCount: moved.length,
    members: after.members.length,
  };
}

function named({ clientId, host, memberId }: GroupMember) {
  return { clientId, host: host.replace(/^\//, ""), memberId };
}

/**
 * Why a member went. Kafka writes no reason down: it is read from what the member did. One that had committed nothing for as long as
 * max.poll.interval.ms (a member's rebalance timeout) was put out because it did not poll.
 */
function reasonOf(
  member: GroupMember & { readonly pollTimeoutMs?: number },
  { lastCommitMs, atMs, isBack }: { lastCommitMs: number | undefined; atMs: number; isBack: boolean },
): RebalanceEvent["left"][number]["reason"] {
  const { pollTimeoutMs } = member;
  if (
    pollTimeoutMs !== undefined &&
    pollTimeoutMs > 0 &&
    lastCommitMs !== undefined &&
    atMs - lastCommitMs >= pollTimeoutMs
  )
    return "poll-timeout";
  return isBack ? "again" : "gone";
}

function movesBetween(before: Observation, after: Observation): RebalanceEvent["moved"] {
  const [from, to] = [readersOf(before), readersOf(after)];
  const keys = new Set([...from.keys(), ...to.keys()]);
  return [...keys].flatMap((key) => {
    const [old, young] = [from.get(key), to.get(key)];
    if (old?.memberId === young?.memberId) return [];
    const slash = key.lastIndexOf("/");
    const place = { topic: key.slice(0, slash), partition: Number(key.slice(slash + 1)) };
    return [{ ...place, from: old?.clientId ?? null, to: young?.clientId ?? null }];
  });
}

function readersOf({ members }: Observation): Map<string, GroupMember> {
  const readers = new Map<string, GroupMember>();
  for (const member of members)
    for (const { topic, partitions } of member.assignment ?? [])
      for (const partition of partitions) readers.set(partitionKey(topic, partition), member);
  return readers;
}
