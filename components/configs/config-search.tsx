"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import { configMeaning } from "@/lib/config-meaning";
import type { ConfigEntry } from "@/lib/contracts/configs";

type Props = {
  label: string;
  entries: readonly ConfigEntry[];
  /** Marked in the list. */
  chosen?: string | undefined;
  onChoose: (entry: ConfigEntry) => void;
};

/** The cluster's own catalogue of settings, narrowed by name or meaning, each with its default. */
export function ConfigSearch({ label, entries, chosen, onChoose }: Props) {
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const found = entries.filter(
    ({ name, documentation }) => name.includes(wanted) || documentation?.toLowerCase().includes(wanted),
  );
  return (
    <div className="overflow-hidden rounded-md shadow-button">
      <Input
        icon={<Search />}
        aria-label={label}
        placeholder="Name or meaning"
        className="rounded-none shadow-none"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ul aria-label={`${label}s`} className="max-h-40 scroll-thin divide-y overflow-auto border-t bg-field">
        {found.map((entry) => (
          <li key={entry.name}>
            <button
              type="button"
              aria-pressed={entry.name === chosen}
              onClick={() => onChoose(entry)}
              className="flex w-full items-center gap-3 px-2 py-1 text-left text-xs -outline-offset-2 hover:bg-hover aria-pressed:bg-selected"
            >
              <span className="min-w-0 flex-1 truncate font-mono">{entry.name}</span>
              <span className="truncate text-ink-muted">
                {(entry.value !== null && configMeaning(entry.name, entry.value)) || entry.value || "not set"}
              </span>
            </button>
          </li>
        ))}
        {found.length === 0 && (
          <li className="px-2 py-1 text-xs text-ink-muted">
            {entries.length === 0 ? "Reading the cluster's catalogue…" : "No setting matches."}
          </li>
        )}
      </ul>
    </div>
  );
}
