import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { MessageQuery } from "@/lib/contracts/messages";
import { topicShape as topicShapeContract } from "@/lib/contracts/shape";
import { parametersOf } from "@/lib/queries/parameters";
import { clusterApi, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** The fields of a sample of a topic; read again only when asked to. */
export function topicShape(cluster: string, topic: string, query: MessageQuery) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "shape", query],
    queryFn: ({ signal }) =>
      readResult(`${clusterApi(cluster, "topics", topic, "shape")}?${parametersOf(query)}`, topicShapeContract, {
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}
