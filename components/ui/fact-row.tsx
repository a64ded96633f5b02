import type { ReactNode } from "react";

/** One fact of a thing in a list of facts. */
export function FactRow({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[112px_minmax(0,1fr)] gap-3 px-4 py-1 text-xs hover:bg-hover">
      <dt className="wrap-anywhere text-ink-muted">{label}</dt>
      <dd className="wrap-anywhere tabular-nums">{children}</dd>
    </div>
  );
}
