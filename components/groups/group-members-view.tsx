"use client";
import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useQueryStates } from "nuqs";
import { EmptyState } from "@/components/feedback/empty-state";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { AssignmentGrid } from "@/components/groups/assignment-grid";
import { hostText } from "@/components/groups/group-words";
import { memberColumns, type MemberRow } from "@/components/groups/member-columns";
import { useCluster } from "@/components/live/live-provider";
import { DataGrid } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import { Segments } from "@/components/ui/segments";
import type { GroupDetail } from "@/lib/contracts/groups";
import { formatNumberOf } from "@/lib/format";
import { groupDetail } from "@/lib/queries/groups";
import { groupMembersState } from "@/lib/url";

function rowsOf({ groupId, memberList, partitions }: GroupDetail): readonly MemberRow[] {
  const rows = memberList.map((member) => {
    const lags = partitions
      .filter(({ memberId }) => memberId === member.memberId)
      .map(({ lagMessages, state }) => (state === "topic-deleted" ? 0 : lagMessages));
    return {
      ...member,
      group: groupId,
      hostText: hostText(member.host),
      partitionCount: (member.assignment ?? []).reduce((sum, own) => sum + own.partitions.length, 0),
      lagMessages: lags.includes(null) ? null : lags.reduce<number>((sum, lag) => sum + (lag ?? 0), 0),
    };
  });
  const largest = rows.reduce((most, { lagMessages }) => Math.max(most, lagMessages ?? 0), 1);
  return rows
    .map((row) => ({ ...row, lagShare: (row.lagMessages ?? 0) / largest }))
    .toSorted((a, b) => (a.clientId + a.memberId < b.clientId + b.memberId ? -1 : 1));
}

const views = [
  { value: "list", label: "List" },
  { value: "grid", label: "Grid" },
] as const;

/** Who is in a group, from where, and what each reads. */
export function GroupMembersView({ group }: { group: string }) {
  const query = useQuery(groupDetail(useCluster(), group));
  const [{ view }, setState] = useQueryStates(groupMembersState);
  const detail = query.data;
  // The frame around shows why there is nothing.
  if (detail === undefined) return <TableSkeleton />;
  const rows = rowsOf(detail);
  const idle = rows.filter(({ partitionCount, assignment }) => assignment !== null && partitionCount === 0).length;
  return (
    <section aria-label="Members" className="flex min-h-0 flex-1 flex-col">
      {rows.length > 0 ? (
        <>
          <div className="flex shrink-0 px-6 py-2">
            <Segments
              label="Show members as"
              options={views}
              value={view}
              onChoose={(chosen) => void setState({ view: chosen })}
            />
          </div>
          {view === "grid" ? (
            <AssignmentGrid detail={detail} />
          ) : (
            <DataGrid label="Members" columns={memberColumns} rows={rows} rowKey={(member) => member.memberId} />
          )}
        </>
      ) : (
        <EmptyState icon={<Users />} title="This group has no members">
          {detail.members === null
            ? "They cannot be read for a group of this kind."
            : "Its offsets are kept; a consumer that joins goes on from them."}
        </EmptyState>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={detail.readAtMs} />}>
        {formatNumberOf(rows.length, "member")}
        {idle > 0 && ` · ${idle} without a partition`}
      </PageFooter>
    </section>
  );
}
