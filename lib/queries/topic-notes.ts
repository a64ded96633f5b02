import { queryOptions } from "@tanstack/react-query";
import { topicNotesRead } from "@/lib/contracts/topic-notes";
import { clusterApi, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** What people wrote about a topic. */
export function topicNotes(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "notes"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "topics", topic, "notes"), topicNotesRead, { signal }),
    staleTime: 5_000,
  });
}
