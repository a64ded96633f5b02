"use client";
import { Clock } from "lucide-react";
import { useChartRange } from "@/components/charts/use-chart-range";
import { MenuButton } from "@/components/ui/menu-button";
import { useNow } from "@/components/ui/use-now";
import { chartRanges, rangeLabel, rangesFor } from "@/lib/chart-range";

/** Chooses the time that the page's charts show, among those that the history can fill. */
export function RangePicker({ keptSinceMs }: { keptSinceMs: number | null }) {
  const [range, setRange] = useChartRange();
  const now = useNow();
  return (
    <MenuButton
      menuLabel="Time shown"
      variant="ghost"
      choices={{
        value: range,
        options: rangesFor(keptSinceMs, now, range).map((value) => ({ value, label: rangeLabel(value) })),
        onChoose: (chosen) => setRange(chartRanges.find((one) => one === chosen) ?? range),
      }}
    >
      <Clock />
      {rangeLabel(range)}
    </MenuButton>
  );
}
