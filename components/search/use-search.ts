"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useCluster } from "@/components/live/live-provider";
import { useSearchEvents } from "@/components/live/use-search-events";
import type { MessageQuery } from "@/lib/contracts/messages";
import { keptMatchesMax, type SearchQuery, type SearchResult } from "@/lib/contracts/search";
import { searchResult, startSearch } from "@/lib/queries/search";
import { guessLanguage, type SearchLanguage } from "@/lib/search/language";
import { orderMatches } from "@/lib/search/order-matches";
import { queryOfPlace, type SearchOptions } from "@/lib/search/query-of-place";
import { searchState } from "@/lib/message-url";

/** What is typed, and how it is to be read. */
export type Typed = { readonly text: string; readonly language: SearchLanguage };

/** Whether a search may still find something by itself. */
export function isUnderWay({ state }: Pick<SearchResult, "state">): boolean {
  return state === "queued" || state === "running" || state === "pausing" || state === "stopping";
}

/** The search of a message browser: what is asked, the job that looks for it, and what it has found. */
export function useSearch(topic: string, place: MessageQuery) {
  const cluster = useCluster();
  const client = useQueryClient();
  const [{ q, lang, budget, isolation, search: job }, setState] = useQueryStates(searchState);
  const result = useQuery({ ...searchResult(cluster, job ?? 0), enabled: job !== null });
  const found = job === null ? undefined : result.data;
  useSearchEvents(found ? { cluster, job: found.job, sequence: found.sequence } : null, (event) => {
    client.setQueryData(searchResult(cluster, event.status.job).queryKey, (known) => {
      if (known === undefined) return known;
      const { query } = event.status;
      const places = new Set(known.matches.map(({ topic: of, partition, offset }) => `${of}/${partition}/${offset}`));
      const fresh = event.found.filter((match) => !places.has(`${match.topic}/${match.partition}/${match.offset}`));
      const matches =
        fresh.length === 0
          ? known.matches
          : orderMatches([...known.matches, ...fresh], query.order).slice(0, query.limit ?? keptMatchesMax);
      return { ...event.status, matches, sequence: event.sequence };
    });
  });

  const starting = useMutation({
    mutationFn: (query: SearchQuery) =>
      startSearch({ cluster, query, replaces: found && isUnderWay(found) ? found.job : null }),
    onSuccess: ({ job: begun, query }) =>
      setState({
        q: query.text,
        lang: query.language === guessLanguage(query.text) ? null : query.language,
        ...optionsOf(query),
        search: begun,
      }),
  });

  const options: SearchOptions = { budget, isolation };
  const queryAt = (typed: Typed, nowMs: number) => queryOfPlace(topic, place, { ...typed, ...options }, nowMs);

  return {
    cluster,
    topic,
    options,
    /** What is shown is searched anew; without a search it is for the next. */
    setOptions: (change: Partial<SearchOptions>) => {
      if (found) starting.mutate({ ...found.query, ...change });
      else void setState(change);
    },
    /** What the address asks for. */
    typed: { text: q, language: lang ?? guessLanguage(q) },
    job,
    /** Undefined while it is read, and when nothing is searched. */
    found,
    /** It could not be begun, or is not there any more. */
    error: starting.error ?? (job === null ? null : result.error),
    isStarting: starting.isPending,
    /** Searches what the browser reads; `change` asks for it otherwise. */
    begin: (typed: Typed, change: Partial<SearchQuery> = {}) =>
      starting.mutate({ ...queryAt(typed, Date.now()), ...change }),
    /** Searches what was searched before, otherwise. */
    again: (change: Partial<SearchQuery> = {}) => {
      if (found) starting.mutate({ ...found.query, ...change });
    },
    queryOf: (typed: Typed) => queryAt(typed, 0),
    /** Back to the records as they are. A search that runs goes on. */
    clear: () => {
      starting.reset();
      void setState({ q: null, lang: null, search: null });
    },
  };
}

function optionsOf({ budget, isolation }: SearchQuery): SearchOptions {
  return { budget, isolation };
}

/** What `useSearch` gives. */
export type SearchModel = ReturnType<typeof useSearch>;
