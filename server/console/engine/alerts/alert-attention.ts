import type { AlertCondition, AlertSubject } from "../../../../lib/contracts/alerts.ts";
import type { Attention, Remedy } from "../../../../lib/contracts/overview.ts";
import type { FiringAlert } from "./alert-store.ts";

function remedyOf({ type, name }: AlertSubject): Remedy | null {
  if (type === "broker") return { kind: "move-replicas", broker: Number(name) };
  return type === "group" ? { kind: "see-members", group: name } : null;
}

/** Conditions that no finding of a sweep tells of. */
const newsOf: ReadonlySet<AlertCondition> = new Set(["group-lag", "group-lag-time", "group-rebalances"]);

/**
 * What needs attention with the alerts that fire, worst first. An alert about something that the sweep found by itself is not said twice: only
 * limits that people set tell something new.
 */
export function withAlerts(found: readonly Attention[], firing: readonly FiringAlert[]): Attention[] {
  const known = new Set(found.map(({ key }) => key));
  const own = firing.filter(({ condition, subject }) => {
    if (condition === "disk-used") return !known.has(`disk/${subject.name}`);
    return newsOf.has(condition);
  });
  const lines = own.map(({ id, severity, subject, text, startedAtMs }) => {
    return { key: `alert/${id}`, severity, subject, text, remedy: remedyOf(subject), sinceMs: startedAtMs };
  });
  const rank = ({ severity }: Attention) => (severity === "critical" ? 0 : 1);
  return [...found, ...lines].sort((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs);
}
