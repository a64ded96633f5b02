"use client";
import { Copy, Eraser, Settings2, Trash2, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useAskForChange } from "@/components/changes/change-context";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { TopicSummary } from "@/lib/contracts/topics";
import { formatNumberOf } from "@/lib/format";

const BulkConfigDialog = dynamic(
  () => import("@/components/configs/bulk-config-dialog").then((module) => module.BulkConfigDialog),
  { ssr: false },
);

type Props = { topics: readonly Pick<TopicSummary, "name" | "topicId">[]; onClear: () => void };

/** What can be done with all selected topics at once, each with one plan. */
export function TopicSelectionBar({ topics, onClear }: Props) {
  const ask = useAskForChange();
  const [isEditing, setEditing] = useState(false);
  const names = topics.map(({ name }) => name);
  const count = formatNumberOf(topics.length, "topic");
  return (
    <div
      role="toolbar"
      aria-label="Selected topics"
      className="absolute bottom-12 left-1/2 z-10 flex -translate-x-1/2 animate-pop items-center gap-1 rounded-lg bg-raised py-1.5 pr-1.5 pl-3 whitespace-nowrap shadow-pop"
    >
      <span className="mr-2 text-sm font-medium tabular-nums">{topics.length} selected</span>
      <Button variant="ghost" onClick={() => setEditing(true)}>
        <Settings2 />
        Edit configuration
      </Button>
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
      {isEditing && <BulkConfigDialog topics={names} onClose={() => setEditing(false)} />}
    </div>
  );
}
