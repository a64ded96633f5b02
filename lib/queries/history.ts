import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type ChartTime, historyQueryOf } from "@/lib/chart-range";
import { historyAnswer, type HistoryQuery } from "@/lib/contracts/history";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** Series over a range that ends when they are read, or over a part of the past, which does not change. One question a page: its charts then share their times. */
export function history(cluster: string, series: HistoryQuery["series"], time: ChartTime) {
  return queryOptions({
    queryKey: [cluster, "history", time, series],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "history"), historyAnswer, {
        method: "POST",
        headers: { accept: "application/json", "content-type": "application/json" },
        body: JSON.stringify(historyQueryOf(series, time, Date.now())),
        signal,
      }),
    placeholderData: keepPreviousData,
    ...(typeof time === "string" ? followed("sampled") : { staleTime: Infinity }),
  });
}
