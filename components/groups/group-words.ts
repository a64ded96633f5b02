import type { StatusKind } from "@/components/ui/status";
import type { GroupOutlook, GroupPartition, GroupSummary, LagTime } from "@/lib/contracts/groups";
import { formatAge, formatDuration, formatRate } from "@/lib/format";

/** A word with its mark. */
export type Marked = { readonly kind: StatusKind; readonly text: string };

/** How a group is, for its mark: what the sampler found wrong, else quiet. */
export function groupHealth({ attention, readAtMs }: GroupSummary, listReadAtMs: number): Marked {
  if (attention !== null) return { kind: attention.severity === "critical" ? "bad" : "warn", text: attention.text };
  const age = listReadAtMs - readAtMs;
  if (age > oldAfterMs)
    return { kind: "idle", text: `Its coordinator does not answer: values are ${formatAge(age)} old.` };
  return { kind: "ok", text: "Healthy" };
}

/** A sweep and a half: a group that was not read in it is told with its age. */
const oldAfterMs = 15_000;

const rebalancing: Readonly<Record<string, string>> = {
  PreparingRebalance: "Rebalancing",
  CompletingRebalance: "Rebalancing",
  Assigning: "Assigning",
  Reconciling: "Reconciling",
};

/** Kafka's word for a group's state; what a rebalance is called inside is one word. */
export function groupState(state: string): Marked {
  const moving = rebalancing[state];
  if (moving !== undefined) return { kind: "warn", text: moving };
  return { kind: state === "Stable" ? "ok" : "idle", text: state };
}

/** Where the lag is going, in words a person would say; empty before there is something to say. */
export function outlookText(outlook: GroupOutlook, nowMs: number): string {
  switch (outlook.kind) {
    case "keeps-up":
      return "keeps up";
    case "drains":
      return `drains in ${formatDuration(outlook.inMs)}`;
    case "falls-behind":
      return `falls behind by ${formatRate(outlook.perSecond)}/s`;
    case "stands-still":
      return nowMs === 0 ? "stands still" : `stands still for ${formatAge(Math.max(0, nowMs - outlook.sinceMs))}`;
    case "unknown":
      return "";
  }
}

/** What is special about a partition's offset, in words; nothing where a member simply reads it. */
export function partitionNote({ state }: Pick<GroupPartition, "state">): Marked {
  return notes[state];
}

const notes: Record<GroupPartition["state"], Marked> = {
  reading: { kind: "ok", text: "" },
  unassigned: { kind: "idle", text: "nobody reads it" },
  "never-committed": { kind: "idle", text: "nothing committed yet" },
  "topic-deleted": { kind: "idle", text: "the topic is deleted" },
  "before-start": { kind: "warn", text: "messages were deleted unread" },
  "beyond-end": { kind: "warn", text: "committed beyond the end" },
  unknown: { kind: "warn", text: "its leader does not answer" },
};

/** Whose group it is, where Kafka Connect made it: its workers', or that of a sink connector, by Connect's naming; undefined for an application's own. */
export function connectText(groupId: string, protocolType: string): string | undefined {
  if (protocolType === "connect") return "workers of Kafka Connect";
  return /^connect-./.test(groupId) ? `sink connector ${groupId.slice("connect-".length)}` : undefined;
}

/** A member's host as people write it: brokers put a slash before an address without a name. */
export function hostText(host: string): string {
  return host.replace(/^\//, "");
}

/** How old what is read next is: "26 min", "< 1 s"; a lower bound says so. */
export function lagTimeText({ ms, isAtLeast }: LagTime): string {
  const text = ms > 0 && ms < 1_000 ? "< 1 s" : ms === 0 ? "0 s" : formatDuration(ms);
  return isAtLeast ? `over ${text.replace("< ", "")}` : text;
}

/** Why the lag in time of a partition is not told. */
export function lagFaultText(fault: GroupPartition["lagMsFault"]): string {
  switch (fault) {
    case "no-timestamp":
      return "its record has no timestamp";
    case "absurd-timestamp":
      return "its record's timestamp is before 2011";
    case "future-timestamp":
      return "its record's timestamp is in the future";
    case null:
      return "not known";
  }
}
