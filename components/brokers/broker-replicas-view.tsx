"use client";
import { useQuery } from "@tanstack/react-query";
import { FolderInput, Layers, Search } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { AbleButton } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { EmptyState } from "@/components/feedback/empty-state";
import { ProblemView } from "@/components/feedback/problem-view";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { Input } from "@/components/ui/input";
import { MenuButton } from "@/components/ui/menu-button";
import { PageFooter } from "@/components/ui/page-footer";
import type { Sort } from "@/components/ui/sort-rows";
import { Tooltip } from "@/components/ui/tooltip";
import { StatusMark } from "@/components/ui/status";
import type { BrokerReplica, BrokerReplicas } from "@/lib/contracts/brokers";
import { formatBytes, formatInteger, formatNumberOf } from "@/lib/format";
import { movesPath } from "@/lib/operate-url";
import { pathEnd } from "@/lib/path-end";
import { problemOf } from "@/lib/problem";
import { brokerReplicas } from "@/lib/queries/operations";
import { topicPath } from "@/lib/url";

type Row = BrokerReplica & {
  readonly isChosen: boolean;
  /** Undefined where there is nowhere to move it. */
  readonly onChoose: (() => void) | undefined;
};

const keyOf = ({ topic, partition, path }: Pick<BrokerReplica, "topic" | "partition" | "path">) =>
  `${topic}-${partition} ${path}`;

const roles = {
  leader: "leader",
  "in-sync": "in sync",
  lagging: "not in sync",
  unknown: "of a deleted topic",
} as const;

const columns: readonly Column<Row>[] = [
  {
    id: "choose",
    label: "Choose",
    isLabelHidden: true,
    width: "16px",
    cell: (row) =>
      row.isFuture || row.onChoose === undefined ? null : (
        <input
          type="checkbox"
          aria-label={`Choose ${row.topic}-${row.partition}`}
          checked={row.isChosen}
          onChange={row.onChoose}
          className="accent-accent"
        />
      ),
  },
  {
    id: "partition",
    label: "Partition",
    width: "minmax(160px,1fr)",
    sortBy: ({ topic, partition }) => `${topic} ${String(partition).padStart(6, "0")}`,
    cell: (row) => <Name row={row} />,
  },
  {
    id: "role",
    label: "State",
    width: "130px",
    sortBy: ({ role }) => role,
    cell: ({ role, isFuture }) =>
      isFuture ? (
        <span className="text-info">copy under way</span>
      ) : (
        <span className="flex items-center gap-2 text-ink-muted">
          {role === "lagging" && <StatusMark kind="warn" className="size-2.5" />}
          {roles[role]}
        </span>
      ),
  },
  {
    id: "lag",
    label: "Behind",
    width: "76px",
    from: 640,
    isRight: true,
    sortBy: ({ lagMessages }) => lagMessages,
    cell: ({ lagMessages }) => formatInteger(lagMessages),
  },
  {
    id: "path",
    label: "Log directory",
    width: "minmax(140px,1fr)",
    sortBy: ({ path }) => path,
    cell: ({ path }) => (
      <Tooltip label={path}>
        <span className="min-w-0 truncate font-mono text-xs text-ink-muted">{pathEnd(path)}</span>
      </Tooltip>
    ),
  },
  {
    id: "size",
    label: "Size",
    width: "80px",
    isRight: true,
    sortBy: ({ sizeBytes }) => sizeBytes,
    cell: ({ sizeBytes }) => formatBytes(sizeBytes),
  },
];

function Name({ row: { topic, partition } }: { row: Row }) {
  return (
    <Link href={topicPath(useCluster(), topic, "partitions")} className="rounded-sm font-mono hover:underline">
      {topic}
      <span className="text-ink-faint">-{partition}</span>
    </Link>
  );
}

/** Every replica of a broker with its log directory; chosen ones can be moved to another directory. */
export function BrokerReplicasView({ broker }: { broker: number }) {
  const query = useQuery(brokerReplicas(useCluster(), broker));
  if (query.data) return <Replicas broker={broker} list={query.data} />;
  return query.error ? (
    <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
  ) : (
    <TableSkeleton />
  );
}

function Replicas({ broker, list }: { broker: number; list: BrokerReplicas }) {
  const [typed, setTyped] = useState("");
  const [sort, setSort] = useState<Sort>({ id: "size", desc: true });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = list.replicas.filter(({ topic, path }) => `${topic} ${path}`.includes(typed));
  const rows = shown.map((replica): Row => {
    const key = keyOf(replica);
    return {
      ...replica,
      isChosen: chosen.has(key),
      onChoose:
        list.paths.length < 2
          ? undefined
          : () =>
              setChosen((before) => {
                const next = new Set(before);
                if (!next.delete(key)) next.add(key);
                return next;
              }),
    };
  });
  const moving = list.replicas.filter((replica) => chosen.has(keyOf(replica)));
  return (
    <section aria-label="Replicas" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
        <Input
          icon={<Search />}
          placeholder="Topic or directory"
          aria-label="Filter replicas"
          className="w-64"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="flex-1" />
        <UnderWay count={list.replicas.filter(({ isFuture }) => isFuture).length} />
        <MoveButton broker={broker} paths={list.paths} moving={moving} onMoved={() => setChosen(new Set())} />
      </div>
      {rows.length > 0 ? (
        <DataGrid label="Replicas" columns={columns} rows={rows} rowKey={keyOf} sort={sort} onSort={setSort} dense />
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState
            icon={<Layers />}
            title={typed === "" ? "No replica is on this broker" : `No replica matches “${typed}”`}
          >
            {typed === ""
              ? "Use it more from its menu in the list of brokers."
              : `${formatNumberOf(list.replicas.length, "replica")} in all.`}
          </EmptyState>
        </div>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={list.readAtMs} />}>
        {formatNumberOf(list.replicas.length, "replica")} in{" "}
        {formatNumberOf(list.paths.length, "directory", "directories")}
        {chosen.size > 0 && ` · ${chosen.size} chosen`}
      </PageFooter>
    </section>
  );
}

function UnderWay({ count }: { count: number }) {
  const path = movesPath(useCluster());
  if (count === 0) return null;
  return (
    <span className="text-xs text-ink-muted">
      {formatNumberOf(count, "copy", "copies")} under way.{" "}
      <Link href={path} className="text-accent hover:underline">
        Watch
      </Link>
    </span>
  );
}

type MoveProps = { broker: number; paths: readonly string[]; moving: readonly BrokerReplica[]; onMoved: () => void };

function MoveButton({ broker, paths, moving, onMoved }: MoveProps) {
  const change = useAskForChange();
  if (paths.length < 2)
    return (
      <span className="text-xs text-ink-faint">The broker has one log directory: there is no other to move to.</span>
    );
  if (moving.length === 0)
    return (
      <AbleButton ability="moveDirectories" disabled>
        <FolderInput />
        Move to directory…
      </AbleButton>
    );
  return (
    <MenuButton
      menuLabel="Move to directory"
      entries={paths.map((path) => ({
        label: path,
        icon: <FolderInput />,
        onSelect: () =>
          change({
            kind: "move-replica-directories",
            input: { broker, path, partitions: moving.map(({ topic, partition }) => ({ topic, partition })) },
            title: `Move ${formatNumberOf(moving.length, "replica")} of broker ${broker}?`,
            confirm: "Move",
            pending: "Moving…",
            hasDiff: true,
            onMade: onMoved,
          }),
      }))}
    >
      <FolderInput />
      Move to directory…
    </MenuButton>
  );
}
