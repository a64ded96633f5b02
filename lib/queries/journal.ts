import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { changePlan } from "@/lib/contracts/changes";
import {
  journalEntry as journalEntryContract,
  journalList as journalListContract,
  type JournalQuery,
} from "@/lib/contracts/journal";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** The prefix of everything read of a cluster's journal. */
export function journalKeys(cluster: string) {
  return [cluster, "journal"];
}

/** A page of the journal. */
export function journalList(cluster: string, query: JournalQuery) {
  return queryOptions({
    queryKey: [...journalKeys(cluster), "list", query],
    queryFn: ({ signal }) => {
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) {
        if (value !== undefined) parameters.set(name, String(value));
      }
      return readResult(`${clusterApi(cluster, "journal")}?${parameters}`, journalListContract, { signal });
    },
    ...followed("journal"),
    placeholderData: keepPreviousData,
  });
}

/** The address of the journal as a file: what the query shows, all pages of it. */
export function journalExport(cluster: string, query: JournalQuery, format: "jsonl" | "csv"): string {
  const parameters = new URLSearchParams({ format });
  for (const name of ["text", "actor", "kind", "state", "fromMs", "untilMs"] as const) {
    const value = query[name];
    if (value !== undefined) parameters.set(name, String(value));
  }
  return `${clusterApi(cluster, "journal", "export")}?${parameters}`;
}

/** One entry, whole. */
export function journalEntry(cluster: string, entry: number) {
  return queryOptions({
    queryKey: [...journalKeys(cluster), "one", entry],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "journal", String(entry)), journalEntryContract, { signal }),
    ...followed("journal"),
  });
}

/** What taking a change back would do; never from the cache. */
export function revertPlan(cluster: string, entry: number) {
  return queryOptions({
    queryKey: [...journalKeys(cluster), "revert", entry],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "journal", String(entry), "revert"), changePlan, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
}
