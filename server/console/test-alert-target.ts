import { type AlertTargetInput, alertTargetInput } from "../../lib/contracts/alerts.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { findTarget } from "./alerting/find-alert-parts.ts";
import { placeOf } from "./alerting/target-place.ts";
import { defineChange } from "./change.ts";
import { toProblem } from "./to-problem.ts";
import type { UseCase } from "./use-case.ts";

/** Sending a test notification to a target. */
export const testAlertTargetChange = defineChange<AlertTargetInput, { readonly id: number }>({
  kind: "test-alert-target",
  input: alertTargetInput,
  verb: () => "Test alert target",
  failed: ({ id }) => `The test did not arrive at alert target ${id}`,
  target: ({ id }) => ({ type: "alert", name: String(id) }),
  plan: (scope, { id }, title) => {
    const found = findTarget(scope, id, title);
    if (!found.ok) return Promise.resolve(found);
    const text = `Sends one notification to ${placeOf(found.value.target)}.`;
    return Promise.resolve(succeed({ before: {}, after: {}, impact: [{ severity: "info", text }], problems: [] }));
  },
  async act(scope, { id }, title) {
    const found = findTarget(scope, id, title);
    if (!found.ok) return found;
    const { name } = found.value.target;
    try {
      await scope.context.engine.alerts.test(found.value);
    } catch (error) {
      const expected = toProblem(error, { title, identity: scope.cluster.identity });
      const detail = error instanceof Error ? error.message : String(error);
      const suggestion = "Check its address, and that it takes requests from the machine of this console.";
      return fail(expected ?? problem({ code: "rejected-by-cluster", title, detail, suggestion, retryable: true }));
    }
    return succeed({ value: { id }, before: {}, after: {}, summary: `${name} took it` });
  },
  revert: () => ({ irreversible: "What was sent was sent." }),
});

/** Sends a test to a target; succeeds when it took it. */
export const testAlertTarget: UseCase<AlertTargetInput, { readonly id: number }> = (context, actor, input) =>
  testAlertTargetChange.actOn(context, actor, input, {});
