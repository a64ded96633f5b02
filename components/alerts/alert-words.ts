import type { AlertDelivery, AlertSubject, AlertTargetKind, FiredAlert, ListedRule } from "@/lib/contracts/alerts";
import { formatAge, formatDuration, formatNumberOf } from "@/lib/format";
import { brokerPath, groupPath, topicPath, topicsPath } from "@/lib/url";

/** Where the cause of an alert is seen. */
export function subjectPath(cluster: string, { type, name }: AlertSubject): string {
  switch (type) {
    case "group":
      return groupPath(cluster, name);
    case "topic":
      return topicPath(cluster, name, "partitions");
    case "broker":
      return brokerPath(cluster, Number(name));
    case "cluster":
      return `${topicsPath(cluster)}?attention=true`;
  }
}

/** How long an alert fires, or fired: "for 4 min", "12 min". */
export function lengthText({ startedAtMs, endedAtMs }: FiredAlert, nowMs: number): string {
  if (endedAtMs !== null) return formatDuration(Math.max(1_000, endedAtMs - startedAtMs));
  return nowMs > 0 ? `for ${formatAge(Math.max(2_000, nowMs - startedAtMs))}` : "";
}

/** Who was told, in a few words. */
export function toldText({ deliveries, isSilenced }: FiredAlert): { readonly text: string; readonly isBad: boolean } {
  if (isSilenced) return { text: "silenced", isBad: false };
  if (deliveries.length === 0) return { text: "nobody", isBad: false };
  const failed = deliveries.filter(({ state, problem }) => state !== "sent" && problem !== null);
  if (failed.length > 0) return { text: `${formatNumberOf(failed.length, "notification")} failed`, isBad: true };
  if (deliveries.some(({ state }) => state === "waiting")) return { text: "being sent", isBad: false };
  return { text: [...new Set(deliveries.map(({ target }) => target))].join(", "), isBad: false };
}

/** What became of one notification: "sent", "failed after 10 attempts: …". */
export function deliveryText({ state, attempts, problem }: AlertDelivery): string {
  if (state === "sent") return attempts > 1 ? `sent at attempt ${attempts}` : "sent";
  if (state === "failed") return `given up after ${formatNumberOf(attempts, "attempt")}: ${problem ?? "no reason"}`;
  return problem === null ? "waits to be sent" : `tried ${formatNumberOf(attempts, "time")}: ${problem}`;
}

/** How a rule is. */
export function ruleState(
  rule: ListedRule,
  nowMs: number,
): { readonly text: string; readonly kind: "ok" | "bad" | "idle" | "paused" } {
  if (!rule.isOn) return { text: "Off", kind: "paused" };
  if (isQuiet(rule, nowMs)) return { text: "Silenced", kind: "paused" };
  if (rule.firing > 0) return { text: `${rule.firing} firing`, kind: "bad" };
  return rule.isUnjudged ? { text: "Cannot be read", kind: "idle" } : { text: "Well", kind: "ok" };
}

/** True while a rule tells nobody. */
export function isQuiet({ silencedUntilMs }: Pick<ListedRule, "silencedUntilMs">, nowMs: number): boolean {
  return silencedUntilMs !== null && nowMs < silencedUntilMs;
}

/** Kinds of targets in words. */
export const targetKinds: Readonly<Record<AlertTargetKind, string>> = {
  webhook: "Webhook",
  slack: "Slack",
  "kafka-topic": "Kafka topic",
};
