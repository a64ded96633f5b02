import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

/** The part of a page that scrolls while what is above and below it stays. It takes the keyboard's focus, so that it scrolls without a pointer. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      role="region"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={cn("min-h-0 flex-1 scroll-thin overflow-auto -outline-offset-2", className)}
    >
      {children}
    </div>
  );
}
