import { cn } from "@/lib/cn";

const fills = { quiet: "bg-ink-faint/60", accent: "bg-chart-1", warn: "bg-warn-mark", bad: "bg-bad-mark" };

/** A thin bar for a share of a whole. Colour only where the value means trouble. */
export function Meter({
  share,
  tone = "quiet",
  label,
  className,
}: {
  share: number;
  tone?: keyof typeof fills;
  label?: string;
  className?: string;
}) {
  return (
    <span
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={cn("block h-1 w-full overflow-hidden rounded-full bg-press", className)}
    >
      <span
        className={cn("block h-full rounded-full", fills[tone])}
        style={{ width: share <= 0 ? 0 : `max(2px, ${Math.min(100, share * 100)}%)` }}
      />
    </span>
  );
}
