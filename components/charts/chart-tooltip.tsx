import { useZone } from "@/components/ui/use-zone";
import { formatClock, formatInstant } from "@/lib/instant";

type TooltipLine = { readonly name?: unknown; readonly value?: unknown; readonly color?: string | undefined };

type Props = {
  spanMs: number;
  format: (value: number) => string;
  /** Given by the chart: whether it stands on a time, which one, and what is there. */
  active?: boolean;
  label?: unknown;
  payload?: readonly TooltipLine[];
};

const dayMs = 86_400_000;

/** What the cross-hair stands on: the time, then each value, the largest first. */
export function ChartTooltip({ spanMs, format, active = false, label, payload }: Props) {
  const [zone] = useZone();
  if (!active) return null;
  const atMs = Number(label);
  const time = spanMs > dayMs ? formatInstant(atMs, zone).slice(0, 16) : formatClock(atMs, zone).slice(0, 8);
  const known = (payload ?? []).flatMap(({ name, value, color }) =>
    typeof value === "number" ? [{ name: String(name), value, color }] : [],
  );
  return (
    <div className="min-w-40 rounded-lg bg-raised px-2.5 py-2 text-xs shadow-pop">
      <div className="mb-1 text-ink-faint tabular-nums">
        {time} {zone === "utc" ? "UTC" : "local time"}
      </div>
      {known.length === 0 && <div className="leading-5 text-ink-muted">not measured</div>}
      {known
        .toSorted((a, b) => b.value - a.value)
        .map(({ name, value, color }) => (
          <div key={name} className="flex items-center gap-2 leading-5">
            <span className="size-2 shrink-0 rounded-xs" style={{ background: color }} />
            <span className="max-w-60 flex-1 truncate text-ink-muted">{name}</span>
            <b className="font-medium tabular-nums">{format(value)}</b>
          </div>
        ))}
    </div>
  );
}
