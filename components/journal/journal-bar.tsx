"use client";
import { Download, Search } from "lucide-react";
import type { RefObject } from "react";
import { JournalTime } from "@/components/journal/journal-time";
import { kindText } from "@/components/journal/journal-words";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { MenuButton } from "@/components/ui/menu-button";
import { Picker } from "@/components/ui/picker";
import type { JournalFilter } from "@/lib/url";

type Props = {
  filter: JournalFilter;
  actors: readonly string[];
  kinds: readonly string[];
  search: RefObject<HTMLInputElement | null>;
  /** Where the file of what is shown is had. */
  exportUrl: (format: "jsonl" | "csv") => string;
  onChange: (change: Partial<JournalFilter>) => void;
};

const all = "";

const states = [
  { value: "any", label: "Any" },
  { value: "done", label: "Done" },
  { value: "started", label: "Started" },
  { value: "refused", label: "Refused" },
  { value: "failed", label: "Failed" },
  { value: "reverted", label: "Taken back" },
] as const;

/** Which changes the journal shows. */
export function JournalBar({ filter, actors, kinds, search, exportUrl, onChange }: Props) {
  const people = [{ value: all, label: "Anyone" }, ...actors.map((actor) => ({ value: actor, label: actor }))];
  const changes = [{ value: all, label: "Any" }, ...kinds.map((kind) => ({ value: kind, label: kindText(kind) }))];
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-6 py-2.5">
      <Input
        ref={search}
        icon={<Search />}
        trailing={<Kbd>/</Kbd>}
        placeholder="Name, value or command"
        aria-label="Filter changes"
        className="w-64 shrink-0"
        value={filter.q}
        onChange={(event) => onChange({ q: event.target.value })}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
      <Picker
        label="Actor"
        value={filter.actor ?? all}
        choices={people}
        onChoose={(actor) => onChange({ actor: actor === all ? null : actor })}
      />
      <Picker
        label="Kind"
        value={filter.kind ?? all}
        choices={changes}
        onChoose={(kind) => onChange({ kind: kind === all ? null : kind })}
      />
      <Picker
        label="Outcome"
        value={filter.state ?? "any"}
        choices={states}
        onChoose={(state) => onChange({ state: state === "any" ? null : state })}
      />
      <JournalTime from={filter.from} until={filter.until} onChange={onChange} />
      <span className="flex-1" />
      <MenuButton
        menuLabel="Export"
        variant="ghost"
        entries={(["jsonl", "csv"] as const).map((format) => ({
          label: format === "csv" ? "As CSV" : "As JSON Lines",
          onSelect: () => location.assign(exportUrl(format)),
        }))}
      >
        <Download />
        Export
      </MenuButton>
    </div>
  );
}
