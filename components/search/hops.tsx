"use client";
import { useZone } from "@/components/ui/use-zone";
import type { SearchMatch, SearchResult } from "@/lib/contracts/search";
import { formatDuration } from "@/lib/format";
import { formatClock } from "@/lib/instant";
import { orderMatches } from "@/lib/search/order-matches";

/** More hops are no picture any more. */
const HOPS_MAX = 40;

type Props = { found: SearchResult; onOpen: (match: SearchMatch) => void };

/** The way of what was looked for through topics: a line a topic, a dot a message, and the time from one to the next. */
export function Hops({ found, onOpen }: Props) {
  const [zone] = useZone();
  const hops = orderMatches(found.matches, "oldest").slice(0, HOPS_MAX);
  const [first] = hops;
  const last = hops.at(-1);
  if (first === undefined || last === undefined) return null;
  const spanMs = Math.max(1, last.timestampMs - first.timestampMs);
  const share = ({ timestampMs }: SearchMatch) => Math.min(1, Math.max(0, (timestampMs - first.timestampMs) / spanMs));
  const topics = [...new Set(hops.map(({ topic }) => topic))];
  return (
    <section aria-label="Way through topics" className="shrink-0 border-t px-6 py-2 text-xs">
      <p className="flex justify-between text-ink-muted tabular-nums">
        <span>{formatClock(first.timestampMs, zone)}</span>
        <span>{formatDuration(last.timestampMs - first.timestampMs)} from the first to the last</span>
        <span>{formatClock(last.timestampMs, zone)}</span>
      </p>
      {topics.map((topic) => (
        <div key={topic} className="grid grid-cols-[160px_minmax(0,1fr)] items-center gap-3">
          <span className="truncate font-mono">{topic}</span>
          <span className="relative mx-2 h-5">
            <span aria-hidden="true" className="absolute inset-x-0 top-1/2 border-t border-dashed" />
            {hops.map((hop, index) =>
              hop.topic === topic ? (
                <button
                  key={`${hop.partition}@${hop.offset}`}
                  type="button"
                  onClick={() => onOpen(hop)}
                  title={`${formatClock(hop.timestampMs, zone)}${delayOf(hops[index - 1], hop)}`}
                  aria-label={`Hop ${index + 1}: ${topic} partition ${hop.partition} at ${hop.offset}${delayOf(hops[index - 1], hop)}`}
                  className="absolute top-1/2 size-2.5 -translate-1/2 rounded-full bg-chart-1 hover:bg-accent"
                  style={{ left: `${share(hop) * 100}%` }}
                />
              ) : null,
            )}
          </span>
        </div>
      ))}
      <ol aria-label="Hops" className="mt-1 flex flex-wrap gap-x-3 text-ink-muted tabular-nums">
        {hops.map((hop, index) => (
          <li key={`${hop.topic}/${hop.partition}@${hop.offset}`}>
            {index > 0 && (
              <span className="mr-3">→ {formatDuration(hop.timestampMs - (hops[index - 1]?.timestampMs ?? 0))} →</span>
            )}
            <span className="font-mono text-ink">{hop.topic}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function delayOf(before: SearchMatch | undefined, hop: SearchMatch): string {
  return before === undefined ? "" : `, ${formatDuration(hop.timestampMs - before.timestampMs)} after the one before`;
}
