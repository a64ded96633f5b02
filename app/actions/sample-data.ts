"use server";
import { callUseCase } from "@/app/border/answer";
import { type LoadSampleDataInput, loadSampleDataInput } from "@/lib/contracts/overview";
import type { Result } from "@/lib/result";
import * as loading from "@/server/console/load-sample-data";

/** Begins the job that makes sample data, as its plan said. */
export async function loadSampleData(input: LoadSampleDataInput): Promise<Result<{ readonly jobId: number }>> {
  return callUseCase({
    contract: loadSampleDataInput,
    input,
    run: loading.loadSampleData,
    door: "action loadSampleData",
  });
}
