"use client";
import { useQuery } from "@tanstack/react-query";
import { Layers, Search } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useRef } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import { StatusMark } from "@/components/ui/status";
import type { BrokerTopic } from "@/lib/contracts/brokers";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { brokerDetail } from "@/lib/queries/brokers";
import { brokerTopicSortColumns, brokerTopicState, topicPath } from "@/lib/url";

function TopicName({ topic, outOfSync }: Pick<BrokerTopic, "topic" | "outOfSync">) {
  const cluster = useCluster();
  return (
    <span className="flex items-center gap-2">
      <StatusMark kind={outOfSync > 0 ? "warn" : "ok"} className={outOfSync > 0 ? "size-2.5" : "size-2.5 opacity-45"} />
      <Link
        href={topicPath(cluster, topic, "partitions")}
        prefetch={false}
        className="truncate rounded-sm font-mono text-mono -outline-offset-1 hover:underline hover:decoration-line-strong hover:underline-offset-3"
      >
        {topic}
      </Link>
    </span>
  );
}

const columns: readonly Column<BrokerTopic>[] = [
  {
    id: "topic",
    label: "Topic",
    width: "minmax(180px,1fr)",
    sortBy: ({ topic }) => topic,
    cell: (row) => <TopicName topic={row.topic} outOfSync={row.outOfSync} />,
  },
  {
    id: "leaders",
    label: "Leads",
    width: "80px",
    isRight: true,
    sortBy: ({ leaders }) => leaders,
    cell: ({ leaders }) => (
      <span className={leaders === 0 ? "text-ink-faint" : undefined}>{formatInteger(leaders)}</span>
    ),
  },
  {
    id: "replicas",
    label: "Replicas",
    width: "80px",
    isRight: true,
    sortBy: ({ replicas }) => replicas,
    cell: ({ replicas }) => formatInteger(replicas),
  },
  {
    id: "outOfSync",
    label: "Not in sync",
    width: "92px",
    isRight: true,
    sortBy: ({ outOfSync }) => outOfSync,
    cell: ({ outOfSync }) => (
      <span className={outOfSync > 0 ? "font-medium text-warn" : "text-ink-faint"}>{formatInteger(outOfSync)}</span>
    ),
  },
];

/** What a broker has of each topic: the partitions that it leads, and those that it follows. */
export function BrokerTopicsView({ broker }: { broker: number }) {
  const query = useQuery(brokerDetail(useCluster(), broker));
  const [state, setState] = useQueryStates(brokerTopicState);
  const search = useRef<HTMLInputElement>(null);
  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  const detail = query.data;
  // The frame around shows why there is nothing.
  if (detail === undefined) return <TableSkeleton />;
  const shown = detail.topics.filter(({ topic }) => topic.toLowerCase().includes(state.q.toLowerCase()));
  return (
    <section aria-label="Topics" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
        <Input
          ref={search}
          icon={<Search />}
          trailing={<Kbd>/</Kbd>}
          placeholder="Filter topics"
          aria-label="Filter topics"
          className="w-64"
          value={state.q}
          onChange={(event) => void setState({ q: event.target.value || null })}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        />
      </div>
      {shown.length > 0 ? (
        <DataGrid
          label="Topics"
          columns={columns}
          rows={shown}
          rowKey={({ topic }) => topic}
          sort={{ id: state.sort, desc: state.dir === "desc" }}
          onSort={(sort) =>
            void setState({
              sort: brokerTopicSortColumns.find((column) => column === sort.id) ?? null,
              dir: sort.desc ? "desc" : "asc",
            })
          }
        />
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState
            icon={<Layers />}
            title={state.q === "" ? "No topic has a replica on this broker" : `No topic matches “${state.q}”`}
            actions={state.q !== "" && <Button onClick={() => void setState({ q: null })}>Clear the filter</Button>}
          >
            {state.q === "" ? "New topics are spread over all brokers." : "It is filtered by name."}
          </EmptyState>
        </div>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={detail.readAtMs} />}>
        {formatInteger(shown.length)} of {formatNumberOf(detail.topics.length, "topic")} · leads{" "}
        {formatNumberOf(detail.leaders, "partition")} of {formatInteger(detail.replicas)}
      </PageFooter>
    </section>
  );
}
