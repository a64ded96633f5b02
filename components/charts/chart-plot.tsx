"use client";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartTooltip } from "@/components/charts/chart-tooltip";
import type { Plot } from "@/components/charts/time-chart";
import { useBrush } from "@/components/charts/use-brush";
import { useZone } from "@/components/ui/use-zone";
import { durationTicks, formatTick, tickText, timeTicks, valueTicks } from "@/lib/chart-axis";
import { chartRows, extentOf } from "@/lib/chart-series";

const tick = { fill: "var(--ink-faint)", fontSize: 11 };
const margin = { top: 4, right: 0, bottom: 0, left: 0 };

/** The drawing of a chart: straight lines, hairlines, times below and values at the right; one cross-hair for all of a page, and what is dragged over is looked at closer. */
export function ChartPlot({
  frame,
  series,
  format,
  formatAxis = format,
  isDuration = false,
  isStacked = false,
  limit,
}: Plot) {
  const [zone] = useZone();
  const rows = chartRows(series, frame.times, isStacked);
  const extent = extentOf(series, isStacked);
  const max = Math.max(extent.max, limit?.value ?? 0);
  const ticks = isDuration ? durationTicks(max) : valueTicks(max, extent.isWhole);
  const { times, stepMs } = timeTicks(frame.fromMs, frame.toMs, zone);
  const { brush, handlers } = useBrush(frame.stepMs);
  return (
    <ResponsiveContainer>
      <ComposedChart
        data={[...rows]}
        syncId="page"
        syncMethod="value"
        margin={margin}
        accessibilityLayer={false}
        className="cursor-crosshair select-none"
        {...handlers}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="time"
          type="number"
          domain={[frame.fromMs, frame.toMs]}
          allowDataOverflow
          ticks={[...times]}
          tickFormatter={(time: number) => formatTick(time, stepMs, zone)}
          tickLine={false}
          axisLine={false}
          tick={tick}
          height={20}
        />
        <YAxis
          orientation="right"
          domain={[0, ticks.at(-1) || 1]}
          ticks={[...ticks]}
          tickFormatter={(value: number) => tickText(formatAxis(value))}
          tickLine={false}
          axisLine={false}
          tick={tick}
          width={52}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--ink-faint)", strokeWidth: 1 }}
          content={<ChartTooltip spanMs={frame.toMs - frame.fromMs} format={format} />}
        />
        {brush && <ReferenceArea x1={brush.fromMs} x2={brush.toMs} fill="var(--accent-soft)" ifOverflow="hidden" />}
        {limit && (
          <ReferenceLine
            y={limit.value}
            stroke="var(--bad-mark)"
            strokeDasharray="3 3"
            label={{ value: limit.label, position: "insideTopLeft", fill: "var(--bad)", fontSize: 11 }}
          />
        )}
        {series.map((one, i) =>
          isStacked ? (
            <Area
              key={one.key}
              name={one.label}
              dataKey={`v${i}`}
              stackId="all"
              type="linear"
              stroke={`var(${one.color})`}
              strokeWidth={1.25}
              fill={`var(${one.color})`}
              fillOpacity={0.22}
              dot={<LoneDot values={one.values} color={one.color} />}
              isAnimationActive={false}
              activeDot={{ r: 2.5, strokeWidth: 0 }}
            />
          ) : (
            <Line
              key={one.key}
              name={one.label}
              dataKey={`v${i}`}
              type="linear"
              stroke={`var(${one.color})`}
              strokeWidth={1.5}
              dot={<LoneDot values={one.values} color={one.color} />}
              isAnimationActive={false}
              activeDot={{ r: 3, strokeWidth: 0 }}
            />
          ),
        )}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

type LoneDotProps = {
  values: readonly (number | null)[];
  color: string;
  /** Given by the chart, which draws a dot for each point. */
  index?: number;
  cx?: number;
  cy?: number;
};

/** A value between two holes has no line: it is a dot. */
function LoneDot({ values, color, index = -1, cx, cy }: LoneDotProps) {
  const isAlone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
  if (!isAlone || (values[index] ?? null) === null || cx === undefined || cy === undefined) return null;
  return <circle cx={cx} cy={cy} r={1.75} fill={`var(${color})`} />;
}
