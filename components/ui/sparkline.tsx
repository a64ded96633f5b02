import { useId } from "react";
import { cn } from "@/lib/cn";

const tones = { accent: "--chart-1", teal: "--chart-2", quiet: "--chart-8", warn: "--warn-mark" };

type Props = {
  /** Oldest first; null is "not measured". */
  values: readonly (number | null)[];
  /** "Lag, last hour" */
  label: string;
  tone?: keyof typeof tones;
  width?: number;
  height?: number;
  className?: string;
};

type Point = { readonly x: number; readonly y: number };

/** Stretches of points without a hole. */
function stretches(values: readonly (number | null)[], pointOf: (value: number, i: number) => Point): Point[][] {
  const found: Point[][] = [];
  let open: Point[] | undefined;
  for (const [i, value] of values.entries()) {
    if (value === null) {
      open = undefined;
      continue;
    }
    if (open === undefined) found.push((open = []));
    open.push(pointOf(value, i));
  }
  return found;
}

const place = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** A trend with no axes: lines from zero up with a dot at the end, light enough for hundreds of rows. Zero is a flat line; nothing measured, nothing drawn. */
export function Sparkline({ values, label, tone = "accent", width = 72, height = 20, className }: Props) {
  const id = useId();
  const known = values.filter((value) => value !== null);
  const max = Math.max(0, ...known);
  const right = width - 3;
  const floor = height - 1;
  const step = right / Math.max(1, values.length - 1);
  const lines = stretches(values, (value, i) => ({
    x: i * step,
    y: max === 0 ? floor : floor - (value / max) * (height - 4),
  }));
  const end = values.at(-1) === null ? undefined : lines.at(-1)?.at(-1);
  const ink = max === 0 ? "var(--line-strong)" : `var(${tones[tone]})`;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={cn("shrink-0", className)}
      role="img"
      aria-label={known.length === 0 ? `${label}: no data` : label}
    >
      {max > 0 && (
        <linearGradient id={id} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor={ink} stopOpacity={0.22} />
          <stop offset="1" stopColor={ink} stopOpacity={0} />
        </linearGradient>
      )}
      {lines.map((line) => {
        const [first] = line;
        const last = line.at(-1);
        if (first === undefined || last === undefined) return null;
        const path = `M${line.map(place).join("L")}`;
        return (
          <g key={first.x}>
            {max > 0 && line.length > 1 && (
              <path
                d={`${path}L${last.x.toFixed(1)} ${height}L${first.x.toFixed(1)} ${height}Z`}
                fill={`url(#${id})`}
              />
            )}
            <path
              d={line.length === 1 ? `${path}h0` : path}
              fill="none"
              stroke={ink}
              strokeWidth={1.25}
              strokeLinejoin="round"
              strokeLinecap="round"
            />
          </g>
        );
      })}
      {max > 0 && end && <circle cx={end.x} cy={end.y} r={1.75} fill={ink} />}
    </svg>
  );
}
