"use client";
import { Clock, X } from "lucide-react";
import { useChartTime } from "@/components/charts/use-chart-time";
import { Button } from "@/components/ui/button";
import { MenuButton } from "@/components/ui/menu-button";
import { useNow } from "@/components/ui/use-now";
import { useZone } from "@/components/ui/use-zone";
import { chartRanges, rangeLabel, rangesFor } from "@/lib/chart-range";
import { formatSpan } from "@/lib/instant";

/** Chooses the time that the page's charts show, among those that the history can fill; a part of the past is dragged over in a chart. */
export function RangePicker({ keptSinceMs }: { keptSinceMs: number | null }) {
  const { time, range, chooseRange } = useChartTime();
  const now = useNow();
  const [zone] = useZone();
  const isPart = typeof time !== "string";
  return (
    <>
      <MenuButton
        menuLabel="Time shown"
        variant="ghost"
        choices={{
          value: isPart ? "" : range,
          options: rangesFor(keptSinceMs, now, range).map((value) => ({ value, label: rangeLabel(value) })),
          onChoose: (chosen) => chooseRange(chartRanges.find((one) => one === chosen) ?? range),
        }}
      >
        <Clock />
        <span className="tabular-nums">{isPart ? formatSpan(time.fromMs, time.toMs, zone) : rangeLabel(range)}</span>
      </MenuButton>
      {isPart && (
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Back to: ${rangeLabel(range).toLowerCase()}`}
          onClick={() => chooseRange(range)}
        >
          <X />
        </Button>
      )}
    </>
  );
}
