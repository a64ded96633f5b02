"use client";
import { useQuery } from "@tanstack/react-query";
import { Gauge, Pencil, Plus, Search, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { AbleButton } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { EmptyState } from "@/components/feedback/empty-state";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { entityText, quotaText } from "@/components/quotas/quota-words";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { useShortcut } from "@/components/shell/shortcuts";
import { Topbar } from "@/components/shell/topbar";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { Input } from "@/components/ui/input";
import { PageFooter } from "@/components/ui/page-footer";
import { describeQuotasCommand } from "@/lib/cli/operations";
import { quotaKeys, type QuotaList } from "@/lib/contracts/operations";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { quotaList } from "@/lib/queries/operations";
import { quotaState } from "@/lib/operate-url";

const QuotaDialog = dynamic(() => import("@/components/quotas/quota-dialog").then((module) => module.QuotaDialog), {
  ssr: false,
});

type Quota = QuotaList["quotas"][number];
type Row = Quota & { readonly onEdit: () => void; readonly onRemove: () => void };

const nameOf = ({ entity }: Quota) =>
  (["user", "client-id", "ip"] as const)
    .flatMap((type) => (entity[type] === undefined ? [] : [`${type} ${entityText(entity[type])}`]))
    .join(", ");

const part = (type: "user" | "client-id" | "ip", label: string, width: string): Column<Row> => ({
  id: type,
  label,
  width,
  cell: ({ entity }) => {
    const name = entity[type];
    if (typeof name === "string") return <span className="font-mono text-mono">{name}</span>;
    return <span className="text-ink-faint">{entityText(name)}</span>;
  },
});

const columns: readonly Column<Row>[] = [
  part("user", "User", "minmax(90px,1fr)"),
  part("client-id", "Client id", "minmax(90px,1fr)"),
  part("ip", "Address", "minmax(90px,130px)"),
  ...quotaKeys.map((key): Column<Row> => ({
    id: key,
    label: {
      producer_byte_rate: "Produce",
      consumer_byte_rate: "Fetch",
      request_percentage: "Request time",
      controller_mutation_rate: "Topic changes",
      connection_creation_rate: "Connections",
    }[key],
    width: "104px",
    isRight: true,
    ...(key === "controller_mutation_rate" ? { from: 900 } : {}),
    cell: ({ values }) => {
      const value = values[key];
      return value === undefined ? <span className="text-ink-faint">–</span> : quotaText(key, value);
    },
  })),
  {
    id: "actions",
    label: "Actions",
    isLabelHidden: true,
    width: "56px",
    isRight: true,
    cell: (row) => (
      <span className="flex justify-end">
        <AbleButton
          ability="changeQuotas"
          variant="ghost"
          size="icon-sm"
          aria-label={`Change quotas of ${nameOf(row)}`}
          onClick={row.onEdit}
        >
          <Pencil />
        </AbleButton>
        <AbleButton
          ability="changeQuotas"
          variant="ghost"
          size="icon-sm"
          aria-label={`Remove quotas of ${nameOf(row)}`}
          onClick={row.onRemove}
        >
          <Trash2 />
        </AbleButton>
      </span>
    ),
  },
];

/** How much clients may do: quotas of users, client ids and addresses. */
export function QuotasView() {
  const query = useQuery(quotaList(useCluster()));
  const [editing, setEditing] = useState<Quota | "new">();
  useShortcut({ keys: "c", label: "Set a quota…", group: "This page", command: true }, () => setEditing("new"));
  return (
    <>
      <Topbar crumbs={[{ label: "Quotas" }]}>
        <CopyLinkButton />
        <CopyCommandButton command={describeQuotasCommand(useBootstrap())} />
        <AbleButton ability="changeQuotas" className="ml-1" onClick={() => setEditing("new")}>
          <Plus />
          Set a quota
        </AbleButton>
      </Topbar>
      {query.data ? (
        <>
          <StaleBanner query={query} readAtMs={query.data.readAtMs} />
          <Quotas list={query.data} onEdit={setEditing} />
        </>
      ) : query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <TableSkeleton />
      )}
      {editing !== undefined && (
        <QuotaDialog quota={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </>
  );
}

function Quotas({ list, onEdit }: { list: QuotaList; onEdit: (quota: Quota) => void }) {
  const change = useAskForChange();
  const [{ q }, setState] = useQueryStates(quotaState);
  const shown = list.quotas.filter((quota) => nameOf(quota).toLowerCase().includes(q.toLowerCase()));
  const rows = shown.map((quota): Row => ({
    ...quota,
    onEdit: () => onEdit(quota),
    onRemove: () =>
      change({
        kind: "change-quotas",
        input: {
          entity: quota.entity,
          values: Object.fromEntries(Object.keys(quota.values).map((key) => [key, null])),
        },
        title: `Remove the quotas of ${nameOf(quota)}?`,
        confirm: "Remove",
        pending: "Removing…",
        hasDiff: true,
      }),
  }));
  if (list.quotas.length === 0)
    return (
      <EmptyState icon={<Gauge />} title="Nobody has a quota">
        Clients may send and fetch as much as brokers can serve. A quota holds a user, a client id or an address to a
        rate.
      </EmptyState>
    );
  return (
    <section aria-label="Quotas" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
        <Input
          icon={<Search />}
          placeholder="User, client id or address"
          aria-label="Filter quotas"
          className="w-64"
          value={q}
          onChange={(event) => void setState({ q: event.target.value || null })}
        />
      </div>
      <DataGrid label="Quotas" columns={columns} rows={rows} rowKey={nameOf} />
      <PageFooter fresh={<UpdatedAgo atMs={list.readAtMs} />}>
        {rows.length} of {formatNumberOf(list.quotas.length, "entity", "entities")} · each broker holds its clients to
        them by itself
      </PageFooter>
    </section>
  );
}
