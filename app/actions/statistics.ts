"use server";
import { callUseCase } from "@/app/border/answer";
import { type StartStatisticsInput, startStatisticsInput, type StatisticsStatus } from "@/lib/contracts/statistics";
import type { Result } from "@/lib/result";
import * as statistics from "@/server/console/start-statistics";

/** Begins the job that counts what a topic is made of; answers with the job. */
export async function startStatistics(input: StartStatisticsInput): Promise<Result<StatisticsStatus>> {
  return callUseCase({
    contract: startStatisticsInput,
    input,
    run: statistics.startStatistics,
    door: "action startStatistics",
  });
}
