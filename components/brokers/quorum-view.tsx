"use client";
import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { BrokersTabs } from "@/components/brokers/brokers-tabs";
import { unregistration } from "@/components/brokers/unregistration";
import { AbleButton } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { Topbar } from "@/components/shell/topbar";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { Badge } from "@/components/ui/badge";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { StatusMark } from "@/components/ui/status";
import { useNow } from "@/components/ui/use-now";
import { describeQuorumCommand } from "@/lib/cli/operations";
import type { Quorum, QuorumMember } from "@/lib/contracts/operations";
import { formatAge, formatInteger, formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { clusterQuorum } from "@/lib/queries/operations";
import { brokersPath } from "@/lib/url";

const unknown = <span className="text-ink-faint">–</span>;

/** A member that has not caught up for so long is behind. */
const behindMs = 30_000;

function Ago({ atMs }: { atMs: number | null }) {
  const now = useNow();
  if (atMs === null) return unknown;
  const age = formatAge(Math.max(0, now - atMs));
  return <span className="text-ink-muted">{age === "just now" ? age : `${age} ago`}</span>;
}

function Health({ member }: { member: QuorumMember }) {
  const now = useNow();
  const isBehind = member.lag > 0 && member.lastCaughtUpAtMs !== null && now - member.lastCaughtUpAtMs > behindMs;
  return (
    <span className="flex items-center gap-2">
      <StatusMark kind={isBehind ? "warn" : "ok"} className={isBehind ? "size-2.5" : "size-2.5 opacity-45"} />
      {member.id}
      {member.role === "leader" && <Badge tone="accent">controller</Badge>}
    </span>
  );
}

const memberColumns: readonly Column<QuorumMember>[] = [
  { id: "node", label: "Node", width: "minmax(120px,1fr)", cell: (member) => <Health member={member} /> },
  {
    id: "role",
    label: "Role",
    width: "90px",
    cell: ({ role }) => <span className="text-ink-muted">{role === "leader" ? "leader" : role}</span>,
  },
  {
    id: "end",
    label: "Log end",
    width: "100px",
    isRight: true,
    cell: ({ logEndOffset }) => <span className="font-mono text-xs">{logEndOffset}</span>,
  },
  { id: "lag", label: "Behind", width: "80px", isRight: true, cell: ({ lag }) => formatInteger(lag) },
  {
    id: "caught",
    label: "Caught up",
    width: "110px",
    from: 620,
    isRight: true,
    cell: ({ role, lastCaughtUpAtMs }) => (role === "leader" ? unknown : <Ago atMs={lastCaughtUpAtMs} />),
  },
  {
    id: "fetch",
    label: "Last fetch",
    width: "110px",
    from: 740,
    isRight: true,
    cell: ({ role, lastFetchAtMs }) => (role === "leader" ? unknown : <Ago atMs={lastFetchAtMs} />),
  },
];

type Feature = Quorum["features"][number];

const featureColumns: readonly Column<Feature>[] = [
  {
    id: "name",
    label: "Feature",
    width: "minmax(160px,1fr)",
    cell: ({ name }) => <span className="font-mono text-mono">{name}</span>,
  },
  {
    id: "finalised",
    label: "In use",
    width: "110px",
    isRight: true,
    cell: ({ finalised }) => (finalised === null ? <span className="text-ink-faint">not in use</span> : finalised),
  },
  {
    id: "supported",
    label: "Supported",
    width: "110px",
    isRight: true,
    cell: ({ supportedMin, supportedMax }) =>
      supportedMax === null ? (
        unknown
      ) : (
        <span className="text-ink-muted">
          {supportedMin} to {supportedMax}
        </span>
      ),
  },
  {
    id: "room",
    label: "Can be raised",
    isLabelHidden: true,
    width: "130px",
    from: 560,
    cell: ({ finalised, supportedMax }) =>
      supportedMax !== null && supportedMax > (finalised ?? 0) ? <Badge>can be raised</Badge> : null,
  },
];

/** Who keeps the cluster's metadata, which features it uses, and brokers that are registered and do not serve. */
export function QuorumView() {
  const query = useQuery(clusterQuorum(useCluster()));
  return (
    <>
      <Topbar crumbs={[{ label: "Brokers", href: brokersPath(useCluster()) }, { label: "Quorum and features" }]}>
        <CopyLinkButton />
        <CopyCommandButton command={describeQuorumCommand(useBootstrap())} />
      </Topbar>
      <BrokersTabs />
      {query.data ? (
        <>
          <StaleBanner query={query} readAtMs={query.data.readAtMs} />
          <PartialProblems problems={query.data.problems} />
          <Parts quorum={query.data} />
        </>
      ) : query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <TableSkeleton />
      )}
    </>
  );
}

function Parts({ quorum }: { quorum: Quorum }) {
  const { members, features, fenced, leaderEpoch, highWatermark, readAtMs } = quorum;
  const voters = members.filter(({ role }) => role !== "observer").length;
  return (
    <section aria-label="Quorum and features" className="flex min-h-0 flex-1 flex-col">
      <ScrollRegion label="Quorum, features and fenced brokers">
        {fenced.length > 0 && <Fenced fenced={fenced} />}
        {members.length > 0 && (
          <DataGrid
            label="Quorum"
            columns={memberColumns}
            rows={members}
            rowKey={({ id, role }) => `${role} ${id}`}
            isWhole
          />
        )}
        {features.length > 0 && (
          <div className="mt-6">
            <DataGrid label="Features" columns={featureColumns} rows={features} rowKey={({ name }) => name} isWhole />
          </div>
        )}
      </ScrollRegion>
      <PageFooter fresh={<UpdatedAgo atMs={readAtMs} />}>
        {formatNumberOf(voters, "voter")}
        {leaderEpoch !== null && ` · epoch ${leaderEpoch}`}
        {highWatermark !== null && ` · high watermark ${highWatermark}`} · {formatNumberOf(features.length, "feature")}
      </PageFooter>
    </section>
  );
}

function Fenced({ fenced }: Pick<Quorum, "fenced">) {
  const change = useAskForChange();
  return (
    <ul aria-label="Fenced brokers" className="divide-y border-b">
      {fenced.map(({ id, host, port }) => (
        <li key={id} className="flex items-center gap-2.5 px-6 py-2">
          <StatusMark kind="warn" />
          <span className="flex-1">
            Broker {id} is registered at{" "}
            <span className="font-mono text-xs">
              {host}:{port}
            </span>{" "}
            and does not serve.
          </span>
          <AbleButton ability="unregister" size="sm" onClick={() => change(unregistration(id))}>
            <Trash2 />
            Unregister…
          </AbleButton>
        </li>
      ))}
    </ul>
  );
}
