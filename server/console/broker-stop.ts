import type { ChangeFacts, Impact } from "../../lib/contracts/changes.ts";
import { formatNumberOf } from "../../lib/format.ts";
import type { ClusterSnapshot } from "./engine/sampler/snapshot.ts";
import { namedPartitions } from "./named-partitions.ts";
import { isBelowMinIsr } from "./topic-summary.ts";

type Snapshot = Pick<ClusterSnapshot, "topics" | "minIsr" | "brokers" | "groups">;

/** What stopping a broker would do to partitions and groups. */
export type BrokerStop = {
  readonly isLast: boolean;
  /** Partitions whose leader moves to another broker. */
  readonly leaders: number;
  /** Partitions with no other replica in sync. */
  readonly offline: number;
  /** Partitions that would fall below min ISR: producers with acks=all are refused. */
  readonly refused: number;
  /** The names of those two. */
  readonly offlineNames: readonly string[];
  readonly refusedNames: readonly string[];
  /** Partitions that go on with one replica less. */
  readonly thinner: number;
  /** Groups that it coordinates. */
  readonly groups: number;
};

/** Finds out what stopping a broker would do. */
export function brokerStop({ topics, minIsr, brokers, groups }: Snapshot, broker: number): BrokerStop {
  const found = { leaders: 0, thinner: 0 };
  const offlineNames: string[] = [];
  const refusedNames: string[] = [];
  for (const { name, partitions } of topics)
    for (const { leaderId, isrNodes, replicaNodes, partitionIndex } of partitions) {
      if (!isrNodes.includes(broker)) continue;
      const left = isrNodes.filter((id) => id !== broker);
      if (left.length === 0) offlineNames.push(`${name ?? ""}-${partitionIndex}`);
      else {
        found.thinner += 1;
        if (leaderId === broker) found.leaders += 1;
        if (isBelowMinIsr({ isrNodes: left, replicaNodes }, minIsr.get(name ?? "") ?? 1))
          refusedNames.push(`${name ?? ""}-${partitionIndex}`);
      }
    }
  const own = [...(groups?.value.values() ?? [])].filter(({ coordinator }) => coordinator === broker);
  return {
    ...found,
    offline: offlineNames.length,
    refused: refusedNames.length,
    offlineNames,
    refusedNames,
    isLast: brokers.every(({ id }) => id === broker),
    groups: own.length,
  };
}

/** The same for people, worst first. */
export function impactOfStop(stop: BrokerStop): Impact[] {
  const { isLast, leaders, offline, refused, thinner, groups, offlineNames, refusedNames } = stop;
  if (isLast)
    return [
      { severity: "critical", text: "It is the only broker: nobody can reach the cluster until it is started again." },
    ];
  const lines: (Impact | false)[] = [
    offline > 0 && {
      severity: "critical",
      text: `${formatNumberOf(offline, "partition")} would have no replica in sync: nobody could write there or read until it is back (${namedPartitions(offlineNames)}).`,
    },
    refused > 0 && {
      severity: "critical",
      text: `${formatNumberOf(refused, "partition")} would fall below min ISR: producers with acks=all are refused with NOT_ENOUGH_REPLICAS (${namedPartitions(refusedNames)}).`,
    },
    leaders > 0 && {
      severity: "warning",
      text: `${formatNumberOf(leaders, "leader")} would move to other brokers; clients follow by themselves.`,
    },
    groups > 0 && {
      severity: "warning",
      text: `${formatNumberOf(groups, "consumer group")} would get another coordinator, and pause for a moment.`,
    },
    thinner > 0 && {
      severity: "info",
      text: `${formatNumberOf(thinner, "partition")} would go on with one replica less.`,
    },
    offline + thinner === 0 && { severity: "info", text: "No replica that is in sync is on it." },
  ];
  return lines.filter((line) => line !== false);
}

/** What must still be so when it is stopped: who is cut off. Leaders and coordinators move by themselves all the time. */
export function stateForStop({ isLast, offline, refused }: BrokerStop): ChangeFacts {
  return { "last broker": String(isLast), offline: String(offline), "below min ISR": String(refused) };
}
