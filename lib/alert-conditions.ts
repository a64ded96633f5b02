import type { AlertCondition, AlertSubject } from "@/lib/contracts/alerts";
import type { SeriesKey } from "@/lib/contracts/history";
import { formatCount, formatDuration, formatNumberOf, formatRetention } from "@/lib/format";

/** What a condition measures, and how its numbers are written. */
export type ConditionFacts = {
  readonly label: string;
  readonly subject: AlertSubject["type"];
  /** Of its threshold, which for `time` is in seconds. `flag` has none: it is so, or it is not. */
  readonly unit: "messages" | "time" | "times an hour" | "partitions" | "percent" | "flag";
  readonly threshold: number;
  readonly clearAt: number;
  readonly forMs: number;
  readonly severity: "warning" | "critical";
  /** A sentence that begins after the subject's name. */
  readonly text: (value: number, threshold: number) => string;
  /** What its chart draws; null when the history has no such series. */
  readonly series: (subject: AlertSubject) => SeriesKey | null;
};

const groupLag = ({ name }: AlertSubject): SeriesKey => ({ kind: "group-lag", name, part: "" });
const none = () => null;

/** Every condition, in the order in which people choose one. Thresholds are what a new rule begins with. */
export const alertConditions: Readonly<Record<AlertCondition, ConditionFacts>> = {
  "group-lag": {
    label: "Lag of a group",
    subject: "group",
    unit: "messages",
    threshold: 10_000,
    clearAt: 5_000,
    forMs: 60_000,
    severity: "warning",
    text: (value, limit) => `lags by ${formatNumberOf(value, "message")}; the limit is ${formatCount(limit)}.`,
    series: groupLag,
  },
  "group-lag-time": {
    label: "Lag of a group in time",
    subject: "group",
    unit: "time",
    threshold: 300,
    clearAt: 60,
    forMs: 60_000,
    severity: "warning",
    text: (value, limit) =>
      `is behind by ${formatDuration(value * 1_000)}; the limit is ${formatRetention(limit * 1_000)}.`,
    series: ({ name }) => ({ kind: "group-lag-time", name, part: "" }),
  },
  "group-stuck": {
    label: "A group stands still",
    subject: "group",
    unit: "time",
    threshold: 120,
    clearAt: 0,
    forMs: 0,
    severity: "critical",
    text: (value) => `stands still for ${formatDuration(value * 1_000)} while messages wait.`,
    series: groupLag,
  },
  "group-no-members": {
    label: "A group without members lags",
    subject: "group",
    unit: "flag",
    threshold: 0,
    clearAt: 0,
    forMs: 300_000,
    severity: "warning",
    text: (value) => `has no members; ${formatNumberOf(value, "message")} wait.`,
    series: groupLag,
  },
  "group-rebalances": {
    label: "A group rebalances too often",
    subject: "group",
    unit: "times an hour",
    threshold: 5,
    clearAt: 2,
    forMs: 0,
    severity: "warning",
    text: (value) =>
      `rebalanced ${formatNumberOf(value, "time")} in the last hour. Its members read nothing meanwhile.`,
    series: groupLag,
  },
  "partitions-offline": {
    label: "Partitions without a leader",
    subject: "topic",
    unit: "partitions",
    threshold: 0,
    clearAt: 0,
    forMs: 0,
    severity: "critical",
    text: (value) => `has ${formatNumberOf(value, "partition")} without a leader. Nobody can write or read there.`,
    series: () => ({ kind: "cluster-offline", name: "", part: "" }),
  },
  "partitions-below-min-isr": {
    label: "Partitions below min ISR",
    subject: "topic",
    unit: "partitions",
    threshold: 0,
    clearAt: 0,
    forMs: 30_000,
    severity: "critical",
    text: (value) => `has ${formatNumberOf(value, "partition")} below min ISR. Producers with acks=all are refused.`,
    series: () => ({ kind: "cluster-under-replicated", name: "", part: "" }),
  },
  "partitions-under-replicated": {
    label: "Under-replicated partitions",
    subject: "topic",
    unit: "partitions",
    threshold: 0,
    clearAt: 0,
    forMs: 120_000,
    severity: "warning",
    text: (value) =>
      `has ${formatNumberOf(value, "partition")} under-replicated. One more broker lost may stop producers.`,
    series: () => ({ kind: "cluster-under-replicated", name: "", part: "" }),
  },
  "broker-gone": {
    label: "A broker is gone or silent",
    subject: "broker",
    unit: "flag",
    threshold: 0,
    clearAt: 0,
    forMs: 30_000,
    severity: "critical",
    text: () => "has left the cluster, or does not answer this console.",
    series: none,
  },
  "disk-used": {
    label: "A broker's disk fills up",
    subject: "broker",
    unit: "percent",
    threshold: 85,
    clearAt: 80,
    forMs: 60_000,
    severity: "warning",
    text: (value, limit) => `uses ${Math.round(value)} % of its disks; the limit is ${Math.round(limit)} %.`,
    series: ({ name }) => ({ kind: "broker-size", name, part: "" }),
  },
};

/** A threshold with its unit: "10,000 messages", "5 min"; "" where the condition has none. */
export function thresholdText(condition: AlertCondition, threshold: number): string {
  const { unit } = alertConditions[condition];
  if (unit === "flag") return "";
  if (unit === "time") return formatRetention(threshold * 1_000);
  return unit === "percent" ? `${threshold} %` : `${formatCount(threshold)} ${unit}`;
}

/** How the subject of an alert is named in a sentence. */
export function subjectText({ type, name }: AlertSubject): string {
  if (type === "broker") return `Broker ${name}`;
  return type === "cluster" ? "The cluster" : name;
}
