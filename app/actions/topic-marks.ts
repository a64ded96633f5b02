"use server";
import { callUseCase } from "@/app/border/answer";
import {
  type MarkFavouriteInput,
  markFavouriteInput,
  type RemoveTopicViewInput,
  removeTopicViewInput,
  type SaveTopicViewInput,
  saveTopicViewInput,
} from "@/lib/contracts/topic-notes";
import type { Result } from "@/lib/result";
import * as keeping from "@/server/console/topic-notes/keep-topic-marks";

/** Makes a topic a favourite, or not any more. */
export async function markFavourite(input: MarkFavouriteInput): Promise<Result<null>> {
  return callUseCase({ contract: markFavouriteInput, input, run: keeping.markFavourite, door: "action markFavourite" });
}

/** Keeps the list of topics as it is under a name. */
export async function saveTopicView(input: SaveTopicViewInput): Promise<Result<null>> {
  return callUseCase({ contract: saveTopicViewInput, input, run: keeping.saveTopicView, door: "action saveTopicView" });
}

/** Forgets a saved view. */
export async function removeTopicView(input: RemoveTopicViewInput): Promise<Result<null>> {
  return callUseCase({
    contract: removeTopicViewInput,
    input,
    run: keeping.removeTopicView,
    door: "action removeTopicView",
  });
}
