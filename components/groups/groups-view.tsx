"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import type { GroupRow } from "@/components/groups/group-columns";
import { groupHealth } from "@/components/groups/group-words";
import { GroupDialogs } from "@/components/groups/group-dialogs";
import { GroupsSummary } from "@/components/groups/groups-summary";
import { GroupsTable } from "@/components/groups/groups-table";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import type { GroupList } from "@/lib/contracts/groups";
import { problemOf } from "@/lib/problem";
import { groupList } from "@/lib/queries/groups";
import { groupPath } from "@/lib/url";

function rowsOf({ groups, readAtMs }: GroupList): GroupRow[] {
  return groups.map((group) => ({ ...group, health: groupHealth(group, readAtMs) }));
}

/** The consumer groups of a cluster: totals, then the table with problems first, or in their place why they are not there. */
export function GroupsView() {
  const cluster = useCluster();
  const router = useRouter();
  const query = useQuery(groupList(cluster));
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  const list = query.data;
  if (list === undefined)
    return query.error ? (
      <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
    ) : (
      <TableSkeleton />
    );
  const rows = rowsOf(list);
  return (
    <GroupDialogs onCreated={(group) => router.push(groupPath(cluster, group))}>
      <StaleBanner query={query} readAtMs={list.readAtMs} />
      <PartialProblems problems={list.problems} />
      <GroupsSummary groups={rows} />
      <GroupsTable groups={rows} readAtMs={list.readAtMs} />
    </GroupDialogs>
  );
}
