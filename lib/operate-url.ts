import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { formatPartitionSet } from "@/lib/partition-set";
import { brokersPath } from "@/lib/url";

/** What replicas are moved for, in the order of the desk. */
export const reassignGoals = ["drain", "use", "balance", "replication-factor", "racks", "by-hand"] as const;

/** The state of the desk where moves are planned, in its address. */
export const reassignState = {
  goal: parseAsStringLiteral(reassignGoals).withDefault("balance"),
  brokers: parseAsArrayOf(parseAsInteger).withDefault([]),
  factor: parseAsInteger.withDefault(3),
  /** All when empty. */
  topics: parseAsArrayOf(parseAsString).withDefault([]),
  /** Of the one topic that is chosen: "0-3, 7"; all when empty. */
  partitions: parseAsString.withDefault(""),
  /** Bytes a second; null for no throttle. */
  throttle: parseAsInteger,
  batch: parseAsInteger.withDefault(40),
};

/** The address of the desk, with a goal, topics or brokers chosen. */
export function reassignPath(
  cluster: string,
  chosen: {
    readonly goal?: (typeof reassignGoals)[number];
    readonly brokers?: readonly number[];
    readonly topics?: readonly string[];
    readonly partitions?: readonly number[];
  } = {},
): string {
  const query = new URLSearchParams({
    ...(chosen.goal && { goal: chosen.goal }),
    ...(chosen.brokers && { brokers: chosen.brokers.join(",") }),
    ...(chosen.topics && { topics: chosen.topics.join(",") }),
    ...(chosen.partitions && { partitions: formatPartitionSet(chosen.partitions) }),
  });
  return `${brokersPath(cluster)}/reassign${query.size === 0 ? "" : `?${query.toString()}`}`;
}

/** The address of moves under way: of one job, or of all. */
export function movesPath(cluster: string, job?: number): string {
  return `${brokersPath(cluster)}/moves${job === undefined ? "" : `/${job}`}`;
}

/** The address of who keeps the metadata. */
export function quorumPath(cluster: string): string {
  return `${brokersPath(cluster)}/quorum`;
}

/** The state of transactions in their address. */
export const transactionState = {
  q: parseAsString.withDefault(""),
  show: parseAsStringLiteral(["transactions", "producers"] as const).withDefault("transactions"),
  /** Producers of this topic only. */
  topic: parseAsString,
};

/** The state of quotas in their address. */
export const quotaState = { q: parseAsString.withDefault("") };
