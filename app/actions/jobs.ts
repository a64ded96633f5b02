"use server";
import { callUseCase } from "@/app/border/answer";
import { type ControlJobInput, controlJobInput, type JobSummary } from "@/lib/contracts/jobs";
import type { Result } from "@/lib/result";
import * as controlling from "@/server/console/control-job";

/** Pauses, resumes, stops, repeats or forgets a job; answers with the state that it goes to. */
export async function controlJob(input: ControlJobInput): Promise<Result<JobSummary>> {
  return callUseCase({ contract: controlJobInput, input, run: controlling.controlJob, door: "action controlJob" });
}
