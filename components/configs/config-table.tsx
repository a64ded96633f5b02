import { Pencil } from "lucide-react";
import { sourceWords } from "@/components/configs/config-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { ConfigEntry } from "@/lib/contracts/configs";
import { configMeaning } from "@/lib/config-meaning";

const layout =
  "grid grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(0,3fr)] gap-x-6 px-6 @3xl:grid-cols-[minmax(0,6fr)_minmax(0,3fr)_minmax(0,3fr)_minmax(0,3fr)]";

type Props = {
  changed: readonly ConfigEntry[];
  rest: readonly ConfigEntry[];
  /** Rows of what can be changed then have a button for it. */
  onEdit?: ((entry: ConfigEntry) => void) | undefined;
};

/** Settings with their values; those that were changed on the thing itself come first. */
export function ConfigTable({ changed, rest, onEdit }: Props) {
  return (
    <div
      role="table"
      aria-label="Settings"
      aria-rowcount={changed.length + rest.length + 1}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div role="rowgroup" className="shrink-0 border-y bg-sunken">
        <div role="row" className={`${layout} h-8 items-center text-xs font-medium text-ink-faint`}>
          <span role="columnheader">Setting</span>
          <span role="columnheader">Value</span>
          <span role="columnheader">Default</span>
          <span role="columnheader" className="hidden @3xl:block">
            Source
          </span>
        </div>
      </div>
      <div
        role="rowgroup"
        // A region that scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label="Settings"
        className="min-h-0 flex-1 scroll-thin overflow-auto -outline-offset-2"
      >
        {changed.map((entry) => (
          <Setting key={entry.name} entry={entry} onEdit={onEdit} isChanged />
        ))}
        {rest.map((entry) => (
          <Setting key={entry.name} entry={entry} onEdit={onEdit} />
        ))}
      </div>
    </div>
  );
}

type SettingProps = { entry: ConfigEntry; onEdit: Props["onEdit"]; isChanged?: boolean };

function Setting({ entry, onEdit, isChanged = false }: SettingProps) {
  return (
    <div role="row" className={`${layout} group/row items-start border-b border-line/70 py-2 text-sm hover:bg-hover`}>
      <div role="cell" className="min-w-0">
        <span className="flex items-center gap-2">
          <span className="truncate font-mono text-mono">{entry.name}</span>
          {isChanged && <Badge tone="accent">changed</Badge>}
          {entry.isReadOnly && <Badge>read-only</Badge>}
          {onEdit && !entry.isReadOnly && (
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Edit ${entry.name}`}
              className="-my-1 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 focus-visible:opacity-100"
              onClick={() => onEdit(entry)}
            >
              <Pencil />
            </Button>
          )}
        </span>
        {entry.documentation && (
          <span className="mt-0.5 line-clamp-2 text-xs text-ink-muted hover:line-clamp-none">
            {entry.documentation}
          </span>
        )}
      </div>
      <Value role="cell" name={entry.name} value={entry.value} isSensitive={entry.isSensitive} />
      <Value role="cell" name={entry.name} value={entry.defaultValue} isSensitive={entry.isSensitive} isMuted />
      <div role="cell" className="hidden text-xs leading-5 text-ink-muted @3xl:block">
        {sourceWords[entry.source]}
      </div>
    </div>
  );
}

type ValueProps = { role: "cell"; name: string; value: string | null; isSensitive: boolean; isMuted?: boolean };

function Value({ role, name, value, isSensitive, isMuted = false }: ValueProps) {
  const meaning = value === null ? undefined : configMeaning(name, value);
  return (
    <div role={role} className="min-w-0 wrap-anywhere">
      {isSensitive ? (
        <span className="text-xs text-ink-muted">hidden</span>
      ) : value === null || value === "" ? (
        <span className="text-xs text-ink-muted">{value === null ? "not set" : "empty"}</span>
      ) : (
        <span className={isMuted ? "font-mono text-xs text-ink-muted" : "font-mono text-xs"}>{value}</span>
      )}
      {meaning && <span className="block text-xs text-ink-muted">{meaning}</span>}
    </div>
  );
}
