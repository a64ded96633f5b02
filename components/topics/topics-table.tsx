"use client";
import { Layers, Plus, Search } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useRef } from "react";
import { EmptyState } from "@/components/feedback/empty-state";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useKeyLabels, useShortcut } from "@/components/shell/shortcuts";
import { healthOf } from "@/components/topics/topic-health";
import { topicColumns, type TopicRow } from "@/components/topics/topic-columns";
import type { TopicTrend } from "@/components/topics/topic-trend";
import { Button } from "@/components/ui/button";
import { FilterChip } from "@/components/ui/chip";
import { DataGrid, type GridHandle } from "@/components/ui/data-grid";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import { StatusMark } from "@/components/ui/status";
import { Tooltip } from "@/components/ui/tooltip";
import type { TopicList, TopicSummary } from "@/lib/contracts/topics";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { nearSpelling } from "@/lib/near-spelling";
import { topicListState, topicSortColumns } from "@/lib/url";

type Props = {
  list: TopicList;
  trends: ReadonlyMap<string, TopicTrend>;
  updatedAtMs: number;
  onCreate: () => void;
};

function matches(topic: TopicSummary, typed: string): boolean {
  const name = topic.name.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.includes(word));
}

function rowsOf(topics: readonly TopicSummary[], trends: ReadonlyMap<string, TopicTrend>): TopicRow[] {
  const largest = topics.reduce((max, topic) => Math.max(max, topic.sizeBytes ?? 0), 1);
  return topics.map((topic) => ({
    ...topic,
    sizeShare: (topic.sizeBytes ?? 0) / largest,
    trend: trends.get(topic.name),
  }));
}

/** Filter bar, table and footer of the topic list. */
export function TopicsTable({ list, trends, updatedAtMs, onCreate }: Props) {
  const [state, setState] = useQueryStates(topicListState);
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const keyLabels = useKeyLabels();

  const visible = list.topics.filter((topic) => state.internal || !topic.internal);
  const hidden = list.topics.length - visible.length;
  const troubled = visible.filter((topic) => healthOf(topic).kind !== "ok");
  const shown = rowsOf(
    (state.attention ? troubled : visible).filter((topic) => matches(topic, state.q)),
    trends,
  );

  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  useShortcut({ keys: "c", label: "Create a topic…", group: "This page", command: true }, onCreate);
  useShortcut({ keys: "j", label: "Next topic", group: "This page" }, () => grid.current?.focusRow(1));
  useShortcut({ keys: "k", label: "Previous topic", group: "This page" }, () => grid.current?.focusRow(-1));

  const clear = () => void setState({ q: null, attention: null });
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
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
            if (event.key === "Enter" || event.key === "ArrowDown") grid.current?.focusRow(1);
          }}
        />
        {(troubled.length > 0 || state.attention) && (
          <FilterChip
            pressed={state.attention}
            count={troubled.length}
            onPress={() => void setState({ attention: state.attention ? null : true })}
          >
            <StatusMark kind="warn" className="size-2.5" />
            Needs attention
          </FilterChip>
        )}
        <FilterChip
          pressed={state.internal}
          count={list.topics.filter((topic) => topic.internal).length}
          onPress={() => void setState({ internal: state.internal ? null : true })}
        >
          Show internal
        </FilterChip>
        <span className="flex-1" />
        <Tooltip label="Create a topic" keys={keyLabels("c")}>
          <Button variant="primary" onClick={onCreate}>
            <Plus />
            Create topic
          </Button>
        </Tooltip>
      </div>
      {shown.length > 0 ? (
        <DataGrid
          label="Topics"
          columns={topicColumns}
          rows={shown}
          rowKey={(topic) => topic.name}
          sort={{ id: state.sort, desc: state.dir === "desc" }}
          onSort={(sort) =>
            void setState({
              sort: topicSortColumns.find((column) => column === sort.id) ?? null,
              dir: sort.desc ? "desc" : "asc",
            })
          }
          handle={grid}
        />
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <NoTopics
            typed={state.q}
            total={visible.length}
            hidden={hidden}
            names={visible.map((topic) => topic.name)}
            onClear={clear}
            onCreate={onCreate}
          />
        </div>
      )}
      <PageFooter fresh={<UpdatedAgo atMs={updatedAtMs} />}>
        {formatInteger(shown.length)} of {formatNumberOf(visible.length, "topic")} shown
        {hidden > 0 && ` · ${formatInteger(hidden)} internal hidden`}
      </PageFooter>
    </section>
  );
}

type NoTopicsProps = {
  typed: string;
  total: number;
  hidden: number;
  names: readonly string[];
  onClear: () => void;
  onCreate: () => void;
};

function NoTopics({ typed, total, hidden, names, onClear, onCreate }: NoTopicsProps) {
  if (total > 0) {
    const near = typed === "" ? undefined : nearSpelling(typed, names);
    return (
      <EmptyState
        icon={<Search />}
        title={typed === "" ? "No topic needs attention" : `No topic matches “${typed}”`}
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        {total === 1 ? "1 topic is hidden by the filter." : `${formatInteger(total)} topics are hidden by the filter.`}
        {near && (
          <>
            {" "}
            Close in spelling: <span className="font-mono text-mono text-ink">{near}</span>
          </>
        )}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Layers />}
      title="No topics in this cluster"
      actions={
        <Button variant="primary" onClick={onCreate}>
          <Plus />
          Create topic
        </Button>
      }
    >
      Create the first one, or produce to any name if the brokers have automatic creation on.
      {hidden > 0 && ` ${formatNumberOf(hidden, "internal topic")} ${hidden === 1 ? "is" : "are"} hidden.`}
    </EmptyState>
  );
}
