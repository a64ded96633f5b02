import type { GroupFinding } from "../../../../lib/contracts/groups.ts";
import type { Attention, Remedy } from "../../../../lib/contracts/overview.ts";
import { formatBytes, formatNumberOf } from "../../../../lib/format.ts";
import type { TopicMetadata } from "../../../client/metadata-image.ts";
import { isBelowMinIsr } from "../../topic-summary.ts";
import { brokerStates } from "./broker-states.ts";
import type { FindingsByGroup } from "./findings.ts";
import type { ClusterSnapshot } from "./snapshot.ts";

/** Lines of one kind before they are summed up in one: a broker that is gone touches every topic. */
const LINES_MAX = 5;
/** Shares of a disk in use that are near its end, and at it. */
const DISK_WARNING = 0.85;
const DISK_CRITICAL = 0.95;

type Finding = Omit<Attention, "sinceMs">;

/** What is wrong, and since when each was first seen. */
export class AttentionList {
  private readonly since = new Map<string, number>();
  private last: readonly Attention[] = [];

  /** What the last sweep found, worst first. */
  get current(): readonly Attention[] {
    return this.last;
  }

  tell(snapshot: ClusterSnapshot, groups: FindingsByGroup): void {
    const found = findAll(snapshot, groups);
    const keys = new Set(found.map(({ key }) => key));
    for (const key of this.since.keys()) if (!keys.has(key)) this.since.delete(key);
    for (const key of keys) if (!this.since.has(key)) this.since.set(key, snapshot.readAtMs);
    this.last = found
      .map((finding) => ({ ...finding, sinceMs: this.since.get(finding.key) ?? snapshot.readAtMs }))
      .sort((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs);
  }
}

function rank({ severity }: Attention): number {
  return severity === "critical" ? 0 : 1;
}

function findAll(snapshot: ClusterSnapshot, groups: FindingsByGroup): Finding[] {
  return [
    ...brokerFindings(snapshot),
    ...summedUp(
      "offline",
      offlineTopics(snapshot),
      "have partitions without a leader. Nobody can write or read there.",
    ),
    ...summedUp(
      "below-min-isr",
      belowMinIsr(snapshot),
      "have partitions below min ISR. Producers with acks=all are refused.",
    ),
    ...summedUp(
      "under-replicated",
      underReplicated(snapshot),
      "have under-replicated partitions. One more broker lost may stop producers.",
    ),
    ...groupFindings(groups),
    ...diskFindings(snapshot),
  ];
}

/** Many topics with the same trouble have one cause: one line says it for all. */
function summedUp(kind: string, findings: Finding[], text: string): Finding[] {
  const [first] = findings;
  if (first === undefined || findings.length <= LINES_MAX) return findings;
  const subject = { type: "cluster" as const, name: formatNumberOf(findings.length, "topic") };
  // An election is made topic by topic; a broker that comes back ends all of them.
  const remedy = first.remedy?.kind === "elect-uncleanly" ? null : first.remedy;
  return [{ key: `${kind}/all`, severity: first.severity, subject, text, remedy }];
}

function brokerFindings(snapshot: ClusterSnapshot): Finding[] {
  return brokerStates(snapshot).flatMap(({ id, state, replicas }): Finding[] => {
    const subject = { type: "broker" as const, name: String(id) };
    const remedy = { kind: "see-broker", broker: id } as const;
    const has = `It has a replica of ${formatNumberOf(replicas, "partition")}.`;
    if (state === "gone")
      return [{ key: `gone/${id}`, severity: "critical", subject, text: `has left the cluster. ${has}`, remedy }];
    if (state !== "silent") return [];
    return [
      { key: `silent/${id}`, severity: "critical", subject, text: `does not answer this console. ${has}`, remedy },
    ];
  });
}

function offlineTopics(snapshot: ClusterSnapshot): Finding[] {
  return perTopic(
    snapshot,
    snapshot.topics,
    ({ leaderId }) => leaderId < 0,
    "offline",
    "critical",
    (partitions) => `has ${partitions} without a leader. Nobody can write or read there.`,
  );
}

function belowMinIsr(snapshot: ClusterSnapshot): Finding[] {
  const { topics, minIsr } = snapshot;
  return topics.flatMap((topic) => {
    const least = minIsr.get(topic.name ?? "");
    if (least === undefined) return [];
    const isBelow = (partition: Partition) => partition.leaderId >= 0 && isBelowMinIsr(partition, least);
    return perTopic(
      snapshot,
      [topic],
      isBelow,
      "below-min-isr",
      "critical",
      (partitions) => `has ${partitions} below min ISR. Producers with acks=all are refused.`,
    );
  });
}

function underReplicated(snapshot: ClusterSnapshot): Finding[] {
  const { topics, minIsr } = snapshot;
  const isUnder = (topic: TopicMetadata) => (partition: Partition) =>
    partition.leaderId >= 0 &&
    partition.isrNodes.length < partition.replicaNodes.length &&
    !isBelowMinIsr(partition, minIsr.get(topic.name ?? "") ?? 0);
  return topics.flatMap((topic) =>
    perTopic(
      snapshot,
      [topic],
      isUnder(topic),
      "under-replicated",
      "warning",
      (partitions) => `has ${partitions} under-replicated. One more broker lost may stop producers.`,
    ),
  );
}

type Partition = TopicMetadata["partitions"][number];

function perTopic(
  snapshot: ClusterSnapshot,
  topics: readonly TopicMetadata[],
  isBad: (partition: Partition) => boolean,
  kind: string,
  severity: Finding["severity"],
  textOf: (partitions: string) => string,
): Finding[] {
  return topics.flatMap(({ name, partitions }) => {
    const bad = partitions.filter(isBad);
    if (bad.length === 0) return [];
    const topic = name ?? "";
    const text = textOf(formatNumberOf(bad.length, "partition"));
    const remedy = remedyOf(topic, bad, snapshot);
    return [{ key: `${kind}/${topic}`, severity, subject: { type: "topic", name: topic }, text, remedy }];
  });
}

/** The broker that is missed most. A partition without a leader misses those in its ISR; when all of them are there and none leads, only an unclean election helps. */
function remedyOf(topic: string, bad: readonly Partition[], { brokers }: ClusterSnapshot): Remedy | null {
  const named = new Set(brokers.map(({ id }) => id));
  const missed = new Map<number, number>();
  for (const { leaderId, replicaNodes, isrNodes } of bad) {
    const away =
      leaderId < 0 ? isrNodes.filter((id) => !named.has(id)) : replicaNodes.filter((id) => !isrNodes.includes(id));
    for (const id of away) missed.set(id, (missed.get(id) ?? 0) + 1);
  }
  const [most] = [...missed].toSorted((a, b) => b[1] - a[1]);
  if (most !== undefined) return { kind: "see-broker", broker: most[0] };
  const electable = bad.filter(
    ({ leaderId, replicaNodes }) => leaderId < 0 && replicaNodes.some((id) => named.has(id)),
  );
  const partitions = electable.map(({ partitionIndex }) => partitionIndex);
  return partitions.length === 0 ? null : { kind: "elect-uncleanly", topic, partitions };
}

/** A group's worst, where it needs somebody. */
function groupFindings(groups: FindingsByGroup): Finding[] {
  return [...groups].flatMap(([groupId, findings]) => {
    const [worst] = findings;
    if (worst === undefined || worst.severity === "info") return [];
    const text = worst.text.charAt(0).toLowerCase() + worst.text.slice(1);
    const remedy = { kind: groupRemedies[worst.kind], group: groupId };
    const subject = { type: "group" as const, name: groupId };
    return [{ key: `group/${groupId}`, severity: worst.severity, subject, text, remedy }];
  });
}

/** Where each trouble of a group is ended, or its cause seen. */
const groupRemedies: Readonly<Record<GroupFinding["kind"], Extract<Remedy, { group: string }>["kind"]>> = {
  "stuck-partition": "see-record",
  "hot-partition": "see-grid",
  "beyond-end": "reset-offsets",
  "deleted-unread": "reset-offsets",
  "partitions-without-member": "see-grid",
  "idle-members": "see-grid",
  "poll-timeout": "see-rebalances",
  "rebalances-often": "see-rebalances",
  rebalancing: "see-rebalances",
  "stands-still": "see-members",
  "no-members": "see-members",
  "nobody-commits": "see-members",
  "falls-behind": "see-members",
  "commits-per-record": "see-members",
};

function diskFindings({ disks }: ClusterSnapshot): Finding[] {
  return [...(disks?.value.brokers ?? [])].flatMap(([id, { totalBytes, usableBytes }]): Finding[] => {
    if (totalBytes === null || usableBytes === null || totalBytes === 0) return [];
    const share = 1 - usableBytes / totalBytes;
    if (share < DISK_WARNING) return [];
    const text = `has ${formatBytes(usableBytes)} left on its disks, of ${formatBytes(totalBytes)}. A full disk stops it.`;
    const remedy = { kind: "move-replicas", broker: id } as const;
    const severity = share >= DISK_CRITICAL ? "critical" : "warning";
    return [{ key: `disk/${id}`, severity, subject: { type: "broker", name: String(id) }, text, remedy }];
  });
}
