"use client";
import { BatchStrip } from "@/components/reassign/batch-strip";
import { LoadCharts } from "@/components/reassign/load-charts";
import { ThrottleField } from "@/components/reassign/throttle-field";
import { Input } from "@/components/ui/input";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { StatusMark } from "@/components/ui/status";
import type { ReassignmentPlan } from "@/lib/contracts/reassignment";
import { formatNumberOf } from "@/lib/format";

type Props = {
  plan: ReassignmentPlan;
  throttle: number | null;
  batch: number;
  onThrottle: (bytesPerSecond: number | null) => void;
  onBatch: (moves: number) => void;
};

const marks = { info: "ok", warning: "warn", critical: "bad" } as const;

/** What moves make of the brokers, how fast they are made, and what to know before. */
export function PlanSide({ plan, throttle, batch, onThrottle, onBatch }: Props) {
  return (
    <aside
      aria-label="Effect"
      className="flex max-h-1/2 w-full shrink-0 flex-col border-t bg-sunken @3xl:max-h-none @3xl:w-92 @3xl:border-t-0 @3xl:border-l @5xl:w-107"
    >
      <ScrollRegion label="Effect of the plan" className="divide-y">
        <LoadCharts brokers={plan.brokers} />
        <ThrottleField bytesPerSecond={throttle} onChange={onThrottle} plan={plan} />
        <section aria-label="Batches of the plan" className="px-6 py-3">
          <div className="mb-2.5 flex items-center justify-between gap-2">
            <h2 className="font-medium">{formatNumberOf(plan.batches.length, "batch", "batches")}</h2>
            <span className="flex items-center gap-2 text-xs text-ink-muted">
              moves at once
              <Input
                aria-label="Moves at once"
                type="number"
                min={1}
                max={10_000}
                value={batch}
                onChange={(event) =>
                  onBatch(Math.max(1, Math.min(10_000, Math.trunc(Number(event.target.value)) || 1)))
                }
                className="h-6 w-20"
                inputClassName="text-right text-xs tabular-nums"
              />
            </span>
          </div>
          {plan.batches.length > 0 && <BatchStrip batches={plan.batches} />}
        </section>
        {plan.notes.length > 0 && (
          <ul aria-label="What to know" className="space-y-2 px-6 py-3 text-xs text-ink-muted">
            {plan.notes.map(({ severity, text }) => (
              <li key={text} className="flex gap-2.5">
                <StatusMark kind={marks[severity]} className="mt-0.5" />
                <span>{text}</span>
              </li>
            ))}
          </ul>
        )}
      </ScrollRegion>
    </aside>
  );
}
