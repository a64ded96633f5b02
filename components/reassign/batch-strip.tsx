import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import { formatBytes, formatNumberOf } from "@/lib/format";

type Batch = { readonly moves: number; readonly copyBytes: number };

/** Batches that are drawn; more are summed up in words. */
const drawnMost = 12;

type Props = {
  batches: readonly Batch[];
  /** Batches that are done; nothing runs without it. */
  done?: number;
  /** Of the batch under way, from 0 to 1. */
  share?: number;
};

/** Batches side by side, as wide as their bytes; each begins when the one before it has ended. */
export function BatchStrip({ batches, done, share = 0 }: Props) {
  const first = done === undefined ? 0 : Math.max(0, Math.min(done - 2, batches.length - drawnMost));
  const drawn = batches.slice(first, first + drawnMost);
  const hidden = batches.length - drawn.length;
  const most = drawn.reduce((largest, { copyBytes }) => Math.max(largest, copyBytes), 0);
  return (
    <>
      <ol aria-label="Batches" className="flex gap-1">
        {drawn.map((batch, at) => {
          const index = first + at;
          const isRunning = done === index;
          const isDone = done !== undefined && index < done;
          const width = isDone ? 1 : isRunning ? share : 0;
          return (
            <li
              key={index}
              className="min-w-6 basis-0 text-xs whitespace-nowrap tabular-nums"
              style={{ flexGrow: Math.max(1, batch.copyBytes) }}
            >
              <span className="block h-1.5 overflow-hidden rounded-sm bg-press">
                <span
                  className={cn("block h-full", isRunning ? "bg-chart-1" : "bg-ink-faint/60")}
                  style={{ width: `${width * 100}%` }}
                />
              </span>
              <span
                className={cn(
                  "mt-1.5 flex items-center gap-1.5 overflow-hidden",
                  isRunning ? "font-medium" : "text-ink-muted",
                )}
              >
                {isDone && <StatusMark kind="ok" className="size-2.5" />}
                {index + 1}
                <span
                  className={cn("font-normal text-ink-faint", batch.copyBytes < most / 6 && !isRunning && "sr-only")}
                >
                  {isRunning ? `${Math.round(share * 100)}%` : formatBytes(batch.copyBytes)}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
      {hidden > 0 && (
        <p className="mt-1 text-xs text-ink-faint">
          {formatNumberOf(hidden, "batch", "batches")} {hidden === 1 ? "is" : "are"} not drawn.
        </p>
      )}
    </>
  );
}
