"use client";
import { useZone } from "@/components/ui/use-zone";
import type { JobDetail } from "@/lib/contracts/jobs";
import { formatClock } from "@/lib/instant";

/** What a job wrote, line by line, oldest first. */
export function JobLog({ log }: { log: JobDetail["log"] }) {
  const [zone] = useZone();
  if (log.length === 0) return <p className="text-xs text-ink-muted">It has written nothing yet.</p>;
  return (
    <ol className="text-xs leading-5">
      {log.map(({ atMs, text }) => (
        <li key={`${atMs} ${text}`} className="flex gap-3">
          <span className="shrink-0 text-ink-faint tabular-nums">{formatClock(atMs, zone).slice(0, 8)}</span>
          <span className="min-w-0 wrap-anywhere">{text}</span>
        </li>
      ))}
    </ol>
  );
}
