import { type SilenceAlertRuleInput, silenceAlertRuleInput } from "../../lib/contracts/alerts.ts";
import { succeed } from "../../lib/result.ts";
import { findRule } from "./alerting/find-alert-parts.ts";
import { defineChange } from "./change.ts";
import type { UseCase } from "./use-case.ts";

type Silenced = { readonly silencedUntilMs: number | null };

/** Silencing a rule for a time, or ending its silence. */
export const silenceAlertRuleChange = defineChange<SilenceAlertRuleInput, Silenced>({
  kind: "silence-alert-rule",
  input: silenceAlertRuleInput,
  verb: ({ untilMs }) => (untilMs === null ? "End the silence of alert rule" : "Silence alert rule"),
  failed: ({ id }) => `Alert rule ${id} was not silenced`,
  target: ({ id }) => ({ type: "alert", name: String(id) }),
  plan: (scope, { id, untilMs }, title) => {
    const rule = findRule(scope, id, title);
    if (!rule.ok) return Promise.resolve(rule);
    const before = { silencedUntil: untilText(rule.value.silencedUntilMs) };
    return Promise.resolve(succeed({ before, after: { silencedUntil: untilText(untilMs) }, impact: [], problems: [] }));
  },
  act: (scope, { cluster, id, untilMs }, title) => {
    const rule = findRule(scope, id, title);
    if (!rule.ok) return Promise.resolve(rule);
    scope.context.engine.alerts.kept.silenceRule(cluster, id, untilMs);
    scope.context.engine.channels.tell("alerts", cluster);
    const before = { silencedUntil: untilText(rule.value.silencedUntilMs) };
    const facts = { before, after: { silencedUntil: untilText(untilMs) }, summary: rule.value.name };
    return Promise.resolve(succeed({ value: { silencedUntilMs: untilMs }, ...facts }));
  },
  revert: ({ before }, { cluster, id }) => {
    const until = before.silencedUntil ? Date.parse(before.silencedUntil) : null;
    return { kind: "silence-alert-rule", input: { cluster, id, untilMs: until } };
  },
});

/** Silences a rule until a time, or ends its silence. */
export const silenceAlertRule: UseCase<SilenceAlertRuleInput, Silenced> = (context, actor, input) =>
  silenceAlertRuleChange.actOn(context, actor, input, {});

function untilText(untilMs: number | null): string | null {
  return untilMs === null ? null : new Date(untilMs).toISOString();
}
