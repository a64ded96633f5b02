import { type DeleteAlertRuleInput, deleteAlertRuleInput } from "../../lib/contracts/alerts.ts";
import { succeed } from "../../lib/result.ts";
import { findRule } from "./alerting/find-alert-parts.ts";
import { factsOfRule, ruleOfFacts } from "./alerting/rule-facts.ts";
import { defineChange } from "./change.ts";
import type { UseCase } from "./use-case.ts";

/** Deleting an alert rule. What it fired stays in the list. */
export const deleteAlertRuleChange = defineChange<DeleteAlertRuleInput, { readonly id: number }>({
  kind: "delete-alert-rule",
  input: deleteAlertRuleInput,
  verb: () => "Delete alert rule",
  failed: ({ id }) => `Alert rule ${id} was not deleted`,
  target: ({ id }) => ({ type: "alert", name: String(id) }),
  plan: (scope, { id }, title) => {
    const rule = findRule(scope, id, title);
    if (!rule.ok) return Promise.resolve(rule);
    const text = `${rule.value.name} is judged no more. What fires of it ends.`;
    const before = factsOfRule(rule.value);
    return Promise.resolve(succeed({ before, after: {}, impact: [{ severity: "info", text }], problems: [] }));
  },
  act: (scope, { cluster, id }, title) => {
    const rule = findRule(scope, id, title);
    if (!rule.ok) return Promise.resolve(rule);
    scope.context.engine.alerts.kept.deleteRule(cluster, id);
    scope.context.engine.channels.tell("alerts", cluster);
    const facts = { before: factsOfRule(rule.value), after: {}, summary: rule.value.name };
    return Promise.resolve(succeed({ value: { id }, ...facts }));
  },
  revert: ({ before }, { cluster }) => {
    const rule = ruleOfFacts(before);
    if (rule === undefined) return { irreversible: "It was not written down how the rule was." };
    return { kind: "save-alert-rule", input: { cluster, id: null, rule } };
  },
});

/** Deletes a rule. */
export const deleteAlertRule: UseCase<DeleteAlertRuleInput, { readonly id: number }> = (context, actor, input) =>
  deleteAlertRuleChange.actOn(context, actor, input, {});
