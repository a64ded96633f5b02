"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCluster } from "@/components/live/live-provider";
import type { MarkFavouritesInput, RemoveTopicViewInput, SaveTopicViewInput } from "@/lib/contracts/topic-notes";
import type { TopicMarks } from "@/lib/contracts/topic-marks";
import { topicMarks } from "@/lib/queries/topic-marks";
import type { Result } from "@/lib/result";

/** The server actions that keep what people put on the list of topics; the page passes them in. */
export type TopicMarkActions = {
  readonly markFavourites: (input: MarkFavouritesInput) => Promise<Result<null>>;
  readonly saveTopicView: (input: SaveTopicViewInput) => Promise<Result<null>>;
  readonly removeTopicView: (input: RemoveTopicViewInput) => Promise<Result<null>>;
};

const none: TopicMarks = { labels: {}, favourites: [], views: [] };

/** Labels, favourites and views of the list, and how they change; a favourite is one at once. Without useMutation, whose code the list's first load does not need. */
export function useTopicMarks({ markFavourites, saveTopicView, removeTopicView }: TopicMarkActions) {
  const cluster = useCluster();
  const client = useQueryClient();
  const { queryKey } = topicMarks(cluster);
  const marks = useQuery(topicMarks(cluster)).data ?? none;
  const readAgain = () => client.invalidateQueries({ queryKey });
  return {
    marks,
    favour: (topics: readonly string[], isFavourite: boolean) => {
      client.setQueryData<TopicMarks>(queryKey, (before = none) => {
        const named = new Set(topics);
        const others = before.favourites.filter((own) => !named.has(own));
        return { ...before, favourites: isFavourite ? [...others, ...topics] : others };
      });
      // Whatever became of it, what is kept is read again.
      void markFavourites({ cluster, topics: [...topics], isFavourite }).then(readAgain, readAgain);
    },
    saveView: (view: { readonly name: string; readonly query: string }) => saveTopicView({ cluster, ...view }),
    removeView: (id: number) => void removeTopicView({ cluster, id }).then(readAgain, readAgain),
    readAgain,
  };
}
