"use server";
import { callUseCase } from "@/app/border/answer";
import { type JournalEntry, type RevertChangeInput, revertChangeInput } from "@/lib/contracts/journal";
import type { Result } from "@/lib/result";
import * as reverting from "@/server/console/revert-change";

/** Takes a change back as its plan said; answers with the entry of that. */
export async function revertChange(input: RevertChangeInput): Promise<Result<JournalEntry>> {
  return callUseCase({ contract: revertChangeInput, input, run: reverting.revertChange, door: "action revertChange" });
}
