"use client";
import { Copy, Eraser, Settings2, Star, Tag, Trash2, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useAskForChange } from "@/components/changes/change-context";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Tooltip } from "@/components/ui/tooltip";
import type { TopicMarks } from "@/lib/contracts/topic-marks";
import type { TopicSummary } from "@/lib/contracts/topics";
import { formatNumberOf } from "@/lib/format";

const BulkConfigDialog = dynamic(
  () => import("@/components/configs/bulk-config-dialog").then((module) => module.BulkConfigDialog),
  { ssr: false },
);

const LabelTopicsDialog = dynamic(
  () => import("@/components/topics/label-topics-dialog").then((module) => module.LabelTopicsDialog),
  { ssr: false },
);

type Props = {
  topics: readonly Pick<TopicSummary, "name" | "topicId">[];
  marks: TopicMarks;
  onFavour: (topics: readonly string[], isFavourite: boolean) => void;
  onClear: () => void;
};

/** What can be done with all selected topics at once, each with one plan. */
export function TopicSelectionBar({ topics, marks, onFavour, onClear }: Props) {
  const ask = useAskForChange();
  const [editing, setEditing] = useState<"configuration" | "labels">();
  const names = topics.map(({ name }) => name);
  const favourites = new Set(marks.favourites);
  const areFavourites = names.every((name) => favourites.has(name));
  const count = formatNumberOf(topics.length, "topic");
  return (
    <div
      role="toolbar"
      aria-label="Selected topics"
      className="absolute bottom-12 left-1/2 z-10 flex -translate-x-1/2 animate-pop items-center gap-1 rounded-lg bg-raised py-1.5 pr-1.5 pl-3 whitespace-nowrap shadow-pop"
    >
      <span className="mr-2 text-sm font-medium tabular-nums">{topics.length} selected</span>
      <Button variant="ghost" onClick={() => setEditing("configuration")}>
        <Settings2 />
        Edit configuration
      </Button>
      <Button variant="ghost" onClick={() => setEditing("labels")}>
        <Tag />
        Labels…
      </Button>
      <Tooltip label={areFavourites ? "No favourites of yours any more" : "Make them favourites of yours"}>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Favourite the selected topics"
          aria-pressed={areFavourites}
          className={areFavourites ? "[&_svg]:fill-current" : ""}
          onClick={() => onFavour(names, !areFavourites)}
        >
          <Star />
        </Button>
      </Tooltip>
      <CopyButton text={names.join("\n")} label="Copy names" icon={<Copy />}>
        Copy names
      </CopyButton>
      <Button
        variant="ghost"
        onClick={() =>
          ask({
            kind: "delete-records",
            input: { topics: names, upTo: { kind: "everything" } },
            title: `Empty ${count}?`,
            description: "All their messages go. The topics, their settings and their offsets stay.",
            confirm: `Empty ${count}`,
            pending: "Emptying…",
            isDanger: true,
            typed: `empty ${topics.length}`,
            onMade: onClear,
          })
        }
      >
        <Eraser />
        Empty…
      </Button>
      <Button
        variant="ghost"
        className="text-bad"
        onClick={() =>
          ask({
            kind: "delete-topics",
            input: { topics: topics.map(({ name, topicId }) => ({ name, topicId })) },
            title: `Delete ${count}?`,
            description: "This cannot be undone. Brokers remove the data within a minute.",
            confirm: `Delete ${count}`,
            pending: "Deleting…",
            isDanger: true,
            typed: `delete ${topics.length}`,
            onMade: onClear,
          })
        }
      >
        <Trash2 />
        Delete…
      </Button>
      <Button variant="ghost" size="icon-sm" aria-label="Clear the selection" onClick={onClear}>
        <X />
      </Button>
      {editing === "configuration" && <BulkConfigDialog topics={names} onClose={() => setEditing(undefined)} />}
      {editing === "labels" && (
        <LabelTopicsDialog topics={names} labels={marks.labels} onClose={() => setEditing(undefined)} />
      )}
    </div>
  );
}
