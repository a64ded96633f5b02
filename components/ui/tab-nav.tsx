import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

export type TabLink = { href: string; label: string; count?: ReactNode; mark?: ReactNode; current: boolean };

/** Tabs that are pages: each has its own address, so they are links. */
export function TabNav({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  return (
    <nav
      aria-label={label}
      className="flex h-9 shrink-0 items-stretch gap-3.5 overflow-x-auto border-b px-6 text-xs xl:gap-5 xl:text-sm"
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? "page" : undefined}
          className={cn(
            "-mb-px flex items-center gap-1.5 border-b-2 font-medium whitespace-nowrap -outline-offset-2",
            tab.current ? "border-ink text-ink" : "border-transparent text-ink-muted hover:text-ink",
          )}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="text-xs font-normal text-ink-faint tabular-nums">{tab.count}</span>
          )}
          {tab.mark}
        </Link>
      ))}
    </nav>
  );
}
