"use client";
import { useQuery } from "@tanstack/react-query";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { ConnectorList } from "@/components/links/connector-list";
import { SchemaList } from "@/components/links/schema-list";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { PageFooter } from "@/components/ui/page-footer";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { TopicLinks } from "@/lib/contracts/topic-links";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { topicLinks } from "@/lib/queries/topic-links";

/** What stands beside the cluster and belongs to a topic: its schemas, and the connectors that use it. */
export function LinksView({ topic }: { topic: string }) {
  const query = useQuery(topicLinks(useCluster(), topic));
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  if (query.data)
    return (
      <>
        <StaleBanner query={query} readAtMs={query.data.readAtMs} />
        <PartialProblems problems={query.data.problems} />
        <Links topic={topic} links={query.data} />
      </>
    );
  return query.error ? (
    <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
  ) : (
    <TableSkeleton />
  );
}

function Links({ topic, links: { registry, connect, readAtMs } }: { topic: string; links: TopicLinks }) {
  const counts = [
    registry?.subjects && formatNumberOf(registry.subjects.length + registry.more, "subject"),
    connect?.connectors && formatNumberOf(connect.connectors.length, "connector"),
  ].filter(Boolean);
  return (
    <section aria-label="Linked" className="flex min-h-0 flex-1 flex-col">
      <ScrollRegion label="Schemas and connectors of the topic">
        <SchemaList topic={topic} registry={registry} />
        <ConnectorList connect={connect} />
      </ScrollRegion>
      <PageFooter fresh={<UpdatedAgo atMs={readAtMs} />}>{counts.join(" · ")}</PageFooter>
    </section>
  );
}
