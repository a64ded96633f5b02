import { type AlertTargetDraft, type SaveAlertTargetInput, saveAlertTargetInput } from "../../lib/contracts/alerts.ts";
import type { ChangeFacts } from "../../lib/contracts/changes.ts";
import { problem } from "../../lib/problem.ts";
import { fail, type Result, succeed } from "../../lib/result.ts";
import { findTarget } from "./alerting/find-alert-parts.ts";
import { placeOf } from "./alerting/target-place.ts";
import { defineChange } from "./change.ts";
import type { Scope, UseCase } from "./use-case.ts";

/** Making or changing a target of alerts. Its secrets are not written down. */
export const saveAlertTargetChange = defineChange<SaveAlertTargetInput, { readonly id: number }>({
  kind: "save-alert-target",
  input: saveAlertTargetInput,
  verb: ({ id }) => (id === null ? "Add alert target" : "Change alert target"),
  failed: ({ target }) => `The alert target ${target.name} was not saved`,
  target: ({ target }) => ({ type: "alert", name: target.name }),
  keptInput: (input) => ({ ...input, target: withoutSecrets(input.target) }),
  plan: (scope, input, title) => {
    const merged = mergedTarget(scope, input, title);
    if (!merged.ok) return Promise.resolve(merged);
    const after = factsOf(merged.value.target);
    return Promise.resolve(succeed({ before: merged.value.before, after, impact: [], problems: [] }));
  },
  act: (scope, input, title) => {
    const { cluster, id } = input;
    const merged = mergedTarget(scope, input, title);
    if (!merged.ok) return Promise.resolve(merged);
    const saved = scope.context.engine.alerts.kept.saveTarget(cluster, id, merged.value.target);
    scope.context.engine.channels.tell("alerts", cluster);
    const after = { ...factsOf(merged.value.target), id: String(saved) };
    const facts = { before: merged.value.before, after, summary: placeOf(merged.value.target) };
    return Promise.resolve(succeed({ value: { id: saved }, ...facts }));
  },
  revert: ({ after }, { cluster, id }) =>
    id === null
      ? { kind: "delete-alert-target", input: { cluster, id: Number(after.id) } }
      : { irreversible: "Its address and secret from before were not written down." },
});

/** Saves a target; answers with its id. */
export const saveAlertTarget: UseCase<SaveAlertTargetInput, { readonly id: number }> = (context, actor, input) =>
  saveAlertTargetChange.actOn(context, actor, input, {});

type Merged = { readonly target: AlertTargetDraft; readonly before: ChangeFacts };

/** The target as it will be: secrets that were left out stay as they were. */
function mergedTarget(scope: Scope, { id, target }: SaveAlertTargetInput, title: string): Result<Merged> {
  const found = id === null ? undefined : findTarget(scope, id, title);
  if (found && !found.ok) return found;
  const kept = found?.value.target;
  const before = kept ? factsOf(kept) : {};
  if (target.kind === "webhook") {
    const secret = target.secret ?? (kept?.kind === "webhook" ? kept.secret : undefined);
    return succeed({ target: { ...target, ...(secret ? { secret } : {}) }, before });
  }
  if (target.kind === "slack") {
    const url = target.url ?? (kept?.kind === "slack" ? kept.url : undefined);
    const detail = "A Slack target needs the address of its incoming webhook.";
    if (url === undefined) return fail(problem({ code: "invalid-input", title, detail, fields: { url: detail } }));
    return succeed({ target: { ...target, url }, before });
  }
  return succeed({ target, before });
}

function factsOf(target: AlertTargetDraft): ChangeFacts {
  const signed = target.kind === "webhook" ? { signed: target.secret ? "yes" : "no" } : {};
  return { name: target.name, kind: target.kind, place: placeOf(target), ...signed };
}

function withoutSecrets(target: AlertTargetDraft): AlertTargetDraft {
  if (target.kind === "kafka-topic") return target;
  if (target.kind === "slack") return { kind: "slack", name: target.name };
  return { kind: "webhook", name: target.name, url: placeOf(target) };
}
