"use client";
import { useEffect, useEffectEvent, useState } from "react";
import { useChartTime } from "@/components/charts/use-chart-time";
import { brushedSpan, type ChartSpan } from "@/lib/chart-range";

/** What a chart tells of its pointer: the time that it stands on. */
type ChartPointer = { readonly activeLabel?: string | number | undefined };

type Drag = { readonly startMs: number; readonly endMs: number };

/** Choosing a part of the past by dragging over a chart. What is dragged over so far is to be drawn; letting go, wherever that is, shows it in all charts of the page. */
export function useBrush(stepMs: number) {
  const { chooseSpan } = useChartTime();
  const [drag, setDrag] = useState<Drag>();
  const isDragging = drag !== undefined;
  const finish = useEffectEvent(() => {
    const span = drag && brushedSpan(drag.startMs, drag.endMs, stepMs);
    setDrag(undefined);
    if (span) chooseSpan(span);
  });
  useEffect(() => {
    if (!isDragging) return undefined;
    const end = () => finish();
    window.addEventListener("pointerup", end);
    return () => window.removeEventListener("pointerup", end);
  }, [isDragging]);
  const brush: ChartSpan | undefined =
    drag && drag.startMs !== drag.endMs
      ? { fromMs: Math.min(drag.startMs, drag.endMs), toMs: Math.max(drag.startMs, drag.endMs) }
      : undefined;
  const handlers = {
    onMouseDown: ({ activeLabel }: ChartPointer) => {
      const atMs = Number(activeLabel);
      if (Number.isFinite(atMs)) setDrag({ startMs: atMs, endMs: atMs });
    },
    onMouseMove: ({ activeLabel }: ChartPointer) => {
      const atMs = Number(activeLabel);
      if (drag && Number.isFinite(atMs)) setDrag({ ...drag, endMs: atMs });
    },
  };
  return { brush, handlers };
}
