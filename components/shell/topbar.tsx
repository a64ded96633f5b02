"use client";
import { ChevronRight, PanelLeft } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { useShell } from "@/components/shell/shell-context";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

export type Crumb = { label: string; href?: string; mono?: boolean };

/** The first line of every page: where you are, then what you can do here. */
export function Topbar({ crumbs, children }: { crumbs: readonly Crumb[]; children?: ReactNode }) {
  const { openSidebar } = useShell();
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-b pr-4 pl-4 lg:pl-6">
      <Button variant="ghost" size="icon" aria-label="Show the sidebar" className="lg:hidden" onClick={openSidebar}>
        <PanelLeft />
      </Button>
      <nav aria-label="Breadcrumb" className="flex min-w-0 flex-1 items-center gap-1.5">
        {crumbs.map((crumb, i) => (
          <Fragment key={crumb.label}>
            {i > 0 && <ChevronRight className="size-3.5 shrink-0 text-ink-faint" />}
            {crumb.href ? (
              <Link href={crumb.href} className="text-base text-ink-muted hover:text-ink">
                {crumb.label}
              </Link>
            ) : (
              <>
                <h1
                  className={
                    crumb.mono
                      ? "truncate font-mono text-base font-medium tracking-tight"
                      : "truncate text-base font-semibold tracking-tight"
                  }
                >
                  {crumb.label}
                </h1>
                {crumb.mono && <CopyButton text={crumb.label} label="Copy the name" />}
              </>
            )}
          </Fragment>
        ))}
      </nav>
      {children}
    </header>
  );
}
