"use client";
import { useQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { useQueryStates } from "nuqs";
import { EmptyState } from "@/components/feedback/empty-state";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { FindingList } from "@/components/groups/finding-list";
import { LagChart } from "@/components/groups/lag-chart";
import { partitionLagColumns } from "@/components/groups/partition-lag-columns";
import { partitionLags } from "@/components/groups/partition-lags";
import { StuckCard } from "@/components/groups/stuck-card";
import { TroubleCard } from "@/components/groups/trouble-card";
import { useCluster } from "@/components/live/live-provider";
import { DataGrid } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import { cn } from "@/lib/cn";
import type { GroupDetail } from "@/lib/contracts/groups";
import { formatNumberOf } from "@/lib/format";
import { groupDetail } from "@/lib/queries/groups";
import { groupPartitionSortColumns, groupPartitionState } from "@/lib/url";

/** How far a group is behind: over time, and in each partition. */
export function GroupLagView({ group }: { group: string }) {
  const query = useQuery(groupDetail(useCluster(), group));
  // The frame around shows why there is nothing.
  if (query.data === undefined) return <TableSkeleton />;
  return <Lag detail={query.data} />;
}

function Lag({ detail }: { detail: GroupDetail }) {
  const [state, setState] = useQueryStates(groupPartitionState);
  const rows = partitionLags(detail);
  const { attention, findings, memberList } = detail;
  const behind = attention
    ? rows.filter((row) => (row.lagMessages ?? 0) > 0).toSorted((a, b) => (b.lagMessages ?? 0) - (a.lagMessages ?? 0))
    : [];
  const stuck = rows
    .filter((row) => row.stuckSinceMs !== null)
    .toSorted((a, b) => (b.lagMessages ?? 0) - (a.lagMessages ?? 0))[0];
  const read = new Set(rows.flatMap(({ memberId }) => memberId ?? [])).size;
  return (
    <section aria-label="Lag" className="flex min-h-0 flex-1 flex-col">
      {/* The worst stands above the tabs, and how fast it falls behind beside it. */}
      <FindingList findings={findings.slice(attention ? 1 : 0).filter(({ kind }) => kind !== "falls-behind")} />
      <div className={cn("grid shrink-0", (stuck || behind.length > 0) && "@3xl:grid-cols-2 @3xl:divide-x")}>
        <LagChart group={detail.groupId} rows={rows} />
        {stuck ? (
          <StuckCard group={detail.groupId} row={stuck} />
        ) : (
          behind.length > 0 && <TroubleCard behind={behind} />
        )}
      </div>
      {rows.length > 0 ? (
        <DataGrid
          label="Lag by partition"
          columns={partitionLagColumns}
          rows={rows}
          rowKey={(row) => row.key}
          sort={{ id: state.sort, desc: state.dir === "desc" }}
          onSort={(sort) =>
            void setState({
              sort: groupPartitionSortColumns.find((column) => column === sort.id) ?? null,
              dir: sort.desc ? "desc" : "asc",
            })
          }
          dense
          rowClass={(row) => (row.stuckSinceMs === null ? "text-sm" : "bg-bad-soft text-sm")}
        />
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState icon={<Inbox />} title="Nothing is committed and nothing assigned">
            A group&apos;s partitions appear when its members get an assignment, or commit an offset.
          </EmptyState>
        </div>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={detail.readAtMs} />}>
        {formatNumberOf(rows.length, "partition")}
        {memberList.length > 0 && ` · ${read} of ${formatNumberOf(memberList.length, "member")} read them`}
      </PageFooter>
    </section>
  );
}
