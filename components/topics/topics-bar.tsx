"use client";
import { Bookmark, Columns3, Plus, Search, Star } from "lucide-react";
import dynamic from "next/dynamic";
import type { RefObject } from "react";
import { useKeyLabels } from "@/components/shell/shortcuts";
import type { TopicRow } from "@/components/topics/topic-columns";
import type { useTopicMarks } from "@/components/topics/use-topic-marks";
import { Button } from "@/components/ui/button";
import { FilterChip } from "@/components/ui/chip";
import type { Column } from "@/components/ui/data-grid";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { LazyMenu } from "@/components/ui/lazy-menu";
import { MenuButton } from "@/components/ui/menu-button";
import { Picker } from "@/components/ui/picker";
import { StatusMark } from "@/components/ui/status";
import { Tooltip } from "@/components/ui/tooltip";

const loadViews = () => import("@/components/topics/topic-views-menu").then((module) => module.TopicViewsMenu);
const TopicViewsMenu = dynamic(loadViews, { ssr: false });
const preloadViews = () => void loadViews();

/** What the list is narrowed to. */
export type TopicFilter = {
  readonly q: string;
  readonly internal: boolean;
  readonly attention: boolean;
  readonly favourites: boolean;
  readonly label: string | null;
};

type Props = {
  filter: TopicFilter;
  onFilter: (change: { readonly [Name in keyof TopicFilter]?: TopicFilter[Name] | null }) => void;
  counts: { readonly troubled: number; readonly internal: number; readonly favourites: number };
  marks: ReturnType<typeof useTopicMarks>;
  search: RefObject<HTMLInputElement | null>;
  onEnter: () => void;
  columns: readonly Column<TopicRow>[];
  hiddenColumns: readonly string[];
  onHideColumns: (hidden: readonly string[]) => void;
  onCreate: () => void;
};

const anyLabel = "";
const fixed = new Set(["select", "name", "menu"]);

/** Which topics and columns the list shows, and the way to a new topic. */
export function TopicsBar({
  filter,
  onFilter,
  counts,
  marks,
  search,
  onEnter,
  columns,
  hiddenColumns,
  onHideColumns,
  onCreate,
}: Props) {
  const keyLabels = useKeyLabels();
  const labels = [...new Set(Object.values(marks.marks.labels).flat())].toSorted();
  return (
    <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
      <Input
        ref={search}
        icon={<Search />}
        trailing={<Kbd>/</Kbd>}
        placeholder="Filter topics"
        aria-label="Filter topics"
        className="w-64"
        value={filter.q}
        onChange={(event) => onFilter({ q: event.target.value || null })}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key === "Enter" || event.key === "ArrowDown") onEnter();
        }}
      />
      {(counts.troubled > 0 || filter.attention) && (
        <FilterChip
          pressed={filter.attention}
          count={counts.troubled}
          onPress={() => onFilter({ attention: filter.attention ? null : true })}
        >
          <StatusMark kind="warn" className="size-2.5" />
          Needs attention
        </FilterChip>
      )}
      {(counts.favourites > 0 || filter.favourites) && (
        <FilterChip
          pressed={filter.favourites}
          count={counts.favourites}
          onPress={() => onFilter({ favourites: filter.favourites ? null : true })}
        >
          <Star className="size-3" />
          Favourites
        </FilterChip>
      )}
      <FilterChip
        pressed={filter.internal}
        count={counts.internal}
        onPress={() => onFilter({ internal: filter.internal ? null : true })}
      >
        Show internal
      </FilterChip>
      {(labels.length > 0 || filter.label !== null) && (
        <Picker
          label="Label"
          value={filter.label ?? anyLabel}
          choices={[{ value: anyLabel, label: "Any" }, ...labels.map((label) => ({ value: label, label }))]}
          onChoose={(label) => onFilter({ label: label === anyLabel ? null : label })}
        />
      )}
      <span className="flex-1" />
      <LazyMenu variant="ghost" preload={preloadViews} menu={<TopicViewsMenu kept={marks} />}>
        <Bookmark />
        Views
      </LazyMenu>
      <MenuButton
        menuLabel="Columns"
        aria-label="Columns"
        variant="ghost"
        size="icon"
        checks={columns
          .filter(({ id }) => !fixed.has(id))
          .map(({ id, label }) => {
            const isOn = !hiddenColumns.includes(id);
            return {
              label,
              isOn,
              onToggle: () => onHideColumns(isOn ? [...hiddenColumns, id] : hiddenColumns.filter((own) => own !== id)),
            };
          })}
      >
        <Columns3 />
      </MenuButton>
      <Tooltip label="Create a topic" keys={keyLabels("c")}>
        <Button variant="primary" onClick={onCreate}>
          <Plus />
          Create topic
        </Button>
      </Tooltip>
    </div>
  );
}
