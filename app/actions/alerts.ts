"use server";
import { callUseCase } from "@/app/border/answer";
import {
  type AlertTargetInput,
  alertTargetInput,
  type DeleteAlertRuleInput,
  deleteAlertRuleInput,
  type SaveAlertRuleInput,
  saveAlertRuleInput,
  type SaveAlertTargetInput,
  saveAlertTargetInput,
  type SilenceAlertRuleInput,
  silenceAlertRuleInput,
} from "@/lib/contracts/alerts";
import type { Result } from "@/lib/result";
import * as deletingRule from "@/server/console/delete-alert-rule";
import * as deletingTarget from "@/server/console/delete-alert-target";
import * as savingRule from "@/server/console/save-alert-rule";
import * as savingTarget from "@/server/console/save-alert-target";
import * as silencing from "@/server/console/silence-alert-rule";
import * as testing from "@/server/console/test-alert-target";

/** Makes or changes a rule; answers with its id. */
export async function saveAlertRule(input: SaveAlertRuleInput): Promise<Result<{ id: number }>> {
  return callUseCase({
    contract: saveAlertRuleInput,
    input,
    run: savingRule.saveAlertRule,
    door: "action saveAlertRule",
  });
}

/** Deletes a rule; what it fired stays in the list. */
export async function deleteAlertRule(input: DeleteAlertRuleInput): Promise<Result<{ id: number }>> {
  const run = deletingRule.deleteAlertRule;
  return callUseCase({ contract: deleteAlertRuleInput, input, run, door: "action deleteAlertRule" });
}

/** Silences a rule until a time, or ends its silence. */
export async function silenceAlertRule(
  input: SilenceAlertRuleInput,
): Promise<Result<{ silencedUntilMs: number | null }>> {
  const run = silencing.silenceAlertRule;
  return callUseCase({ contract: silenceAlertRuleInput, input, run, door: "action silenceAlertRule" });
}

/** Makes or changes a target; answers with its id. */
export async function saveAlertTarget(input: SaveAlertTargetInput): Promise<Result<{ id: number }>> {
  const run = savingTarget.saveAlertTarget;
  return callUseCase({ contract: saveAlertTargetInput, input, run, door: "action saveAlertTarget" });
}

/** Deletes a target; rules name it no more. */
export async function deleteAlertTarget(input: AlertTargetInput): Promise<Result<{ id: number }>> {
  const run = deletingTarget.deleteAlertTarget;
  return callUseCase({ contract: alertTargetInput, input, run, door: "action deleteAlertTarget" });
}

/** Sends a test to a target; succeeds when it took it. */
export async function testAlertTarget(input: AlertTargetInput): Promise<Result<{ id: number }>> {
  return callUseCase({
    contract: alertTargetInput,
    input,
    run: testing.testAlertTarget,
    door: "action testAlertTarget",
  });
}
