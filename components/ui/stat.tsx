import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

/** Numbers that matter, in one line with hairlines between them. */
export function StatStrip({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={cn("flex shrink-0 *:not-first:border-l", className)}>{children}</dl>;
}

type Props = {
  label: string;
  value: ReactNode;
  unit?: string | undefined;
  hint?: ReactNode;
  /** A line of how it went, where there is room. */
  trend?: ReactNode;
  className?: string;
};

/** One number with its name above and its unit beside it. */
export function Stat({ label, value, unit, hint, trend, className }: Props) {
  return (
    <div className={cn("min-w-0 flex-1 px-5 py-2.5 first:pl-6 last:pr-6", className)}>
      <dt className="truncate text-xs text-ink-faint">{label}</dt>
      <dd className="flex items-baseline gap-1 text-figure font-medium tracking-tight whitespace-nowrap tabular-nums">
        {value}
        {unit && <span className="text-xs font-normal tracking-normal text-ink-faint">{unit}</span>}
        {hint && <span className="ml-1 truncate text-xs font-normal tracking-normal text-ink-faint">{hint}</span>}
        {trend && <span className="ml-auto hidden self-center @4xl:block">{trend}</span>}
      </dd>
    </div>
  );
}
