"use client";
import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { GroupSection } from "@/components/consumers/group-section";
import { readingGroups } from "@/components/consumers/reading-group";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { PageFooter } from "@/components/ui/page-footer";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { TopicGroups } from "@/lib/contracts/groups";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { topicGroups } from "@/lib/queries/topic-groups";

/** Groups beyond this show their partitions when asked to. */
const openAtOnce = 20;

/** Who reads a topic, and how far behind in each partition. */
export function ConsumersView({ topic }: { topic: string }) {
  const query = useQuery(topicGroups(useCluster(), topic));
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  if (query.data) return <Consumers topic={topic} list={query.data} />;
  return query.error ? (
    <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
  ) : (
    <TableSkeleton />
  );
}

function Consumers({ topic, list }: { topic: string; list: TopicGroups }) {
  const groups = readingGroups(list.groups);
  const members = list.groups.reduce((sum, group) => sum + (group.members ?? 0), 0);
  return (
    <section aria-label="Consumers" className="flex min-h-0 flex-1 flex-col">
      <PartialProblems problems={list.problems} />
      {groups.length === 0 ? (
        <EmptyState icon={<Users />} title="No group reads this topic">
          A group appears here as soon as its members are assigned partitions of{" "}
          <span className="font-mono text-mono wrap-anywhere text-ink">{topic}</span>, or commit an offset in it.
        </EmptyState>
      ) : (
        <ScrollRegion label="Groups that read the topic">
          {groups.map((reading, i) => (
            <GroupSection
              key={reading.group.groupId}
              reading={reading}
              listReadAtMs={list.readAtMs}
              isOpenAtFirst={i < openAtOnce}
            />
          ))}
        </ScrollRegion>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={list.readAtMs} />}>
        {formatNumberOf(groups.length, "group")} with {formatNumberOf(members, "member")}
      </PageFooter>
    </section>
  );
}
