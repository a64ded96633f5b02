import { createParser, parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type MessageQuery, messageLimits } from "@/lib/contracts/messages";
import { chartRanges } from "@/lib/chart-range";
import { formatRecordAddress, parseRecordAddress } from "@/lib/record-address";

/** Columns of the topic list that sort. */
export const topicSortColumns = [
  "name",
  "partitions",
  "replication",
  "messages",
  "size",
  "retention",
  "issues",
] as const;
export type TopicSortColumn = (typeof topicSortColumns)[number];

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
export function groupPath(cluster: string, group: string): string {
  return `${groupsPath(cluster)}/${encodeURIComponent(group)}`;
}

/** The address of a cluster's brokers. */
export function brokersPath(cluster: string): string {
  return `/${encodeURIComponent(cluster)}/brokers`;
}

/** The address of one broker. */
export function brokerPath(cluster: string, broker: number): string {
  return `${brokersPath(cluster)}/${broker}`;
}
