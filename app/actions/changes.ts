"use server";
import { callUseCase } from "@/app/border/answer";
import { type ChangeMade, type MakeChangeInput, makeChangeInput } from "@/lib/contracts/changes";
import type { Result } from "@/lib/result";
import * as making from "@/server/console/make-change";

/** Makes a change of any kind as its plan said; what takes long goes on as a job. */
export async function makeChange(input: MakeChangeInput): Promise<Result<ChangeMade>> {
  return callUseCase({ contract: makeChangeInput, input, run: making.makeChange, door: "action makeChange" });
}
