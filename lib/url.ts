import { parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { JournalQuery } from "@/lib/contracts/journal";
import { chartRanges } from "@/lib/chart-range";

/** The state of the partitions page in its address. */
export const partitionListState = {
  sort: parseAsStringLiteral(["partition", "leader", "start", "end", "messages", "size", "epoch"] as const).withDefault(
    "partition",
  ),
  dir: parseAsStringLiteral(["asc", "desc"] as const).withDefault("asc"),
  attention: parseAsBoolean.withDefault(false),
  /** Only partitions that another than the preferred replica leads. */
  moved: parseAsBoolean.withDefault(false),
  /** A partition, a broker or a rack. */
  q: parseAsString.withDefault(""),
  by: parseAsStringLiteral(["partition", "broker"] as const).withDefault("partition"),
};

/** The state of the configuration page in its address. */
export const topicConfigState = { q: parseAsString.withDefault("") };

const way = parseAsStringLiteral(["asc", "desc"] as const);

/** Columns of the list of consumer groups that sort. */
export const groupSortColumns = ["name", "protocol", "state", "members", "lag", "time", "rate"] as const;

/** The state of the list of consumer groups in its address. */
export const groupListState = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(groupSortColumns).withDefault("lag"),
  dir: way.withDefault("desc"),
  attention: parseAsBoolean.withDefault(false),
  empty: parseAsBoolean.withDefault(false),
};

/** Columns of a group's partitions that sort. */
export const groupPartitionSortColumns = [
  "topic",
  "partition",
  "member",
  "committed",
  "end",
  "lag",
  "time",
  "commit",
] as const;

/** The state of a group's partitions in its address. */
export const groupPartitionState = {
  sort: parseAsStringLiteral(groupPartitionSortColumns).withDefault("lag"),
  dir: way.withDefault("desc"),
};

/** What an address asks to be opened of a group. */
export const groupWishState = { reset: parseAsBoolean.withDefault(false) };

/** How a group's members are shown. */
export const groupMembersState = { view: parseAsStringLiteral(["list", "grid"]).withDefault("list") };

/** Columns of a broker's topics that sort. */
export const brokerTopicSortColumns = ["topic", "leaders", "replicas", "outOfSync"] as const;

/** The state of a broker's topics in its address. */
export const brokerTopicState = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(brokerTopicSortColumns).withDefault("leaders"),
  dir: way.withDefault("desc"),
};

/** Columns of a broker's connections that sort. */
export const connectionSortColumns = [
  "client",
  "address",
  "software",
  "principal",
  "listener",
  "last",
  "since",
  "requests",
  "received",
  "sent",
] as const;

/** The state of a broker's connections in its address. */
export const brokerConnectionState = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(connectionSortColumns).withDefault("last"),
  dir: way.withDefault("desc"),
  /** A listener; every one when empty. */
  listener: parseAsString.withDefault(""),
};

/** Which of a broker's settings are shown: those unlike the other brokers', those unlike Kafka's defaults, or all. */
export const brokerConfigState = {
  q: parseAsString.withDefault(""),
  show: parseAsStringLiteral(["different", "changed", "all"] as const).withDefault("different"),
};

/** The address of client quotas. */
export function quotasPath(cluster: string): string {
  return `/${encodeURIComponent(cluster)}/quotas`;
}

/** The address of transactions, or of the producers of one topic. */
export function transactionsPath(cluster: string): string {
  return `/${encodeURIComponent(cluster)}/transactions`;
}

/** The state of the list of jobs in its address. */
export const jobListState = { q: parseAsString.withDefault(""), job: parseAsInteger };

/** The state of the list of alerts in its address. */
export const alertListState = { q: parseAsString.withDefault(""), alert: parseAsInteger };

/** The state of the journal in its address. */
export const journalState = {
  q: parseAsString.withDefault(""),
  actor: parseAsString,
  kind: parseAsString,
  state: parseAsStringLiteral(["done", "started", "refused", "failed", "reverted"] as const),
  /** The time that is shown, in milliseconds: from its start, until before its end. */
  from: parseAsInteger,
  until: parseAsInteger,
  /** Entries older than this one. */
  before: parseAsInteger,
  /** The entry that is open. */
  entry: parseAsInteger,
};

/** Entries on a page of the journal. */
const journalPageEntries = 100;

/** What the journal is narrowed to; null is everything. */
export type JournalFilter = {
  readonly q: string;
  readonly actor: string | null;
  readonly kind: string | null;
  readonly state: NonNullable<JournalQuery["state"]> | null;
  readonly from: number | null;
  readonly until: number | null;
};

type JournalPlace = JournalFilter & { readonly before: number | null };

/** Turns the address of the journal into its read. */
export function journalQueryOf({ q, actor, kind, state, from, until, before }: JournalPlace): JournalQuery {
  return {
    ...(q === "" ? {} : { text: q.slice(0, 500) }),
    ...(actor === null ? {} : { actor }),
    ...(kind === null ? {} : { kind }),
    ...(state ? { state } : {}),
    ...(from === null ? {} : { fromMs: from }),
    ...(until === null ? {} : { untilMs: until }),
    ...(before === null ? {} : { before }),
    limit: journalPageEntries,
  };
}

/** The state of the topology in its address. */
export const topologyState = { as: parseAsStringLiteral(["drawing", "table"] as const).withDefault("drawing") };

/** The time that charts show, in the address. */
export const chartState = {
  range: parseAsStringLiteral(chartRanges).withDefault("1h"),
  start: parseAsInteger,
  end: parseAsInteger,
};

/** The tabs of a topic. */
export type TopicTab =
  | "messages"
  | "partitions"
  | "consumers"
  | "configuration"
  | "access"
  | "links"
  | "metrics"
  | "shape"
  | "statistics"
  | "documentation";

/** The address of a cluster's first page. */
export function overviewPath(cluster: string): string {
  return `/${encodeURIComponent(cluster)}/overview`;
}

/** The address of what a person chooses of the console for this browser. */
export function settingsPath(cluster: string): string {
  return `/${encodeURIComponent(cluster)}/settings`;
}

/** The address of a cluster's topic list. */
export function topicsPath(cluster: string): string {
  return `/${encodeURIComponent(cluster)}/topics`;
}

/** The address of one tab of a topic. */
export function topicPath(cluster: string, topic: string, tab: TopicTab = "messages"): string {
  return `${topicsPath(cluster)}/${encodeURIComponent(topic)}/${tab}`;
}

/** The address of a cluster's consumer groups. */
export function groupsPath(cluster: string): string {
  return `/${encodeURIComponent(cluster)}/groups`;
}

/** The address of one consumer group. */
export function groupPath(cluster: string, group: string, tab: "lag" | "members" | "rebalances" = "lag"): string {
  return `${groupsPath(cluster)}/${encodeURIComponent(group)}${tab === "lag" ? "" : `/${tab}`}`;
}

/** The address of a cluster's brokers. */
export function brokersPath(cluster: string): string {
  return `/${encodeURIComponent(cluster)}/brokers`;
}

/** The address of one broker. */
export function brokerPath(
  cluster: string,
  broker: number,
  tab: "directories" | "topics" | "replicas" | "connections" | "configuration" = "directories",
): string {
  return `${brokersPath(cluster)}/${broker}${tab === "directories" ? "" : `/${tab}`}`;
}

/** The address of a cluster's drawing of who writes and who reads. */
export function topologyPath(cluster: string): string {
  return `/${encodeURIComponent(cluster)}/topology`;
}

/** The address of a cluster's jobs. */
export function jobsPath(cluster: string, job?: number): string {
  return `/${encodeURIComponent(cluster)}/jobs${job === undefined ? "" : `?job=${job}`}`;
}

/** The address of a cluster's alerts, of the rules behind them, or of where they are sent. */
export function alertsPath(cluster: string, tab?: "rules" | "targets"): string {
  return `/${encodeURIComponent(cluster)}/alerts${tab === undefined ? "" : `/${tab}`}`;
}

/** The address of the journal of a cluster's changes. */
export function journalPath(cluster: string, entry?: number): string {
  return `/${encodeURIComponent(cluster)}/journal${entry === undefined ? "" : `?entry=${entry}`}`;
}
