"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCluster } from "@/components/live/live-provider";
import type { MarkFavouriteInput, RemoveTopicViewInput, SaveTopicViewInput } from "@/lib/contracts/topic-notes";
import type { TopicMarks } from "@/lib/contracts/topic-marks";
import { topicMarks } from "@/lib/queries/topic-marks";
import type { Result } from "@/lib/result";

/** The server actions that keep what people put on the list of topics; the page passes them in. */
export type TopicMarkActions = {
  readonly markFavourite: (input: MarkFavouriteInput) => Promise<Result<null>>;
  readonly saveTopicView: (input: SaveTopicViewInput) => Promise<Result<null>>;
  readonly removeTopicView: (input: RemoveTopicViewInput) => Promise<Result<null>>;
};

const none: TopicMarks = { labels: {}, favourites: [], views: [] };

/** Labels, favourites and views of the list, and how they change; a favourite is one at once. Without useMutation, whose code the list's first load does not need. */
export function useTopicMarks({ markFavourite, saveTopicView, removeTopicView }: TopicMarkActions) {
  const cluster = useCluster();
  const client = useQueryClient();
  const { queryKey } = topicMarks(cluster);
  const marks = useQuery(topicMarks(cluster)).data ?? none;
  const readAgain = () => client.invalidateQueries({ queryKey });
  return {
    marks,
    favour: (topic: string, isFavourite: boolean) => {
      client.setQueryData<TopicMarks>(queryKey, (before = none) => ({
        ...before,
        favourites: isFavourite ? [...before.favourites, topic] : before.favourites.filter((own) => own !== topic),
      }));
      // Whatever became of it, what is kept is read again.
      void markFavourite({ cluster, topic, isFavourite }).then(readAgain, readAgain);
    },
    saveView: (view: { readonly name: string; readonly query: string }) => saveTopicView({ cluster, ...view }),
    removeView: (id: number) => void removeTopicView({ cluster, id }).then(readAgain, readAgain),
    readAgain,
  };
}
