import { createParser, parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { JournalQuery } from "@/lib/contracts/journal";
import { type MessageQuery, messageLimits } from "@/lib/contracts/messages";
import { chartRanges } from "@/lib/chart-range";
import { formatRecordAddress, parseRecordAddress } from "@/lib/record-address";

/** Columns of the topic list that sort. */
export const topicSortColumns = [
  "name",
  "partitions",
  "rate",
  "messages",
  "size",
  "lag",
  "groups",
  "retention",
  "issues",
] as const;

/** The state of the topic list in its address. */
export const topicListState = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(topicSortColumns).withDefault("name"),
  dir: parseAsStringLiteral(["asc", "desc"] as const).withDefault("asc"),
  internal: parseAsBoolean.withDefault(false),
  attention: parseAsBoolean.withDefault(false),
  /** The create dialog is open. */
  create: parseAsBoolean.withDefault(false),
};

const offset = createParser({
  parse: (text) => (/^\d{1,19}$/.test(text) ? text : null),
  serialize: (value: string) => value,
});

const recordAddress = createParser({
  parse: parseRecordAddress,
  serialize: formatRecordAddress,
  eq: (a, b) => a.partition === b.partition && a.offset === b.offset,
});

/** How keys and values are read in the list and the detail. */
export const decoders = ["auto", "json", "text", "hex"] as const;
export type Decoder = (typeof decoders)[number];

/** The state of the message browser in its address. */
export const messageBrowserState = {
  from: parseAsStringLiteral(["newest", "oldest", "offset", "time"] as const).withDefault("newest"),
  offset,
  time: parseAsInteger,
  partition: parseAsInteger,
  limit: parseAsInteger.withDefault(100),
  at: recordAddress,
  decode: parseAsStringLiteral(decoders).withDefault("auto"),
  follow: parseAsBoolean.withDefault(false),
  produce: parseAsBoolean.withDefault(false),
};

type BrowserPlace = {
  readonly from: MessageQuery["from"];
  readonly offset: string | null;
  readonly time: number | null;
  readonly partition: number | null;
  readonly limit: number;
};

/** Turns the address of the message browser into its read; a place without its offset or time falls back to the newest. */
export function messageQueryOf(state: BrowserPlace): MessageQuery {
  const limit = Math.min(messageLimits[messageLimits.length - 1] ?? 100, Math.max(1, state.limit));
  const partition = state.partition !== null && state.partition >= 0 ? { partition: state.partition } : {};
  if (state.from === "offset" && state.offset !== null)
    return { from: "offset", offset: state.offset, limit, ...partition };
  if (state.from === "time" && state.time !== null) return { from: "time", timeMs: state.time, limit, ...partition };
  return { from: state.from === "oldest" ? "oldest" : "newest", limit, ...partition };
}

/** The state of the partitions page in its address. */
export const partitionListState = {
  sort: parseAsStringLiteral(["partition", "leader", "start", "end", "messages", "size", "epoch"] as const).withDefault(
    "partition",
  ),
  dir: parseAsStringLiteral(["asc", "desc"] as const).withDefault("asc"),
  attention: parseAsBoolean.withDefault(false),
};

/** The state of the configuration page in its address. */
export const topicConfigState = { q: parseAsString.withDefault("") };

const way = parseAsStringLiteral(["asc", "desc"] as const);

/** Columns of the list of consumer groups that sort. */
export const groupSortColumns = ["name", "protocol", "state", "members", "lag", "rate"] as const;

/** The state of the list of consumer groups in its address. */
export const groupListState = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(groupSortColumns).withDefault("lag"),
  dir: way.withDefault("desc"),
  attention: parseAsBoolean.withDefault(false),
  empty: parseAsBoolean.withDefault(false),
};

/** Columns of a group's partitions that sort. */
export const groupPartitionSortColumns = ["topic", "partition", "member", "committed", "end", "lag"] as const;

/** The state of a group's partitions in its address. */
export const groupPartitionState = {
  sort: parseAsStringLiteral(groupPartitionSortColumns).withDefault("lag"),
  dir: way.withDefault("desc"),
};

/** Columns of a broker's topics that sort. */
export const brokerTopicSortColumns = ["topic", "leaders", "replicas", "outOfSync"] as const;

/** The state of a broker's topics in its address. */
export const brokerTopicState = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(brokerTopicSortColumns).withDefault("leaders"),
  dir: way.withDefault("desc"),
};

/** Which of a broker's settings are shown: those unlike the other brokers', those unlike Kafka's defaults, or all. */
export const brokerConfigState = {
  q: parseAsString.withDefault(""),
  show: parseAsStringLiteral(["different", "changed", "all"] as const).withDefault("different"),
};

/** The state of the list of jobs in its address. */
export const jobListState = { q: parseAsString.withDefault(""), job: parseAsInteger };

/** The state of the journal in its address. */
export const journalState = {
  q: parseAsString.withDefault(""),
  actor: parseAsString,
  outcome: parseAsStringLiteral(["done", "started", "refused", "failed"] as const),
  /** Entries older than this one. */
  before: parseAsInteger,
  /** The entry that is open. */
  entry: parseAsInteger,
};

/** Entries on a page of the journal. */
const journalPageEntries = 100;

type JournalPlace = {
  readonly q: string;
  readonly actor: string | null;
  readonly outcome: JournalQuery["outcome"] | null;
  readonly before: number | null;
};

/** Turns the address of the journal into its read. */
export function journalQueryOf({ q, actor, outcome, before }: JournalPlace): JournalQuery {
  return {
    ...(q === "" ? {} : { text: q.slice(0, 500) }),
    ...(actor === null ? {} : { actor }),
    ...(outcome ? { outcome } : {}),
    ...(before === null ? {} : { before }),
    limit: journalPageEntries,
  };
}

/** The state of the topology in its address. */
export const topologyState = { as: parseAsStringLiteral(["drawing", "table"] as const).withDefault("drawing") };

/** The time that charts show, in the address. */
export const chartState = { range: parseAsStringLiteral(chartRanges).withDefault("1h") };

/** The tabs of a topic. */
export type TopicTab = "messages" | "partitions" | "consumers" | "configuration" | "metrics";

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
export function groupPath(cluster: string, group: string, tab: "lag" | "members" = "lag"): string {
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
  tab: "directories" | "topics" | "configuration" = "directories",
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

/** The address of the journal of a cluster's changes. */
export function journalPath(cluster: string, entry?: number): string {
  return `/${encodeURIComponent(cluster)}/journal${entry === undefined ? "" : `?entry=${entry}`}`;
}
