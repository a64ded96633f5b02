"use client";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useCluster } from "@/components/live/live-provider";
import { useZone } from "@/components/ui/use-zone";
import { cn } from "@/lib/cn";
import type { TimeStrip as Strip } from "@/lib/contracts/search";
import { formatCount, formatNumberOf } from "@/lib/format";
import { formatInstant, type Zone } from "@/lib/instant";
import { timeStrip } from "@/lib/queries/search";

/** A range of time; an open end is null. */
export type StripRange = { readonly fromMs: number | null; readonly toMs: number | null };

type Props = {
  topic: string;
  /** What is read now: its bars have the accent. */
  range: StripRange;
  /** How far back a search has come. */
  reachedMs: number | null;
  onChoose: (range: { readonly fromMs: number; readonly toMs: number }) => void;
};

const LABELS = 5;
const MARKS_MAX = 6;

/** How many records were written when. Drawing over it chooses the time to read from; the marks say where consumer groups stand. */
export function TimeStrip({ topic, range, reachedMs, onChoose }: Props) {
  const strip = useQuery(timeStrip(useCluster(), topic)).data;
  const [zone] = useZone();
  const total = strip?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
  if (strip === undefined || total === 0) return null;
  return (
    <div className="shrink-0 px-6 pb-1">
      <Bars strip={strip} range={range} reachedMs={reachedMs} onChoose={onChoose} zone={zone} total={total} />
      <div aria-hidden="true" className="flex justify-between pt-0.5 text-2xs text-ink-faint tabular-nums">
        {Array.from({ length: LABELS }, (_, index) => {
          const atMs = strip.fromMs + ((strip.toMs - strip.fromMs) * index) / (LABELS - 1);
          return <span key={index}>{labelOf(atMs, strip, zone)}</span>;
        })}
      </div>
    </div>
  );
}

type BarsProps = Omit<Props, "topic"> & { strip: Strip; zone: Zone; total: number };

function Bars({ strip, range, reachedMs, onChoose, zone, total }: BarsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [brush, setBrush] = useState<{ readonly from: number; readonly to: number }>();
  const { fromMs, toMs, counts, groups } = strip;
  const most = Math.max(1, ...counts);
  const stepMs = (toMs - fromMs) / counts.length;
  const shareAt = (clientX: number) => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {};
    return Math.min(1, Math.max(0, (clientX - left) / width));
  };
  const timeAt = (share: number) => Math.round(fromMs + share * (toMs - fromMs));
  const chosenFrom = range.fromMs ?? reachedMs;
  const finish = () => {
    if (brush && Math.abs(brush.to - brush.from) * counts.length >= 0.5)
      onChoose({ fromMs: timeAt(Math.min(brush.from, brush.to)), toMs: timeAt(Math.max(brush.from, brush.to)) });
    setBrush(undefined);
  };
  return (
    <div
      ref={box}
      role="img"
      aria-label={`${formatNumberOf(total, "record")} from ${formatInstant(fromMs, zone)} to ${formatInstant(toMs, zone)}; draw over it to choose a time`}
      className="relative flex h-9 cursor-crosshair touch-none items-end gap-px border-b select-none"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = shareAt(event.clientX);
        setBrush({ from: at, to: at });
      }}
      onPointerMove={(event) => brush && setBrush({ ...brush, to: shareAt(event.clientX) })}
      onPointerUp={finish}
      onPointerCancel={() => setBrush(undefined)}
    >
      {counts.map((count, index) => {
        const atMs = fromMs + index * stepMs;
        const isChosen =
          chosenFrom !== null && atMs + stepMs > chosenFrom && (range.toMs === null || atMs < range.toMs);
        return (
          <span
            key={atMs}
            title={`${formatCount(count)} from ${formatInstant(atMs, zone)}`}
            className={cn("min-w-0 flex-1 rounded-t-xs", isChosen ? "bg-chart-1" : "bg-line-strong")}
            style={{ height: count === 0 ? 0 : `max(1px, ${(count / most) * 100}%)` }}
          />
        );
      })}
      {groups.slice(0, MARKS_MAX).map(({ group, atMs, lag }) => (
        <span
          key={group}
          title={`${group} stands here, ${formatNumberOf(lag, "record")} behind`}
          className="absolute inset-y-0 w-px border-l border-dashed border-ink-muted"
          style={{ left: `${((Math.min(atMs, toMs) - fromMs) / (toMs - fromMs)) * 100}%` }}
        >
          <span className="absolute top-0 -left-1 size-2 rotate-45 rounded-xs bg-ink-muted" />
          <span className="sr-only">{`Group ${group} stands at ${formatInstant(atMs, zone)}`}</span>
        </span>
      ))}
      {brush && (
        <span
          className="pointer-events-none absolute inset-y-0 border-x border-accent bg-accent-soft/60"
          style={{
            left: `${Math.min(brush.from, brush.to) * 100}%`,
            width: `${Math.abs(brush.to - brush.from) * 100}%`,
          }}
        />
      )}
    </div>
  );
}

const DAY_MS = 86_400_000;

/** Times of one day as a clock, of more with the date. */
function labelOf(atMs: number, { fromMs, toMs }: Strip, zone: Zone): string {
  const text = formatInstant(atMs, zone);
  return toMs - fromMs > DAY_MS ? text.slice(5, 16) : text.slice(11, 19);
}
