import { type SaveAlertRuleInput, saveAlertRuleInput } from "../../lib/contracts/alerts.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { findRule } from "./alerting/find-alert-parts.ts";
import { factsOfRule, ruleOfFacts } from "./alerting/rule-facts.ts";
import { defineChange } from "./change.ts";
import type { Scope, UseCase } from "./use-case.ts";

/** Making or changing an alert rule. */
export const saveAlertRuleChange = defineChange<SaveAlertRuleInput, { readonly id: number }>({
  kind: "save-alert-rule",
  input: saveAlertRuleInput,
  verb: ({ id }) => (id === null ? "Add alert rule" : "Change alert rule"),
  failed: ({ rule }) => `The alert rule ${rule.name} was not saved`,
  target: ({ rule }) => ({ type: "alert", name: rule.name }),
  plan: (scope, input, title) => {
    const before = factsBefore(scope, input, title);
    if (!before.ok) return Promise.resolve(before);
    return Promise.resolve(succeed({ before: before.value, after: factsOfRule(input.rule), impact: [], problems: [] }));
  },
  act: (scope, input, title) => {
    const { cluster, id, rule } = input;
    const { alerts } = scope.context.engine;
    const before = factsBefore(scope, input, title);
    if (!before.ok) return Promise.resolve(before);
    const wrong = whatIsWrong(scope, input, title);
    if (wrong !== undefined) return Promise.resolve(fail(wrong));
    const saved = alerts.kept.saveRule(cluster, id, rule);
    alerts.reset(saved);
    scope.context.engine.channels.tell("alerts", cluster);
    const after = { ...factsOfRule(rule), id: String(saved) };
    return Promise.resolve(succeed({ value: { id: saved }, before: before.value, after, summary: rule.condition }));
  },
  revert: ({ before, after }, { cluster, id }) => {
    if (id === null) return { kind: "delete-alert-rule", input: { cluster, id: Number(after.id) } };
    const rule = ruleOfFacts(before);
    if (rule === undefined) return { irreversible: "It was not written down how the rule was before." };
    return { kind: "save-alert-rule", input: { cluster, id, rule } };
  },
});

/** Saves a rule; answers with its id. It is judged at the next sweep. */
export const saveAlertRule: UseCase<SaveAlertRuleInput, { readonly id: number }> = (context, actor, input) =>
  saveAlertRuleChange.actOn(context, actor, input, {});

function factsBefore(scope: Scope, { id }: SaveAlertRuleInput, title: string) {
  if (id === null) return succeed({});
  const rule = findRule(scope, id, title);
  return rule.ok ? succeed(factsOfRule(rule.value)) : rule;
}

function whatIsWrong({ context, cluster }: Scope, { rule }: SaveAlertRuleInput, title: string) {
  const known = new Set(context.engine.alerts.kept.targets(cluster.options.id).map(({ id }) => id));
  const fields: Record<string, string> = {};
  if (rule.clearAt > rule.threshold) fields.clearAt = "Not above the limit at which it fires.";
  if (rule.targets.some((id) => !known.has(id))) fields.targets = "One of the targets is not there any more.";
  const [detail] = Object.values(fields);
  return detail === undefined ? undefined : problem({ code: "invalid-input", title, detail, fields });
}
