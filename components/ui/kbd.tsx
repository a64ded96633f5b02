import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

/** A key to press. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-md px-1 font-sans text-2xs font-medium text-ink-faint shadow-outline",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
