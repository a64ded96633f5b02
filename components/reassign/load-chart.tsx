import { cn } from "@/lib/cn";

/** A broker's bars. */
export type LoadBar = {
  readonly id: number;
  readonly rack: string | null;
  readonly before: number;
  readonly after: number;
};

type Props = {
  title: string;
  bars: readonly LoadBar[];
  format: (value: number) => string;
  /** Of the scale's end; the largest bar without it. */
  most?: number;
  /** Where attention is due; drawn as the dashed line. */
  limit?: { readonly value: number; readonly label: string };
  afterLabel?: string;
};

/** Two bars a broker, now and after, so that a plan's effect is seen before it is read. */
export function LoadChart({ title, bars, format, most, limit, afterLabel = "after" }: Props) {
  const scale = most ?? Math.max(1, ...bars.flatMap(({ before, after }) => [before, after])) * 1.05;
  return (
    <figure aria-label={title} className="px-6 py-3">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">{title}</span>
        <span className="flex gap-3 text-xs text-ink-muted">
          {limit && (
            <span className="flex items-center gap-1.5">
              <i className="h-2.5 border-l border-dashed border-bad-mark" />
              {limit.label}
            </span>
          )}
          <Key className="bg-ink-faint/45">now</Key>
          <Key className="bg-chart-1">{afterLabel}</Key>
        </span>
      </figcaption>
      <ul className="mt-2.5 grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 gap-y-1.5 text-xs tabular-nums">
        {bars.map((bar) => (
          <Bar key={bar.id} bar={bar} scale={scale} format={format} limit={limit?.value} />
        ))}
      </ul>
    </figure>
  );
}

type BarProps = { bar: LoadBar; scale: number; format: (value: number) => string; limit: number | undefined };

function Bar({ bar: { id, rack, before, after }, scale, format, limit }: BarProps) {
  const [was, is] = [format(before), format(after)];
  const isOver = limit !== undefined && after > limit;
  const width = (value: number) => ({ width: `${Math.min(100, (value / scale) * 100)}%` });
  return (
    <li className="col-span-3 grid grid-cols-subgrid items-center">
      <span>
        <b className="mr-1.5 font-medium">{id}</b>
        {rack !== null && <span className="text-ink-faint">{rack}</span>}
      </span>
      <span aria-hidden="true" className="relative flex flex-col gap-0.5 py-0.5">
        <span className="block h-1.5 rounded-sm bg-ink-faint/45" style={width(before)} />
        <span className={cn("block h-1.5 rounded-sm", isOver ? "bg-warn-mark" : "bg-chart-1")} style={width(after)} />
        {limit !== undefined && (
          <span
            className="absolute -inset-y-1 border-l border-dashed border-bad-mark"
            style={{ left: `${(limit / scale) * 100}%` }}
          />
        )}
      </span>
      <span className="text-right whitespace-nowrap">
        {was === is ? (
          <span className="text-ink-faint">{was} stays</span>
        ) : (
          <>
            <span className="text-ink-muted">{was} → </span>
            <b className="font-medium">{is}</b>
          </>
        )}
      </span>
    </li>
  );
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <i className={cn("size-2 rounded-sm", className)} />
      {children}
    </span>
  );
}
