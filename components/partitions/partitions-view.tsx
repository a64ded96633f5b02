"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useQueryStates } from "nuqs";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { partitionColumns, type PartitionRow, tieredPartitionColumns } from "@/components/partitions/partition-columns";
import { ByBroker } from "@/components/partitions/by-broker";
import { PartitionActions } from "@/components/partitions/partition-actions";
import { matchesPartition, PartitionFilters } from "@/components/partitions/partition-filters";
import { partitionHealth } from "@/components/partitions/partition-health";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { useShortcut } from "@/components/shell/shortcuts";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { Button } from "@/components/ui/button";
import { DataGrid } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import { Segments } from "@/components/ui/segments";
import { describeTopicCommand } from "@/lib/cli/topics";
import type { PartitionList } from "@/lib/contracts/partitions";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { topicPartitions } from "@/lib/queries/partitions";
import { partitionListState } from "@/lib/url";

function rowsOf(list: PartitionList): PartitionRow[] {
  const sizes = list.partitions.flatMap((partition) => partition.sizeBytes ?? []).toSorted((a, b) => a - b);
  const largest = sizes.at(-1) ?? 0;
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return list.partitions.map((partition) => {
    const { startOffset, endOffset, sizeBytes } = partition;
    return {
      ...partition,
      health: partitionHealth(partition, list.minInsyncReplicas),
      messages: startOffset === null || endOffset === null ? null : Number(BigInt(endOffset) - BigInt(startOffset)),
      sizeShare: sizeBytes === null || largest === 0 ? 0 : sizeBytes / largest,
      // Small partitions always differ by a few messages; that is no news.
      isOversized: sizes.length > 2 && sizeBytes !== null && sizeBytes > 10_000_000 && sizeBytes > 2 * median,
    };
  });
}

/** A topic's partitions: who leads, who follows how well, how much is in them. */
export function PartitionsView({ topic }: { topic: string }) {
  const query = useQuery(topicPartitions(useCluster(), topic));
  if (query.data)
    return (
      <Partitions
        topic={topic}
        list={query.data}
        updatedAtMs={query.dataUpdatedAt}
        onRefresh={() => void query.refetch()}
      />
    );
  return query.error ? (
    <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
  ) : (
    <TableSkeleton />
  );
}

type Props = { topic: string; list: PartitionList; updatedAtMs: number; onRefresh: () => void };

function Partitions({ topic, list, updatedAtMs, onRefresh }: Props) {
  const bootstrap = useBootstrap();
  const [state, setState] = useQueryStates(partitionListState);
  const rows = rowsOf(list);
  const troubled = rows.filter((row) => row.health.kind !== "ok");
  const displaced = rows.filter((row) => row.leader !== null && row.replicas[0]?.broker !== row.leader);
  const rackOf = new Map(list.brokers.map(({ id, rack }) => [id, rack]));
  const shown = rows.filter(
    (row) =>
      (!state.attention || row.health.kind !== "ok") &&
      (!state.moved || displaced.includes(row)) &&
      matchesPartition(row, state.q, rackOf),
  );
  const refused = troubled.filter((row) => row.health.kind === "bad").length;
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, onRefresh);
  return (
    <section aria-label="Partitions" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-6 py-2.5">
        <Segments
          label="Seen by"
          options={views}
          value={state.by}
          onChoose={(by) => void setState({ by: by === "partition" ? null : by })}
        />
        {state.by === "partition" && (
          <PartitionFilters
            troubled={troubled.length}
            displaced={displaced.length}
            state={state}
            onChange={(change) => void setState(change)}
          />
        )}
        <span className="flex-1" />
        <CopyCommandButton command={describeTopicCommand(bootstrap, topic)} />
        <PartitionActions topic={topic} rows={rows} shown={state.by === "partition" ? shown : rows} />
      </div>
      <PartialProblems problems={list.problems} />
      {state.by === "broker" ? (
        <ByBroker list={list} />
      ) : shown.length > 0 ? (
        <DataGrid
          label="Partitions"
          key={list.isTiered ? "tiered" : "local"}
          columns={list.isTiered ? tieredPartitionColumns : partitionColumns}
          rows={shown}
          rowKey={(row) => String(row.partition)}
          sort={{ id: state.sort, desc: state.dir === "desc" }}
          onSort={(sort) =>
            void setState({
              sort: partitionSorts.find((column) => column === sort.id) ?? null,
              dir: sort.desc ? "desc" : "asc",
            })
          }
          dense
          rowClass="text-sm"
        />
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState
            icon={<CircleCheck />}
            title={state.q === "" ? "Nothing is wrong here" : `No partition matches “${state.q}”`}
            actions={<Button onClick={() => void setState({ attention: null, moved: null, q: null })}>Show all</Button>}
          >
            {state.moved ? "Every partition is led by its preferred replica." : "All replicas follow their leaders."}
          </EmptyState>
        </div>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={updatedAtMs} />}>
        {shown.length} of {formatNumberOf(rows.length, "partition")}
        {troubled.length > 0 && ` · ${troubled.length} under-replicated`}
        {refused > 0 && `, ${refused} of them below min ISR or without a leader`}
      </PageFooter>
    </section>
  );
}

const partitionSorts = ["partition", "leader", "start", "end", "messages", "size", "epoch"] as const;

const views = [
  { value: "partition", label: "By partition" },
  { value: "broker", label: "By broker" },
] as const;
