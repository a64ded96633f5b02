"use client";
import { useState } from "react";
import { assignedTopics, type AssignmentRow, assignmentGridRows } from "@/components/groups/assignment-grid-rows";
import { EmptyState } from "@/components/feedback/empty-state";
import { Picker } from "@/components/ui/picker";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { cn } from "@/lib/cn";
import type { GroupDetail } from "@/lib/contracts/groups";
import { formatCount, formatInteger, formatNumberOf } from "@/lib/format";
import { Grid3x3 } from "lucide-react";

/** More squares than this help nobody, and make a browser slow. */
const squaresMax = 20_000;

/** Who reads which partition of a topic: members against partitions, the stronger the colour the further behind. */
export function AssignmentGrid({ detail }: { detail: GroupDetail }) {
  const topics = assignedTopics(detail);
  const [chosen, choose] = useState<string>();
  const topic = chosen !== undefined && topics.includes(chosen) ? chosen : topics[0];
  if (topic === undefined)
    return (
      <EmptyState icon={<Grid3x3 />} title="No partition is assigned">
        The grid appears when a member gets an assignment.
      </EmptyState>
    );
  const grid = assignmentGridRows(detail, topic);
  const squares = grid.partitions.length * grid.rows.length;
  return (
    <div className="flex min-h-0 flex-1 flex-col border-t">
      <div className="flex shrink-0 items-center gap-3 px-6 py-2 text-xs text-ink-muted">
        {topics.length > 1 ? (
          <Picker
            label="Topic"
            value={topic}
            choices={topics.map((value) => ({ value, label: value }))}
            onChoose={choose}
          />
        ) : (
          <span>
            Topic <span className="font-mono text-ink">{topic}</span>
          </span>
        )}
        <span>
          {formatNumberOf(grid.partitions.length, "partition")}; the stronger the colour, the further behind, at most{" "}
          {formatCount(grid.largest)} messages.
        </span>
      </div>
      {squares > squaresMax ? (
        <p className="px-6 py-3 text-ink-muted">
          {formatInteger(grid.partitions.length)} partitions and {formatNumberOf(grid.rows.length, "member")} are too
          many to draw: the list has what each member reads.
        </p>
      ) : (
        <ScrollRegion label="Assignment" className="px-6 pb-4">
          <table aria-label={`Assignment of ${topic}`} className="border-separate border-spacing-0.5 text-xs">
            <thead>
              <tr>
                <th scope="col" className="sticky left-0 bg-canvas pr-3 text-left font-normal text-ink-faint">
                  Member
                </th>
                {grid.partitions.map((partition) => (
                  <th
                    key={partition}
                    scope="col"
                    className="h-5 min-w-5 px-0.5 text-center font-normal text-ink-faint tabular-nums"
                  >
                    {partition}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {grid.rows.map((row) => (
                <Line key={row.key} row={row} partitions={grid.partitions} largest={grid.largest} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </div>
  );
}

function Line({ row, partitions, largest }: { row: AssignmentRow; partitions: readonly number[]; largest: number }) {
  return (
    <tr>
      <th
        scope="row"
        className={cn(
          "sticky left-0 max-w-52 truncate bg-canvas pr-3 text-left font-normal",
          row.isNobody ? "font-medium text-warn" : "font-mono text-ink",
        )}
        title={row.key}
      >
        {row.label}
      </th>
      {partitions.map((partition) => (
        <Square
          key={partition}
          isRead={row.lags.has(partition)}
          lag={row.lags.get(partition) ?? null}
          largest={largest}
          isNobody={row.isNobody}
        />
      ))}
    </tr>
  );
}

type SquareProps = { isRead: boolean; lag: number | null; largest: number; isNobody: boolean };

function Square({ isRead, lag, largest, isNobody }: SquareProps) {
  if (!isRead) return <td aria-label="not read by it" className="size-5 rounded-xs bg-hover" />;
  const text = lag === null ? "lag unknown" : lag === 0 ? "no lag" : `${formatInteger(lag)} behind`;
  return (
    <td className="relative size-5 overflow-hidden rounded-xs bg-canvas shadow-hairline" title={text}>
      <span
        aria-hidden="true"
        className={cn("absolute inset-0", isNobody ? "bg-warn-mark" : "bg-accent")}
        // A partition that is read stays seen when it has no lag.
        style={{ opacity: 0.3 + 0.7 * (largest === 0 ? 0 : (lag ?? 0) / largest) }}
      />
      <span className="sr-only">{text}</span>
    </td>
  );
}
