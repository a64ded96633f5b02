import { queryOptions } from "@tanstack/react-query";
import { topicMarks as topicMarksContract, topicNotesRead } from "@/lib/contracts/topic-notes";
import { clusterApi, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** Labels, favourites and saved views, for the list of topics. */
export function topicMarks(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "topic-marks"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "topic-marks"), topicMarksContract, { signal }),
    staleTime: 30_000,
  });
}

/** What people wrote about a topic. */
export function topicNotes(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "notes"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "topics", topic, "notes"), topicNotesRead, { signal }),
    staleTime: 5_000,
  });
}
