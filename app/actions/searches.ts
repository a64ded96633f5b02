"use server";
import { callUseCase } from "@/app/border/answer";
import {
  type RemoveSavedSearchInput,
  removeSavedSearchInput,
  type SaveSearchInput,
  saveSearchInput,
} from "@/lib/contracts/search";
import type { Result } from "@/lib/result";
import * as removing from "@/server/console/remove-saved-search";
import * as saving from "@/server/console/save-search";

/** Keeps a search for a topic. */
export async function saveSearch(input: SaveSearchInput): Promise<Result<{ readonly name: string }>> {
  return callUseCase({ contract: saveSearchInput, input, run: saving.saveSearch, door: "action saveSearch" });
}

/** Removes one that was kept. */
export async function removeSavedSearch(input: RemoveSavedSearchInput): Promise<Result<{ readonly name: string }>> {
  const door = "action removeSavedSearch";
  return callUseCase({ contract: removeSavedSearchInput, input, run: removing.removeSavedSearch, door });
}
