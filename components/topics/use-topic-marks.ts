"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCluster } from "@/components/live/live-provider";
import { callAction } from "@/lib/call-action";
import type {
  MarkFavouriteInput,
  RemoveTopicViewInput,
  SaveTopicViewInput,
  TopicMarks,
} from "@/lib/contracts/topic-notes";
import { topicMarks } from "@/lib/queries/topic-notes";
import type { Result } from "@/lib/result";

/** The server actions that keep what people put on the list of topics; the page passes them in. */
export type TopicMarkActions = {
  readonly markFavourite: (input: MarkFavouriteInput) => Promise<Result<null>>;
  readonly saveTopicView: (input: SaveTopicViewInput) => Promise<Result<null>>;
  readonly removeTopicView: (input: RemoveTopicViewInput) => Promise<Result<null>>;
};

const none: TopicMarks = { labels: {}, favourites: [], views: [] };

/** Labels, favourites and views of the list, and how they change; a favourite is one at once. */
export function useTopicMarks({ markFavourite, saveTopicView, removeTopicView }: TopicMarkActions) {
  const cluster = useCluster();
  const client = useQueryClient();
  const { queryKey } = topicMarks(cluster);
  const marks = useQuery(topicMarks(cluster)).data ?? none;
  const onSettled = () => client.invalidateQueries({ queryKey });
  const favourite = useMutation({
    mutationFn: (input: Omit<MarkFavouriteInput, "cluster">) => callAction(markFavourite, { cluster, ...input }),
    onMutate: ({ topic, isFavourite }) =>
      client.setQueryData<TopicMarks>(queryKey, (before = none) => ({
        ...before,
        favourites: isFavourite ? [...before.favourites, topic] : before.favourites.filter((own) => own !== topic),
      })),
    onSettled,
  });
  const saving = useMutation({
    mutationFn: (view: { name: string; query: string }) => callAction(saveTopicView, { cluster, ...view }),
    onSettled,
  });
  const removing = useMutation({
    mutationFn: (id: number) => callAction(removeTopicView, { cluster, id }),
    onSettled,
  });
  return { marks, favourite, saving, removing };
}
