"use client";
import { Download, Search } from "lucide-react";
import type { RefObject } from "react";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { MenuButton } from "@/components/ui/menu-button";
import { Picker } from "@/components/ui/picker";
import type { ChangeOutcome } from "@/lib/contracts/journal";

/** What the journal is narrowed to; null is everything. */
export type JournalFilter = {
  readonly q: string;
  readonly actor: string | null;
  readonly outcome: ChangeOutcome | null;
};

type Props = {
  filter: JournalFilter;
  actors: readonly string[];
  search: RefObject<HTMLInputElement | null>;
  /** Where the file of what is shown is had. */
  exportUrl: (format: "jsonl" | "csv") => string;
  onChange: (change: Partial<JournalFilter>) => void;
};

const everybody = "";

const outcomes = [
  { value: "any", label: "Any" },
  { value: "done", label: "Done" },
  { value: "started", label: "Started" },
  { value: "refused", label: "Refused" },
  { value: "failed", label: "Failed" },
] as const;

/** Which changes the journal shows. */
export function JournalBar({ filter, actors, search, exportUrl, onChange }: Props) {
  const people = [{ value: everybody, label: "Anyone" }, ...actors.map((actor) => ({ value: actor, label: actor }))];
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
        value={filter.actor ?? everybody}
        choices={people}
        onChoose={(actor) => onChange({ actor: actor === everybody ? null : actor })}
      />
      <Picker
        label="Outcome"
        value={filter.outcome ?? "any"}
        choices={outcomes}
        onChoose={(outcome) => onChange({ outcome: outcome === "any" ? null : outcome })}
      />
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
