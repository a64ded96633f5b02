import type {
  MarkFavouritesInput,
  RemoveTopicViewInput,
  SaveTopicViewInput,
} from "../../../lib/contracts/topic-notes.ts";
import { formatNumberOf } from "../../../lib/format.ts";
import { succeed } from "../../../lib/result.ts";
import { defineUseCase } from "../use-case.ts";

/** Makes topics favourites of whoever asks, or not any more. Their own matter, which changes no cluster: who may look may do it. */
export const markFavourites = defineUseCase<MarkFavouritesInput, null>({
  failed: ({ topics }) =>
    `${topics.length === 1 ? topics[0] : formatNumberOf(topics.length, "topic")} could not be marked`,
  run: ({ context, actor }, { cluster, topics, isFavourite }) => {
    context.topicNotes.markFavourites(cluster, actor.name, topics, isFavourite);
    return Promise.resolve(succeed(null));
  },
});

/** Keeps the list of topics as it is under a name. */
export const saveTopicView = defineUseCase<SaveTopicViewInput, null>({
  failed: ({ name }) => `The view ${name} could not be saved`,
  run: ({ context, actor }, { cluster, name, query }) => {
    context.topicNotes.saveView(cluster, actor.name, { name, query });
    return Promise.resolve(succeed(null));
  },
});

/** Forgets a saved view. */
export const removeTopicView = defineUseCase<RemoveTopicViewInput, null>({
  failed: () => "The view could not be removed",
  run: ({ context }, { cluster, id }) => {
    context.topicNotes.removeView(cluster, id);
    return Promise.resolve(succeed(null));
  },
});
