import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { messagePage, recordDetail as recordDetailContract, type MessageQuery } from "@/lib/contracts/messages";
import { clusterApi, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** Records of a topic from a place on; read again only when asked to, since the list must not move under the reader. */
export function messages(cluster: string, topic: string, query: MessageQuery) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "messages", query],
    queryFn: ({ signal }) => {
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) {
        if (value !== undefined) parameters.set(name, String(value));
      }
      return readResult(`${clusterApi(cluster, "topics", topic, "messages")}?${parameters}`, messagePage, { signal });
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

/** One record, whole. A record never changes, so it is read once. */
export function recordDetail(cluster: string, topic: string, partition: number, offset: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "record", partition, offset],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "topics", topic, "messages", String(partition), offset), recordDetailContract, {
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
