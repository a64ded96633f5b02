"use client";
import { useQuery } from "@tanstack/react-query";
import { LockOpen, ShieldQuestion } from "lucide-react";
import { EmptyState } from "@/components/feedback/empty-state";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { useBootstrap, useLogin } from "@/components/shell/use-bootstrap";
import { Badge } from "@/components/ui/badge";
import { CommandBlock } from "@/components/ui/command-block";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import { listTopicAclsCommand } from "@/lib/cli/topics";
import type { TopicAccess, TopicAccessEntry } from "@/lib/contracts/access";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { topicAccess } from "@/lib/queries/access";

const mono = (text: string) => <span className="font-mono text-mono">{text}</span>;

function Pattern({ entry: { pattern, resource } }: { entry: TopicAccessEntry }) {
  if (pattern === "literal") return <span className="text-ink-muted">this topic</span>;
  if (pattern === "wildcard") return <span className="text-ink-muted">all topics</span>;
  return (
    <span className="text-ink-muted">
      names that begin with <span className="font-mono text-mono text-ink">{resource}</span>
    </span>
  );
}

const columns: readonly Column<TopicAccessEntry>[] = [
  { id: "principal", label: "Principal", width: "minmax(160px,1fr)", cell: ({ principal }) => mono(principal) },
  {
    id: "permission",
    label: "Permission",
    width: "88px",
    cell: ({ permission }) => <Badge tone={permission === "Deny" ? "bad" : "neutral"}>{permission}</Badge>,
  },
  { id: "operation", label: "Operation", width: "132px", cell: ({ operation }) => operation },
  {
    id: "host",
    label: "From host",
    width: "140px",
    cell: ({ host }) => (host === "*" ? <span className="text-ink-muted">any</span> : mono(host)),
  },
  { id: "pattern", label: "Written for", width: "minmax(160px,1fr)", cell: (entry) => <Pattern entry={entry} /> },
];

/** Who may do what with a topic, as the cluster's access control lists say. */
export function AccessView({ topic }: { topic: string }) {
  const query = useQuery(topicAccess(useCluster(), topic));
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  if (query.data)
    return (
      <>
        <StaleBanner query={query} readAtMs={query.data.readAtMs} />
        <Access topic={topic} access={query.data} />
      </>
    );
  return query.error ? (
    <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
  ) : (
    <TableSkeleton />
  );
}

function Access({ topic, access: { entries, open, readAtMs } }: { topic: string; access: TopicAccess }) {
  const bootstrap = useBootstrap();
  const login = useLogin();
  if (open !== null)
    return (
      <EmptyState icon={<LockOpen />} title="No access control lists">
        {open}
      </EmptyState>
    );
  return (
    <section aria-label="Access" className="flex min-h-0 flex-1 flex-col">
      {entries.length === 0 ? (
        <EmptyState icon={<ShieldQuestion />} title="No rule is about this topic">
          Then only super users may use it, unless its brokers have allow.everyone.if.no.acl.found.
        </EmptyState>
      ) : (
        <DataGrid
          label="Access control entries"
          columns={columns}
          rows={entries}
          rowKey={(entry) => Object.values(entry).join("\n")}
        />
      )}
      <div className="shrink-0 border-t px-6 py-3">
        <CommandBlock label="Copy the command" text={login.command(listTopicAclsCommand(bootstrap, topic))} />
      </div>
      <PageFooter fresh={<UpdatedAgo atMs={readAtMs} />}>
        {formatNumberOf(entries.length, "entry", "entries")} · a Deny wins over every Allow
      </PageFooter>
    </section>
  );
}
