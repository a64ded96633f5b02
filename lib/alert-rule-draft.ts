import { alertConditions } from "@/lib/alert-conditions";
import { type AlertCondition, type AlertRuleDraft, alertRuleDraft } from "@/lib/contracts/alerts";
import { parseDuration } from "@/lib/duration-text";
import { formatRetention } from "@/lib/format";

/** A rule as it is being written: numbers are text until it is saved, and limits in time carry their unit ("5 min"). */
export type RuleDraft = Omit<AlertRuleDraft, "threshold" | "clearAt" | "forMs"> & {
  readonly threshold: string;
  readonly clearAt: string;
  readonly forMs: string;
};

/** What a new rule begins with. */
export const emptyRuleDraft: RuleDraft = draftFor("group-lag");

/** A rule that is there, to be changed. */
export function draftOfRule({
  name,
  condition,
  subject,
  severity,
  targets,
  isOn,
  ...numbers
}: AlertRuleDraft): RuleDraft {
  const { threshold, clearAt, forMs } = numbers;
  return {
    ...{ name, condition, subject, severity, targets, isOn },
    ...{ threshold: limitText(condition, threshold), clearAt: limitText(condition, clearAt), forMs: String(forMs) },
  };
}

/** Another condition, with its own numbers; a name that was typed stays. */
export function withCondition(draft: RuleDraft, condition: AlertCondition): RuleDraft {
  const isNamed = draft.name !== alertConditions[draft.condition].label;
  return {
    ...draftFor(condition),
    subject: draft.subject,
    targets: draft.targets,
    ...(isNamed ? { name: draft.name } : {}),
  };
}

/** The rule, or undefined when something is wrong. */
export function ruleOfDraft(draft: RuleDraft): AlertRuleDraft | undefined {
  const parsed = alertRuleDraft.safeParse(valuesOf(draft));
  return parsed.success && Object.keys(errorsOfRule(draft)).length === 0 ? parsed.data : undefined;
}

/** What is wrong with each field. */
export function errorsOfRule(draft: RuleDraft): Readonly<Record<string, string>> {
  const values = valuesOf(draft);
  const parsed = alertRuleDraft.safeParse(values);
  if (parsed.success)
    return values.clearAt > values.threshold ? { clearAt: "Not above the limit at which it fires." } : {};
  return Object.fromEntries(
    parsed.error.issues.map((issue) => [
      String(issue.path[0]),
      issue.code === "invalid_type" ? missing(draft.condition) : issue.message,
    ]),
  );
}

function valuesOf({ threshold, clearAt, forMs, ...rest }: RuleDraft) {
  const limitOf = isInTime(rest.condition) ? secondsOf : numberOf;
  return { ...rest, threshold: limitOf(threshold), clearAt: limitOf(clearAt), forMs: numberOf(forMs) };
}

function isInTime(condition: AlertCondition): boolean {
  return alertConditions[condition].unit === "time";
}

function limitText(condition: AlertCondition, limit: number): string {
  if (!isInTime(condition)) return String(limit);
  return limit === 0 ? "0 s" : formatRetention(limit * 1_000);
}

function missing(condition: AlertCondition): string {
  return isInTime(condition) ? "A time with its unit: 90 s, 5 min, 2 h." : "A number.";
}

function secondsOf(text: string): number {
  const milliseconds = parseDuration(text);
  return milliseconds === undefined ? Number.NaN : milliseconds / 1_000;
}

function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

function draftFor(condition: AlertCondition): RuleDraft {
  const { label, threshold, clearAt, forMs, severity } = alertConditions[condition];
  return draftOfRule({
    ...{ name: label, condition, subject: "*", threshold, clearAt, forMs, severity },
    ...{ targets: [], isOn: true },
  });
}
