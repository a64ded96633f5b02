import { linesMax } from "@/lib/chart-series";
import type { TopicGroups } from "@/lib/contracts/groups";
import { type HistoryQuery, historySeriesMax } from "@/lib/contracts/history";
import type { HistoryFrame } from "@/lib/history-frame";

/** A group's lag in one topic, as the partitions that it is the sum of. */
export type LagParts = { readonly groupId: string; readonly parts: readonly string[] };

/** What the charts of a topic draw. */
export type TopicMetrics = {
  readonly series: HistoryQuery["series"];
  /** Groups drawn one by one; none when they have too many partitions to be asked for at once. */
  readonly groups: readonly LagParts[];
};

const lagKinds = ["group-partition-lag", "group-partition-lag-time"] as const;

/** The question of a topic's charts. The history knows a group's lag in all its topics, and in each partition: here the partitions count. */
export function topicMetrics(topic: string, readers: TopicGroups["groups"]): TopicMetrics {
  const own: HistoryQuery["series"] = [
    { kind: "topic-end", name: topic, part: "", as: "rate" },
    { kind: "topic-consumed", name: topic, part: "", as: "rate" },
    { kind: "topic-size", name: topic, part: "", as: "value" },
    { kind: "topic-lag", name: topic, part: "", as: "value" },
  ];
  const groups = readers
    .map(({ groupId, partitions }) => ({ groupId, parts: partitions.map(({ partition }) => `${topic}/${partition}`) }))
    .toSorted((a, b) => (a.groupId < b.groupId ? -1 : 1));
  const asked = groups.flatMap(({ groupId, parts }) =>
    parts.flatMap((part) => lagKinds.map((kind) => ({ kind, name: groupId, part, as: "value" }) as const)),
  );
  if (groups.length > linesMax || own.length + asked.length > historySeriesMax) return { series: own, groups: [] };
  return { series: [...own, ...asked], groups };
}

/** A group's lag in the topic over time: the sum of what was measured. */
export function summedLag(frame: HistoryFrame, parts: LagParts): readonly (number | null)[] {
  return joined(frame, parts, "group-partition-lag", (lags) => lags.reduce((sum, lag) => sum + lag, 0));
}

/** The same in time: that of its oldest partition. */
export function longestLagTime(frame: HistoryFrame, parts: LagParts): readonly (number | null)[] {
  return joined(frame, parts, "group-partition-lag-time", (ages) => Math.max(...ages));
}

function joined(
  frame: HistoryFrame,
  { groupId, parts }: LagParts,
  kind: (typeof lagKinds)[number],
  join: (values: readonly number[]) => number,
): readonly (number | null)[] {
  const lines = parts.map((part) => frame.valuesOf(kind, groupId, part));
  return frame.times.map((_, i) => {
    const known = lines.flatMap((line) => line[i] ?? []);
    return known.length === 0 ? null : join(known);
  });
}
