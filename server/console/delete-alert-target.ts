import { type AlertTargetInput, alertTargetInput } from "../../lib/contracts/alerts.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { succeed } from "../../lib/result.ts";
import { findTarget } from "./alerting/find-alert-parts.ts";
import { placeOf } from "./alerting/target-place.ts";
import { defineChange } from "./change.ts";
import type { UseCase } from "./use-case.ts";

/** Deleting a target of alerts: rules that name it tell it no more. */
export const deleteAlertTargetChange = defineChange<AlertTargetInput, { readonly id: number }>({
  kind: "delete-alert-target",
  input: alertTargetInput,
  verb: () => "Delete alert target",
  failed: ({ id }) => `Alert target ${id} was not deleted`,
  target: ({ id }) => ({ type: "alert", name: String(id) }),
  plan: (scope, { cluster, id }, title) => {
    const found = findTarget(scope, id, title);
    if (!found.ok) return Promise.resolve(found);
    const { target } = found.value;
    const users = scope.context.engine.alerts.kept.rules(cluster).filter(({ targets }) => targets.includes(id)).length;
    const text = `${target.name} is told no more: ${users === 0 ? "no rule names it" : formatNumberOf(users, "rule")}.`;
    const before = { name: target.name, kind: target.kind, place: placeOf(target) };
    return Promise.resolve(
      succeed({ before, after: {}, impact: [{ severity: users === 0 ? "info" : "warning", text }], problems: [] }),
    );
  },
  act: (scope, { cluster, id }, title) => {
    const found = findTarget(scope, id, title);
    if (!found.ok) return Promise.resolve(found);
    const { target } = found.value;
    const { alerts, channels } = scope.context.engine;
    for (const { id: rule, silencedUntilMs: _, ...draft } of alerts.kept.rules(cluster))
      if (draft.targets.includes(id))
        alerts.kept.saveRule(cluster, rule, { ...draft, targets: draft.targets.filter((other) => other !== id) });
    alerts.kept.deleteTarget(cluster, id);
    channels.tell("alerts", cluster);
    const before = { name: target.name, kind: target.kind, place: placeOf(target) };
    return Promise.resolve(succeed({ value: { id }, before, after: {}, summary: target.name }));
  },
  revert: () => ({ irreversible: "Its address and secret were not written down." }),
});

/** Deletes a target. */
export const deleteAlertTarget: UseCase<AlertTargetInput, { readonly id: number }> = (context, actor, input) =>
  deleteAlertTargetChange.actOn(context, actor, input, {});
