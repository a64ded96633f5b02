import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

type Props = {
  label: ReactNode;
  /** Labels are paths and not words: they get more room. */
  isLabelLong?: boolean;
  children: ReactNode;
};

/** One fact of a thing in a list of facts. */
export function FactRow({ label, isLabelLong = false, children }: Props) {
  const columns = isLabelLong ? "grid-cols-[minmax(0,2fr)_minmax(0,3fr)]" : "grid-cols-[112px_minmax(0,1fr)]";
  return (
    <div className={cn("grid gap-3 px-4 py-1 text-xs hover:bg-hover", columns)}>
      <dt className="wrap-anywhere text-ink-muted">{label}</dt>
      <dd className="wrap-anywhere tabular-nums">{children}</dd>
    </div>
  );
}
