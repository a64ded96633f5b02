"use client";
import { useId, useState } from "react";
import { Input } from "@/components/ui/input";
import { useNow } from "@/components/ui/use-now";
import { useZone } from "@/components/ui/use-zone";
import type { ReassignmentPlan } from "@/lib/contracts/reassignment";
import { formatBytes, formatDuration } from "@/lib/format";
import { formatClock } from "@/lib/instant";

const megabyte = 1_000_000;
/** Steps of the slider, in MB/s; past the last there is no throttle. */
const steps = [1, 2, 5, 10, 25, 50, 100, 150, 250, 400, 600, 1_000] as const;

type Props = {
  bytesPerSecond: number | null;
  onChange: (bytesPerSecond: number | null) => void;
  plan: Pick<ReassignmentPlan, "durationMs" | "slowest"> | undefined;
};

/** How fast brokers may copy, and what that means on the clock. */
export function ThrottleField({ bytesPerSecond, onChange, plan }: Props) {
  const heading = useId();
  const [typed, setTyped] = useState<string>();
  const megabytes = bytesPerSecond === null ? null : bytesPerSecond / megabyte;
  const at =
    megabytes === null
      ? steps.length
      : Math.max(
          0,
          steps.findLastIndex((step) => step <= megabytes),
        );
  const take = (text: string) => {
    setTyped(undefined);
    const wanted = Number(text);
    if (text.trim() === "" || text.trim() === "none") onChange(null);
    else if (wanted > 0) onChange(Math.max(1_000, Math.round(wanted * megabyte)));
  };
  return (
    <section aria-labelledby={heading} className="px-6 py-3">
      <div className="flex items-center justify-between">
        <h2 id={heading} className="font-medium">
          Throttle
        </h2>
        <Input
          aria-label="Throttle in MB/s a broker"
          value={typed ?? (megabytes === null ? "none" : String(megabytes))}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={(event) => typed !== undefined && take(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && take(event.currentTarget.value)}
          className="h-6 w-36"
          inputClassName="text-right text-xs tabular-nums"
          trailing={<span className="text-xs whitespace-nowrap">MB/s a broker</span>}
        />
      </div>
      <input
        type="range"
        aria-label="Throttle"
        aria-valuetext={megabytes === null ? "none" : `${megabytes} MB/s a broker`}
        min={0}
        max={steps.length}
        value={at}
        onChange={(event) => {
          const step = steps[Number(event.target.value)];
          onChange(step === undefined ? null : step * megabyte);
        }}
        className="mt-2 h-4 w-full accent-accent"
      />
      <div aria-hidden="true" className="flex justify-between text-2xs text-ink-faint tabular-nums">
        <span>1 MB/s</span>
        <span>none</span>
      </div>
      <Duration bytesPerSecond={bytesPerSecond} plan={plan} />
    </section>
  );
}

function Duration({ bytesPerSecond, plan }: Pick<Props, "bytesPerSecond" | "plan">) {
  const now = useNow();
  const [zone] = useZone();
  if (bytesPerSecond === null)
    return (
      <p className="mt-2 text-xs text-ink-muted">As fast as brokers and network can. Clients may wait meanwhile.</p>
    );
  if (plan === undefined || plan.durationMs === null) return null;
  const { durationMs, slowest } = plan;
  return (
    <p className="mt-2 flex flex-wrap items-baseline gap-x-1.5 tabular-nums">
      <b className="text-figure font-medium tracking-tight whitespace-nowrap">
        {durationMs < 1_000 ? "a moment" : formatDuration(durationMs)}
      </b>
      <span className="text-xs text-ink-muted">
        at the throttle, done about {formatClock(now + durationMs, zone).slice(0, 5)}
        {zone === "utc" ? " UTC" : ""}
        {slowest !== null && `; broker ${slowest.broker} takes in ${formatBytes(slowest.bytes)}`}
      </span>
    </p>
  );
}
