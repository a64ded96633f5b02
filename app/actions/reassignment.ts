"use server";
import { callUseCase } from "@/app/border/answer";
import { type StartReassignmentInput, startReassignmentInput } from "@/lib/contracts/reassignment";
import type { Result } from "@/lib/result";
import * as reassigning from "@/server/console/reassign-partitions";

/** Begins the moves of a plan; a job makes them. */
export async function startReassignment(input: StartReassignmentInput): Promise<Result<{ readonly jobId: number }>> {
  const door = "action startReassignment";
  return callUseCase({ contract: startReassignmentInput, input, run: reassigning.startReassignment, door });
}
