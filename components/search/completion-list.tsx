import { cn } from "@/lib/cn";
import type { SampledField } from "@/lib/contracts/search";

type Props = {
  id: string;
  items: readonly SampledField[];
  active: number;
  typed: string;
  onTake: (path: string) => void;
};

/** Fields that may be meant, with their type, how many records have them, and an example. The keys are the field's above. */
export function CompletionList({ id, items, active, typed, onTake }: Props) {
  return (
    <div role="listbox" id={id} aria-label="Fields" hidden={items.length === 0} className="p-1">
      {items.map(({ path, type, presence, sample }, index) => (
        <div
          key={path}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // The field keeps the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(path);
          }}
          className={cn("flex h-7 items-center gap-4 rounded-md px-2 hover:bg-hover", index === active && "bg-press")}
        >
          <span className="min-w-0 flex-1 truncate font-mono text-mono">
            <b className="font-semibold">{path.slice(0, typed.length)}</b>
            {path.slice(typed.length)}
          </span>
          <span className="w-20 shrink-0 truncate text-xs text-ink-muted">{type}</span>
          <span className="w-10 shrink-0 text-right text-xs text-ink-muted tabular-nums">
            {Math.round(presence * 100)}%
          </span>
          <span className="w-32 shrink-0 truncate font-mono text-xs text-ink-muted">{sample}</span>
        </div>
      ))}
    </div>
  );
}
