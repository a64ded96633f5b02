"use client";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useShortcut } from "@/components/shell/shortcuts";
import { tieredTopicColumns, topicColumns } from "@/components/topics/topic-columns";
import { healthOf } from "@/components/topics/topic-health";
import { TopicListContext } from "@/components/topics/topic-list-context";
import { topicRows } from "@/components/topics/topic-rows";
import type { TopicTrend } from "@/components/topics/topic-trend";
import { TopicsBar } from "@/components/topics/topics-bar";
import { type TopicMarkActions, useTopicMarks } from "@/components/topics/use-topic-marks";
import { DataGrid, type GridHandle } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import { useWords } from "@/components/ui/use-preference";
import type { TopicList, TopicSummary } from "@/lib/contracts/topics";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { topicListState, topicSortColumns } from "@/lib/topic-list-url";

const NoTopics = dynamic(() => import("@/components/topics/no-topics").then((module) => module.NoTopics));
const TopicSelectionBar = dynamic(
  () => import("@/components/topics/topic-selection-bar").then((module) => module.TopicSelectionBar),
  { ssr: false },
);

type Props = {
  list: TopicList;
  trends: ReadonlyMap<string, TopicTrend>;
  /** Those of all topics are there. */
  areTrendsWhole: boolean;
  markActions: TopicMarkActions;
  updatedAtMs: number;
  onCreate: () => void;
};

/** Whether a topic's name has every word that was typed. */
function matcherOf(typed: string): (topic: TopicSummary) => boolean {
  const words = typed.toLowerCase().split(/\s+/);
  return ({ name }) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}

/** Filter bar, table, selection and footer of the topic list. */
export function TopicsTable({ list, trends, areTrendsWhole, markActions, updatedAtMs, onCreate }: Props) {
  const [state, setState] = useQueryStates(topicListState);
  const [hiddenColumns, hideColumns] = useWords("odradek.topics.hidden");
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const kept = useTopicMarks(markActions);
  const { marks } = kept;

  const visible = topicRows(
    list.topics.filter((topic) => state.internal || !topic.internal),
    trends,
    marks,
  );
  const hidden = list.topics.length - visible.length;
  const troubled = visible.filter((topic) => healthOf(topic).kind !== "ok");
  const matches = matcherOf(state.q);
  const shown = (state.attention ? troubled : visible).filter(
    (topic) =>
      matches(topic) &&
      (!state.favourites || topic.isFavourite) &&
      (state.label === null || topic.labels.includes(state.label)),
  );
  const chosen = list.topics.filter(({ name }) => selected.has(name));
  const shownSelected = shown.filter(({ name }) => selected.has(name)).length;
  const isTiered = list.topics.some((topic) => topic.isTiered);
  const allColumns = isTiered ? tieredTopicColumns : topicColumns;
  const columns = allColumns.filter(({ id }) => !hiddenColumns.includes(id));

  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  useShortcut({ keys: "c", label: "Create a topic…", group: "This page", command: true }, onCreate);
  useShortcut({ keys: "j", label: "Next topic", group: "This page" }, () => grid.current?.focusRow(1));
  useShortcut({ keys: "k", label: "Previous topic", group: "This page" }, () => grid.current?.focusRow(-1));

  const clear = () => void setState({ q: null, attention: null, favourites: null, label: null });
  return (
    <section aria-label="Topics" className="relative flex min-h-0 flex-1 flex-col">
      <TopicsBar
        filter={state}
        onFilter={(change) => void setState(change)}
        counts={{
          troubled: troubled.length,
          internal: list.topics.filter((topic) => topic.internal).length,
          favourites: visible.filter(({ isFavourite }) => isFavourite).length,
        }}
        marks={kept}
        search={search}
        onEnter={() => grid.current?.focusRow(1)}
        columns={allColumns}
        hiddenColumns={hiddenColumns}
        onHideColumns={hideColumns}
        onCreate={onCreate}
      />
      {shown.length > 0 ? (
        // The compiler keeps the value while its parts are the same.
        // oxlint-disable-next-line react/jsx-no-constructed-context-values
        <TopicListContext
          value={{
            selected,
            isReading: list.partial !== null || !areTrendsWhole,
            shownSelected: shownSelected === 0 ? "none" : shownSelected === shown.length ? "all" : "some",
            select: (topic, isSelected) => setSelected(withName(selected, topic, isSelected)),
            selectShown: (isSelected) => setSelected(new Set(isSelected ? shown.map(({ name }) => name) : [])),
            markFavourite: (topic, isFavourite) => kept.favour([topic], isFavourite),
          }}
        >
          <DataGrid
            // A table keeps its columns for life, so other columns are another table.
            key={columns.map(({ label }) => label).join()}
            label="Topics"
            columns={columns}
            rows={shown}
            rowKey={(topic) => topic.name}
            rowClass={(topic) => (selected.has(topic.name) ? "bg-selected" : undefined)}
            sort={{ id: state.sort, desc: state.dir === "desc" }}
            onSort={(sort) =>
              void setState({
                sort: topicSortColumns.find((column) => column === sort.id) ?? null,
                dir: sort.desc ? "desc" : "asc",
              })
            }
            handle={grid}
          />
        </TopicListContext>
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
      {chosen.length > 0 && (
        <TopicSelectionBar
          topics={chosen}
          marks={marks}
          onFavour={kept.favour}
          onClear={() => setSelected(new Set())}
        />
      )}
      <PageFooter fresh={<UpdatedAgo atMs={updatedAtMs} />}>
        {list.partial && list.partial.topics > list.topics.length ? (
          `Reading ${formatNumberOf(list.partial.topics, "topic")} …`
        ) : (
          <>
            {formatInteger(shown.length)} of {formatNumberOf(visible.length, "topic")} shown
            {hidden > 0 && ` · ${formatInteger(hidden)} internal hidden`}
          </>
        )}
      </PageFooter>
    </section>
  );
}

function withName(names: ReadonlySet<string>, name: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(names);
  if (isIn) next.add(name);
  else next.delete(name);
  return next;
}
