"use client";
import type { ReactNode } from "react";
import { TimeChart } from "@/components/charts/time-chart";
import { Meter } from "@/components/ui/meter";
import { Stat, StatStrip } from "@/components/ui/stat";
import type { SizeSummary, TopicStatistics } from "@/lib/contracts/statistics";
import { formatBytes, formatCount, formatInteger } from "@/lib/format";

const hourMs = 3_600_000;

/** Everything that was counted: figures, messages by hour, sizes, partitions and codecs. */
export function StatisticsFigures({ statistics }: { statistics: TopicStatistics }) {
  const { records, nullKeys, tombstones, distinctKeys } = statistics;
  return (
    <>
      <StatStrip className="border-y">
        <Stat label="Messages" value={formatCount(records)} />
        <Stat label="Different keys" value={`≈ ${formatCount(distinctKeys)}`} />
        <Stat label="Without a key" value={formatCount(nullKeys)} />
        <Stat label="Tombstones" value={formatCount(tombstones)} />
      </StatStrip>
      <HoursChart hours={statistics.hours} />
      <Sizes keys={statistics.keySizes} values={statistics.valueSizes} />
      <Partitions statistics={statistics} />
      <Codecs statistics={statistics} />
    </>
  );
}

function HoursChart({ hours }: { hours: TopicStatistics["hours"] }) {
  const [first] = hours;
  const last = hours.at(-1);
  if (first === undefined || last === undefined) return null;
  const count = Math.min(2_000, (last.startMs - first.startMs) / hourMs + 1);
  const fromMs = last.startMs - (count - 1) * hourMs;
  // The last hour is drawn to its end: one hour alone would be a dot.
  const times = Array.from({ length: count + 1 }, (_, i) => fromMs + i * hourMs);
  const byHour = new Map(hours.map(({ startMs, records }) => [startMs, records]));
  const values = times.map((time) => byHour.get(Math.min(time, last.startMs)) ?? 0);
  return (
    <TimeChart
      title="Messages by hour"
      frame={{ fromMs, toMs: last.startMs + hourMs, stepMs: hourMs, times, valuesOf: () => values }}
      series={[{ key: "records", label: "messages", color: "--chart-1", values }]}
      format={formatInteger}
      formatAxis={formatCount}
    />
  );
}

const cell = "px-2 py-1.5 text-right tabular-nums first:pl-6 first:text-left last:pr-6";

function Figures({ title, head, children }: { title: string; head: readonly string[]; children: ReactNode }) {
  return (
    <table aria-label={title} className="w-full border-t text-sm">
      <thead className="bg-sunken text-xs text-ink-muted">
        <tr>
          {head.map((name) => (
            <th key={name} scope="col" className={`${cell} font-medium`}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">{children}</tbody>
    </table>
  );
}

function Sizes({ keys, values }: { keys: SizeSummary | null; values: SizeSummary | null }) {
  const rows = [
    { name: "Values", sizes: values },
    { name: "Keys", sizes: keys },
  ];
  return (
    <Figures title="Sizes" head={["Sizes", "Smallest", "Half up to", "95 % up to", "99 % up to", "Largest", "All"]}>
      {rows.map(({ name, sizes }) => (
        <tr key={name}>
          <th scope="row" className={`${cell} font-normal`}>
            {name}
          </th>
          {sizes ? (
            [sizes.min, sizes.p50, sizes.p95, sizes.p99, sizes.max, sizes.total].map((size, i) => (
              // The columns are these six.
              // oxlint-disable-next-line react/no-array-index-key
              <td key={i} className={cell}>
                {formatBytes(size)}
              </td>
            ))
          ) : (
            <td colSpan={6} className={`${cell} text-ink-faint`}>
              none
            </td>
          )}
        </tr>
      ))}
    </Figures>
  );
}

function Partitions({ statistics: { partitions, records } }: { statistics: TopicStatistics }) {
  const most = partitions.reduce((max, one) => Math.max(max, one.records), 1);
  const even = partitions.length === 0 ? 0 : records / partitions.length;
  return (
    <Figures title="Partitions" head={["Partition", "Share", "Messages", "Of an even share", "Keys and values"]}>
      {partitions.map((one) => (
        <tr key={one.partition}>
          <th scope="row" className={`${cell} font-normal`}>
            {one.partition}
          </th>
          <td className={`${cell} w-1/3`}>
            <Meter share={one.records / most} />
          </td>
          <td className={cell}>{formatInteger(one.records)}</td>
          <td className={cell}>{even === 0 ? "" : `${Math.round((one.records / even) * 100)} %`}</td>
          <td className={cell}>{formatBytes(one.bytes)}</td>
        </tr>
      ))}
    </Figures>
  );
}

function Codecs({ statistics: { codecs } }: { statistics: TopicStatistics }) {
  return (
    <Figures
      title="Compression"
      head={["Compression", "Batches", "Messages a batch", "Keys and values", "Stored", "Ratio"]}
    >
      {codecs.map(({ codec, batches, records, contentBytes, storedBytes }) => (
        <tr key={codec}>
          <th scope="row" className={`${cell} font-normal`}>
            {codec}
          </th>
          <td className={cell}>{formatInteger(batches)}</td>
          <td className={cell}>{(records / Math.max(1, batches)).toFixed(1)}</td>
          <td className={cell}>{formatBytes(contentBytes)}</td>
          <td className={cell}>{formatBytes(storedBytes)}</td>
          <td className={cell}>{storedBytes === 0 ? "" : `${(contentBytes / storedBytes).toFixed(2)} : 1`}</td>
        </tr>
      ))}
    </Figures>
  );
}
