import type { ReactNode } from "react";

/** The last line of a page: what is shown, what is hidden, how fresh it is. */
export function PageFooter({ children, fresh }: { children: ReactNode; fresh?: ReactNode }) {
  return (
    <footer className="flex h-8 shrink-0 items-center gap-2 border-t px-6 text-xs whitespace-nowrap text-ink-faint tabular-nums">
      <span className="truncate">{children}</span>
      {fresh && <span className="ml-auto pl-4">{fresh}</span>}
    </footer>
  );
}
