import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import { controlJob } from "@/app/actions/jobs";
import { loadSampleData } from "@/app/actions/sample-data";
import { type Prefetch, Prefetched } from "@/app/(console)/prefetch";
import { OverviewView } from "@/components/overview/overview-view";
import { chartTimeOf, historyQueryOf } from "@/lib/chart-range";
import type { Overview } from "@/lib/contracts/overview";
import { overviewSeries } from "@/lib/overview-series";
import { history } from "@/lib/queries/history";
import { overview } from "@/lib/queries/overview";
import { chartState } from "@/lib/url";
import { readHistory } from "@/server/console/read-history";
import { readOverview } from "@/server/console/read-overview";

export const metadata: Metadata = { title: "Overview" };

const loadState = createLoader(chartState);

export default async function OverviewPage({ params, searchParams }: PageProps<"/[cluster]/overview">) {
  const cluster = decodeURIComponent((await params).cluster);
  const time = chartTimeOf(await loadState(searchParams));
  const glance: Prefetch<Overview> = {
    queryKey: overview(cluster).queryKey,
    read: (context, actor) => readOverview(context, actor, { cluster }),
    next: (found) => {
      const series = overviewSeries(found);
      return [
        {
          queryKey: history(cluster, series, time).queryKey,
          read: (context, actor) =>
            readHistory(context, actor, { cluster, query: historyQueryOf(series, time, Date.now()) }),
        },
      ];
    },
  };
  return (
    <Prefetched reads={[glance]}>
      <OverviewView loadSampleData={loadSampleData} controlJob={controlJob} />
    </Prefetched>
  );
}
