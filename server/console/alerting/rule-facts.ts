import type { AlertRuleDraft } from "../../../lib/contracts/alerts.ts";
import { alertRuleDraft } from "../../../lib/contracts/alerts.ts";
import type { ChangeFacts } from "../../../lib/contracts/changes.ts";

/** A rule as the journal keeps it: each field as text, so that a difference can be read. */
export function factsOfRule(rule: AlertRuleDraft): ChangeFacts {
  return {
    name: rule.name,
    condition: rule.condition,
    subject: rule.subject,
    threshold: String(rule.threshold),
    clearAt: String(rule.clearAt),
    forMs: String(rule.forMs),
    severity: rule.severity,
    targets: rule.targets.join(","),
    isOn: String(rule.isOn),
  };
}

/** The rule that the journal kept; undefined when it kept none, or one of another form. */
export function ruleOfFacts(facts: ChangeFacts): AlertRuleDraft | undefined {
  const { targets, isOn, threshold, clearAt, forMs, ...texts } = facts;
  const parsed = alertRuleDraft.safeParse({
    ...texts,
    threshold: Number(threshold),
    clearAt: Number(clearAt),
    forMs: Number(forMs),
    targets: targets ? targets.split(",").map(Number) : [],
    isOn: isOn === "true",
  });
  return parsed.success ? parsed.data : undefined;
}
