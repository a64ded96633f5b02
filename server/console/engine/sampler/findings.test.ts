import { describe, expect, test } from "vitest";
import type { RebalanceEvent } from "../../../../lib/contracts/rebalances.ts";
import type { TopicMetadata } from "../../../client/metadata-image.ts";
import { Counters } from "./counters.ts";
import { EndRates } from "./end-rates.ts";
import { findingsOf } from "./findings.ts";
import { GroupWatch } from "./group-watch.ts";
import { PartitionWatch } from "./partition-watch.ts";
import type { ClusterSnapshot, SampledGroup } from "./snapshot.ts";

const start = 1_764_000_000;
const reads = (memberId: string, ...partitions: number[]) => ({
  memberId,
  instanceId: null,
  clientId: memberId,
  host: "/h",
  assignment: partitions.length === 0 ? [] : [{ topic: "orders", partitions }],
});
type Committed = Readonly<Record<number, number>>;
type State = Partial<Pick<SampledGroup, "state" | "members">> & {
  committed: Committed;
  ends: readonly number[];
  start?: number;
};

function groupOf(
  { state = "Stable", members = [reads("a", 0, 1, 2)], committed, ends }: State,
  readAtMs: number,
): SampledGroup {
  const offsets = Object.entries(committed).map(([partition, offset]) => ({
    topic: "orders",
    partition: Number(partition),
    offset,
    leaderEpoch: 0,
    metadata: null,
  }));
  const lagOf = new Map(
    offsets.map(({ partition, offset }) => [`orders/${partition}`, Math.max(0, (ends[partition] ?? 0) - offset)]),
  );
  const lagMessages = [...lagOf.values()].reduce((sum, lag) => sum + lag, 0);
  const facts = {
    groupId: "readers",
    coordinator: 1,
    type: "classic",
    protocolType: "consumer",
    epoch: null,
    assignor: "range",
  };
  return { ...facts, state, members, offsets, readAtMs, lagOf, lagMessages };
}

const event = (reason: "gone" | "poll-timeout"): RebalanceEvent => ({
  atMs: start * 1_000,
  source: "log",
  generation: 1,
  joined: [],
  left: [{ clientId: "slow", host: "h", memberId: "m", reason }],
  moved: [],
  movedCount: 0,
  members: 1,
});

/** Judges a group after a minute and a half of sweeps, of which `at` says what each finds. */
function judge(
  at: (sweep: number) => State,
  { recent = [] as RebalanceEvent[], commits = { commits: 0, records: 0 }, ageMs = 0 } = {},
) {
  const [watch, partitions, rates, counters] = [new GroupWatch(), new PartitionWatch(), new EndRates(), new Counters()];
  let last: { group: SampledGroup; snapshot: ClusterSnapshot } | undefined;
  for (let sweep = 0; sweep <= 9; sweep += 1) {
    const readAtMs = (start + sweep * 10) * 1_000;
    const state = at(sweep);
    const group = groupOf(state, readAtMs);
    const bounds = new Map(state.ends.map((end, partition) => [partition, { start: state.start ?? 0, end }]));
    const partition = (partitionIndex: number): TopicMetadata["partitions"][number] => ({
      errorCode: 0,
      partitionIndex,
      leaderId: 1,
      leaderEpoch: 0,
      replicaNodes: [1],
      isrNodes: [1],
      offlineReplicas: [],
    });
    const topic: TopicMetadata = {
      errorCode: 0,
      name: "orders",
      topicId: "AAAAAAAAAAAAAAAAAAAAAQ",
      isInternal: false,
      partitions: state.ends.map((_, index) => partition(index)),
      topicAuthorizedOperations: 0,
    };
    const snapshot: ClusterSnapshot = {
      readAtMs,
      topics: [topic],
      brokers: [],
      controllerId: 1,
      offsets: { value: new Map([["orders", bounds]]), readAtMs },
      disks: null,
      answers: null,
      minIsr: new Map(),
      groups: { value: new Map([["readers", group]]), readAtMs },
      problems: [],
    };
    counters.tell(snapshot);
    partitions.tell(snapshot);
    watch.tell(snapshot, counters);
    rates.tell(snapshot);
    last = { group, snapshot };
  }
  if (last === undefined) throw new Error("there were sweeps");
  const topics = new Map(last.snapshot.topics.map((topic) => [topic.name ?? "", topic]));
  const evidence = {
    ...last,
    watch,
    partitions,
    rates,
    lagTimes: { ofGroup: () => ({ ms: ageMs, isAtLeast: false }) },
    topics,
    recentRebalances: () => recent,
    commits: () => commits,
  };
  return findingsOf(last.group, evidence).map(({ kind, severity, text }) => [kind, severity, text]);
}

describe("what is found of a group", () => {
  test("is nothing when it keeps up", () => {
    const at = (n: number) => ({ committed: { 0: n * 5, 1: n * 5, 2: n * 5 }, ends: [n * 5, n * 5, n * 5] });
    expect(judge(at)).toEqual([]);
  });

  test("is how fast it falls behind, and how old what it reads next is", () => {
    const at = (n: number) => ({ committed: { 0: n * 10 }, ends: [n * 1_000] });
    expect(judge(at, { ageMs: 90_000 })).toContainEqual([
      "falls-behind",
      "warning",
      "Falls behind by 99 messages a second; what it reads next is 2 min old.",
    ]);
  });

  test("is the partition that stands still while more comes in", () => {
    const at = (n: number) => ({ committed: { 0: n * 5, 1: 7, 2: n * 5 }, ends: [n * 5, 7 + n, n * 5] });
    expect(judge(at)).toEqual([
      ["stuck-partition", "critical", "Partition 1 stands still for 2 min at 7; 9 messages wait."],
    ]);
  });

  test("is a group without members whose lag grows, and a rebalance that does not end", () => {
    const growing = { committed: { 0: 1, 1: 1, 2: 1 } };
    const empty = judge((n) => ({ ...growing, ends: [1 + n, 1, 1], state: "Empty", members: [] }));
    expect(empty).toContainEqual(["no-members", "warning", "Has no members; 9 messages wait and more come."]);
    const busy = judge(() => ({ ...growing, ends: [1, 1, 1], state: "PreparingRebalance" }));
    expect(busy[0]).toEqual(["rebalancing", "warning", "Rebalances for 2 min: its members read nothing meanwhile."]);
  });

  test("is an offset that the log has no more, or never had", () => {
    const beyond = judge((n) => ({ committed: { 0: 900, 1: n, 2: n }, ends: [5, n, n] }));
    expect(beyond[0]?.[2]).toContain(
      "Committed beyond the end in partition 0 of orders: the topic was probably made anew.",
    );
    const deleted = judge((n) => ({
      committed: { 0: 2, 1: 20 + n, 2: 20 + n },
      ends: [20, 20 + n, 20 + n],
      start: 10,
    }));
    expect(deleted.map(([, , text]) => text)).toContain(
      "8 messages in partition 0 of orders were deleted before it read them.",
    );
  });

  test("is partitions without a member, and members without a partition", () => {
    const at = (n: number) => ({ committed: { 0: n, 2: n }, ends: [n, n, n], members: [reads("a", 0, 2), reads("b")] });
    expect(judge(at)).toEqual([
      ["partitions-without-member", "warning", "No member reads partition 1 of orders, though it reads the others."],
      ["idle-members", "info", "1 member has no partition: there are more members than partitions."],
    ]);
  });

  test("is a partition that is written far faster than the others", () => {
    const at = (n: number) => ({
      committed: { 0: n * 10, 1: n * 10, 2: n * 900 },
      ends: [n * 10, n * 10, 100 + n * 900],
    });
    expect(judge(at).map(([kind, , text]) => [kind, text])).toContainEqual([
      "hot-partition",
      "Partition 2 of orders is hot: 90 messages a second, 90 times the others. Few keys bring most of them.",
    ]);
  });

  test("is a group that reads and never commits", () => {
    expect(judge(() => ({ committed: {}, ends: [5, 5, 5] }))).toEqual([
      [
        "nobody-commits",
        "warning",
        "Its member has partitions, but nobody commits: after a restart it begins where auto.offset.reset says.",
      ],
    ]);
  });

  test("is too many rebalances, members too slow between polls, and a commit for each record", () => {
    const at = (n: number) => ({ committed: { 0: n, 1: n, 2: n }, ends: [n, n, n] });
    const many = Array.from({ length: 6 }, () => event("poll-timeout"));
    expect(judge(at, { recent: many }).map(([kind]) => kind)).toEqual(["rebalances-often", "poll-timeout"]);
    expect(judge(at, { recent: [event("gone")] })).toEqual([]);
    expect(judge(at, { commits: { commits: 500, records: 510 } }).map(([kind, severity]) => [kind, severity])).toEqual([
      ["commits-per-record", "info"],
    ]);
  });
});
