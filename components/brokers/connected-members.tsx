"use client";
import { Cable } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import type { Sort } from "@/components/ui/sort-rows";
import type { BrokerConnections, ConnectedMember } from "@/lib/contracts/connections";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { groupPath, transactionsPath } from "@/lib/url";

function Group({ groupId }: { groupId: string }) {
  return (
    <Link href={groupPath(useCluster(), groupId, "members")} className="rounded-sm font-mono text-mono hover:underline">
      {groupId}
    </Link>
  );
}

const columns: readonly Column<ConnectedMember>[] = [
  {
    id: "client",
    label: "Client id",
    width: "minmax(140px,1fr)",
    sortBy: ({ clientId }) => clientId,
    cell: ({ clientId }) => <span className="font-mono text-mono">{clientId}</span>,
  },
  {
    id: "host",
    label: "Host",
    width: "minmax(120px,0.6fr)",
    sortBy: ({ host }) => host,
    cell: ({ host }) => <span className="font-mono text-mono text-ink-muted">{host}</span>,
  },
  {
    id: "group",
    label: "Group",
    width: "minmax(140px,1fr)",
    sortBy: ({ groupId }) => groupId,
    cell: ({ groupId }) => <Group groupId={groupId} />,
  },
  {
    id: "coordinated",
    label: "Because",
    width: "minmax(150px,0.8fr)",
    from: 720,
    cell: ({ isCoordinated }) => (
      <span className="text-ink-muted">{isCoordinated ? "coordinates its group" : "leads what it reads"}</span>
    ),
  },
  {
    id: "partitions",
    label: "Reads here",
    width: "84px",
    isRight: true,
    sortBy: ({ partitions }) => partitions,
    cell: ({ partitions }) => formatInteger(partitions),
  },
];

type Props = { list: BrokerConnections & { readonly kind: "members" } };

/** What there is to know of a broker's clients where nothing tells its connections. */
export function ConnectedMembers({ list: { members, problems, readAtMs } }: Props) {
  const [sort, setSort] = useState<Sort>({ id: "partitions", desc: true });
  const cluster = useCluster();
  return (
    <section aria-label="Connections" className="flex min-h-0 flex-1 flex-col">
      <p className="shrink-0 border-b bg-sunken px-6 py-2.5 text-ink-muted">
        Apache Kafka has no API that tells a broker’s connections; only brokers of the bundled cluster tell theirs.
        These members of groups must be connected to it: it coordinates their group, or leads what they read. Of{" "}
        <Link
          href={transactionsPath(cluster)}
          className="rounded-sm underline decoration-line-strong underline-offset-3 hover:text-ink"
        >
          producers
        </Link>{" "}
        Kafka tells ids, and not where they are.
      </p>
      <PartialProblems problems={problems} />
      {members.length > 0 ? (
        <DataGrid
          label="Members"
          columns={columns}
          rows={members}
          rowKey={({ groupId, memberId }) => `${groupId} ${memberId}`}
          sort={sort}
          onSort={setSort}
          dense
        />
      ) : (
        <EmptyState icon={<Cable />} title="No member of a group must be connected">
          No group with members has this broker as its coordinator or reads what it leads.
        </EmptyState>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={readAtMs} />}>
        {formatNumberOf(members.length, "member")} of{" "}
        {formatNumberOf(new Set(members.map(({ groupId }) => groupId)).size, "group")}
      </PageFooter>
    </section>
  );
}
