import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  savedSearchList,
  searchCheck,
  type SearchQuery,
  searchResult as searchResultContract,
  searchStatus,
  type SearchStatus,
  type StartSearchInput,
  timeStrip as timeStripContract,
  topicFields as topicFieldsContract,
} from "@/lib/contracts/search";
import { clusterApi, postResult, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** A search with what it has found; the stream goes on from there. */
export function searchResult(cluster: string, job: number) {
  return queryOptions({
    queryKey: [cluster, "search", job],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "searches", String(job)), searchResultContract, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Begins a search. */
export function startSearch({ cluster, ...body }: StartSearchInput): Promise<SearchStatus> {
  return postResult(clusterApi(cluster, "searches"), body, searchStatus);
}

/** What is wrong with a query, or what it finds among the newest records. */
export function searchTest(cluster: string, query: SearchQuery) {
  return queryOptions({
    queryKey: [cluster, "search-test", query.topics, query.language, query.text, query.keyAs, query.valueAs],
    queryFn: ({ signal }) => postResult(clusterApi(cluster, "searches", "check"), { query }, searchCheck, { signal }),
    staleTime: 30_000,
    retry: false,
    placeholderData: keepPreviousData,
  });
}

/** The fields of a topic's newest records. */
export function topicFields(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "fields"],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "topics", topic, "fields"), topicFieldsContract, { signal }),
    staleTime: 60_000,
    retry: false,
  });
}

/** A topic's records over time. */
export function timeStrip(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "strip"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "topics", topic, "strip"), timeStripContract, { signal }),
    staleTime: 10_000,
    refetchInterval: 30_000,
  });
}

/** The prefix of what was saved for a topic; invalidated after a change. */
export function savedSearchKeys(cluster: string, topic: string) {
  return [...topicKey(cluster, topic), "saved-searches"];
}

/** Searches kept for a topic. */
export function savedSearches(cluster: string, topic: string) {
  return queryOptions({
    queryKey: savedSearchKeys(cluster, topic),
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "topics", topic, "saved-searches"), savedSearchList, { signal }),
    staleTime: 30_000,
  });
}
