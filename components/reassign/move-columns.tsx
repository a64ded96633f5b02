import type { ActiveRow } from "@/components/reassign/active-rows";
import type { Column } from "@/components/ui/data-grid";
import { Meter } from "@/components/ui/meter";
import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import { formatBytes, formatDuration } from "@/lib/format";

/** What moves between brokers and those between log directories have in common. */
type MoveRow = Pick<ActiveRow, "topic" | "partition" | "share" | "sizeBytes" | "ratePerSecond" | "leftMs" | "trouble">;

const unknown = <span className="text-ink-faint">–</span>;
const tone = (row: MoveRow) => (row.trouble === null ? undefined : "font-medium text-warn");

/** The partition, with what is wrong with its move. */
export const partitionColumn: Column<MoveRow> = {
  id: "partition",
  label: "Partition",
  width: "minmax(150px,1fr)",
  sortBy: ({ topic, partition }) => `${topic} ${String(partition).padStart(6, "0")}`,
  cell: (row) => (
    <span className="flex items-center gap-2">
      <StatusMark
        kind={row.trouble === null ? "ok" : "warn"}
        className={row.trouble === null ? "size-2.5 opacity-45" : "size-2.5"}
      />
      <span className="truncate font-mono">
        {row.topic}
        <span className="text-ink-faint">-{row.partition}</span>
      </span>
      {row.trouble !== null && <span className="truncate text-xs text-ink-muted">{row.trouble}</span>}
    </span>
  ),
};

/** How much is copied, how fast, and the time left. */
export const progressColumns: readonly Column<MoveRow>[] = [
  {
    id: "copied",
    label: "Copied",
    width: "minmax(110px,180px)",
    isRight: true,
    sortBy: ({ share }) => share ?? undefined,
    cell: (row) =>
      row.share === null ? (
        unknown
      ) : (
        <span className="flex items-center gap-2.5">
          <Meter share={row.share} tone={row.trouble === null ? "accent" : "warn"} />
          <span className="w-8 shrink-0">{Math.round(row.share * 100)}%</span>
        </span>
      ),
  },
  {
    id: "size",
    label: "Size",
    width: "68px",
    from: 560,
    isRight: true,
    sortBy: ({ sizeBytes }) => sizeBytes ?? undefined,
    cell: ({ sizeBytes }) =>
      sizeBytes === null ? unknown : <span className="text-ink-muted">{formatBytes(sizeBytes)}</span>,
  },
  {
    id: "rate",
    label: "Rate",
    width: "80px",
    isRight: true,
    sortBy: ({ ratePerSecond }) => ratePerSecond ?? undefined,
    cell: (row) =>
      row.ratePerSecond === null ? unknown : <span className={tone(row)}>{formatBytes(row.ratePerSecond)}/s</span>,
  },
  {
    id: "left",
    label: "Left",
    width: "64px",
    from: 480,
    isRight: true,
    sortBy: ({ leftMs }) => leftMs ?? undefined,
    cell: (row) =>
      row.leftMs === null ? (
        unknown
      ) : (
        <span className={cn("text-ink-muted", tone(row))}>{formatDuration(row.leftMs)}</span>
      ),
  },
];
