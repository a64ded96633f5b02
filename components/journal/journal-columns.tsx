"use client";
import { createContext, useContext } from "react";
import { changeMark, outcomeText, titleParts } from "@/components/journal/journal-words";
import type { Column } from "@/components/ui/data-grid";
import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import type { JournalSummary } from "@/lib/contracts/journal";
import { formatClock, type Zone } from "@/lib/instant";

/** Opens an entry beside the list. */
export const OpenEntryContext = createContext<(entry: JournalSummary) => void>(() => {});

function Change({ entry }: { entry: JournalSummary }) {
  const open = useContext(OpenEntryContext);
  const [verb, name] = titleParts(entry);
  return (
    <button type="button" onClick={() => open(entry)} className="max-w-full truncate rounded-sm text-left">
      {verb} {name !== "" && <span className="ml-1 font-mono text-xs">{name}</span>}
    </button>
  );
}

const tones = { done: "text-ink-muted", started: "text-ink-muted", refused: "text-warn", failed: "text-bad" };

/** The journal's columns, with times in a zone. */
export function journalColumns(zone: Zone): readonly Column<JournalSummary>[] {
  return [
    {
      id: "time",
      label: zone === "utc" ? "Time (UTC)" : "Time",
      width: "84px",
      cell: (entry) => (
        <span className="flex items-center gap-2 text-ink-muted">
          <StatusMark kind={changeMark(entry)} className={cn("size-2.5", changeMark(entry) === "ok" && "opacity-45")} />
          <span className="sr-only">{outcomeText(entry)}</span>
          {formatClock(entry.atMs, zone).slice(0, 8)}
        </span>
      ),
    },
    { id: "actor", label: "Actor", width: "104px", from: 600, cell: (entry) => entry.actor },
    { id: "change", label: "Change", width: "minmax(180px,1fr)", cell: (entry) => <Change entry={entry} /> },
    {
      id: "summary",
      label: "What",
      width: "minmax(120px,1fr)",
      from: 480,
      cell: (entry) => <span className={tones[entry.outcome]}>{entry.summary}</span>,
    },
  ];
}
