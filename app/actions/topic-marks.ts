"use server";
import { callUseCase } from "@/app/border/answer";
import {
  type MarkFavouritesInput,
  markFavouritesInput,
  type RemoveTopicViewInput,
  removeTopicViewInput,
  type SaveTopicViewInput,
  saveTopicViewInput,
} from "@/lib/contracts/topic-notes";
import type { Result } from "@/lib/result";
import * as keeping from "@/server/console/topic-notes/keep-topic-marks";

/** Makes topics favourites, or not any more. */
export async function markFavourites(input: MarkFavouritesInput): Promise<Result<null>> {
  return callUseCase({
    contract: markFavouritesInput,
    input,
    run: keeping.markFavourites,
    door: "action markFavourites",
  });
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
