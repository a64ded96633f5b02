"use client";
import { useQuery } from "@tanstack/react-query";
import { Shuffle } from "lucide-react";
import { EmptyState } from "@/components/feedback/empty-state";
import { ProblemNote } from "@/components/feedback/problem-note";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { rebalanceSentences, sourceText } from "@/components/groups/rebalance-words";
import { useCluster } from "@/components/live/live-provider";
import { PageFooter } from "@/components/ui/page-footer";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { useZone } from "@/components/ui/use-zone";
import type { RebalanceEvent } from "@/lib/contracts/rebalances";
import { formatDuration, formatNumberOf } from "@/lib/format";
import { formatInstant } from "@/lib/instant";
import { problemOf } from "@/lib/problem";
import { rebalanceList } from "@/lib/queries/groups";

/** What each rebalance of a group changed: who came, who went and why, and which partitions moved. */
export function GroupRebalancesView({ group }: { group: string }) {
  const query = useQuery(rebalanceList(useCluster(), group));
  const list = query.data;
  if (list === undefined)
    return query.error ? (
      <div className="px-6 py-4">
        <ProblemNote problem={problemOf(query.error)} />
      </div>
    ) : (
      <TableSkeleton />
    );
  return (
    <section aria-label="Rebalances" className="flex min-h-0 flex-1 flex-col">
      {list.events.length > 0 ? (
        <ScrollRegion label="Rebalances, newest first" className="min-h-0 flex-1">
          <ol className="divide-y">
            {list.events.map((event) => (
              <Event key={`${event.atMs} ${event.generation ?? ""}`} event={event} />
            ))}
          </ol>
        </ScrollRegion>
      ) : (
        <EmptyState icon={<Shuffle />} title="No rebalance was seen">
          The console has watched this group since it started, and its members have kept their partitions.
        </EmptyState>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={list.readAtMs} />}>
        {formatNumberOf(list.events.length, "rebalance")}
        {list.rebalancingMs > 0 && ` · about ${formatDuration(list.rebalancingMs)} of the last hour spent in them`}
        {` · ${sourceText(list)}`}
      </PageFooter>
    </section>
  );
}

function Event({ event }: { event: RebalanceEvent }) {
  const [zone] = useZone();
  const hidden = event.movedCount - event.moved.length;
  return (
    <li className="grid grid-cols-[172px_96px_1fr] gap-x-4 px-6 py-2.5">
      <time className="font-mono text-xs text-ink-muted">{formatInstant(event.atMs, zone).replace(/\.\d+$/, "")}</time>
      <span className="text-xs text-ink-faint tabular-nums">
        {event.generation === null ? "" : `generation ${event.generation}`}
      </span>
      <div className="min-w-0">
        {rebalanceSentences(event).map((text) => (
          <p key={text} className="wrap-anywhere">
            {text}
          </p>
        ))}
        {event.moved.length > 0 && (
          <details className="mt-0.5 text-xs text-ink-muted">
            <summary className="w-fit cursor-default rounded-sm hover:text-ink">
              {formatNumberOf(event.movedCount, "partition")} moved
            </summary>
            <ul className="mt-1 columns-2 gap-6">
              {event.moved.map(({ topic, partition, from, to }) => (
                <li key={`${topic}/${partition}`} className="truncate">
                  <span className="font-mono text-ink">
                    {topic} {partition}
                  </span>{" "}
                  {from ?? "nobody"} → {to ?? "nobody"}
                </li>
              ))}
              {hidden > 0 && <li>and {hidden} more</li>}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}
