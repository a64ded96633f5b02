import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

type Props = { pressed: boolean; count?: number; onPress: () => void; children: ReactNode };

/** A filter that is one press away; its count says what it would leave. */
export function FilterChip({ pressed, count, onPress, children }: Props) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={cn(
        "flex h-6 shrink-0 items-center gap-1.5 rounded-full px-2.5 text-xs font-medium whitespace-nowrap",
        pressed ? "bg-accent-soft text-accent shadow-accent" : "text-ink-muted shadow-button hover:bg-hover",
      )}
    >
      {children}
      {count !== undefined && <span className="font-normal tabular-nums">{count}</span>}
    </button>
  );
}
