import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";

/** A page outside the shell: where there is no page, or no console. */
export function LastResort({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-1 px-8 text-center">
      <Logo className="mb-3 size-8" />
      <h1 className="text-base font-semibold tracking-tight">{title}</h1>
      <div className="max-w-100 wrap-anywhere text-ink-muted">{children}</div>
      {actions && <div className="mt-4 flex gap-2">{actions}</div>}
    </main>
  );
}
