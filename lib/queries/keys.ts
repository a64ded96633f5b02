import { queryOptions } from "@tanstack/react-query";
import {
  type KeyHistoryQuery,
  keyHistory as keyHistoryContract,
  keyTable as keyTableContract,
} from "@/lib/contracts/keys";
import type { KeyTableQuery } from "@/lib/contracts/keys";
import { parametersOf } from "@/lib/queries/parameters";
import { clusterApi, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** The versions of one key; read again only when asked to. */
export function keyHistory(cluster: string, topic: string, query: KeyHistoryQuery) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "key-history", query],
    queryFn: ({ signal }) =>
      readResult(`${clusterApi(cluster, "topics", topic, "key-history")}?${parametersOf(query)}`, keyHistoryContract, {
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The newest record of each key, to be followed on from its positions. */
export function keyTable(cluster: string, topic: string, { keyAs, valueAs }: KeyTableQuery) {
  const query = { keyAs, valueAs };
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "key-table", query],
    queryFn: ({ signal }) =>
      readResult(`${clusterApi(cluster, "topics", topic, "key-table")}?${parametersOf(query)}`, keyTableContract, {
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
