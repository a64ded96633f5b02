"use client";
import Link from "next/link";
import { useState } from "react";
import { firstPartitions, memberName, type ReadingGroup } from "@/components/consumers/reading-group";
import { groupHealth, groupState, partitionNote } from "@/components/groups/group-words";
import { isUncommittedIn, noLagText } from "@/components/groups/no-lag-text";
import { Outlook } from "@/components/groups/outlook";
import { useCluster } from "@/components/live/live-provider";
import { Button } from "@/components/ui/button";
import { Meter } from "@/components/ui/meter";
import { Sparkline } from "@/components/ui/sparkline";
import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import { formatCount, formatInteger, formatNumberOf } from "@/lib/format";
import { groupPath } from "@/lib/url";

type Props = { reading: ReadingGroup; listReadAtMs: number; isOpenAtFirst: boolean };

const layout =
  "grid grid-cols-[--spacing(16)_minmax(0,1fr)_--spacing(24)_minmax(0,1fr)_--spacing(18)] items-center gap-x-4 px-6 @3xl:grid-cols-[--spacing(16)_minmax(0,1fr)_--spacing(24)_--spacing(24)_minmax(0,1fr)_--spacing(18)]";

/** One group with a bar for its lag in each partition. */
export function GroupSection({ reading, listReadAtMs, isOpenAtFirst }: Props) {
  const [shown, setShown] = useState<"none" | "first" | "all">(isOpenAtFirst ? "first" : "none");
  const { group, partitions } = reading;
  const rows = shown === "none" ? [] : shown === "all" ? partitions : firstPartitions(partitions);
  const hidden = partitions.length - rows.length;
  return (
    <section aria-label={`Group ${group.groupId}`} className="border-b">
      <Heading reading={reading} listReadAtMs={listReadAtMs} />
      {rows.length > 0 && <Partitions label={`Lag of ${group.groupId} by partition`} rows={rows} />}
      {hidden > 0 && (
        <div className="px-4 pb-2">
          <Button variant="ghost" size="sm" onClick={() => setShown(shown === "none" ? "first" : "all")}>
            {rows.length === 0
              ? `Show ${formatNumberOf(partitions.length, "partition")}`
              : `Show ${formatNumberOf(hidden, "more partition")}, with less lag`}
          </Button>
        </div>
      )}
    </section>
  );
}

function Heading({ reading, listReadAtMs }: { reading: ReadingGroup; listReadAtMs: number }) {
  const cluster = useCluster();
  const { group, lag, partitions } = reading;
  const health = groupHealth(group, listReadAtMs);
  const isTrouble = group.attention !== null;
  return (
    <div className="flex min-h-9 items-center gap-3 px-6 pt-2.5 pb-1">
      <StatusMark kind={health.kind} {...(health.kind === "ok" ? { className: "opacity-45" } : {})} />
      <span className="sr-only">{health.text}</span>
      <Link
        href={groupPath(cluster, group.groupId)}
        prefetch={false}
        className="min-w-0 truncate rounded-sm font-mono text-mono font-medium hover:underline hover:decoration-line-strong hover:underline-offset-3"
      >
        {group.groupId}
      </Link>
      <span className="truncate text-xs text-ink-muted">
        {groupState(group.state).text}
        {group.members !== null && ` · ${formatNumberOf(group.members, "member")}`}
      </span>
      <span className="ml-auto text-xs whitespace-nowrap">
        <Outlook outlook={group.outlook} isTrouble={isTrouble} />
      </span>
      {group.topics.length === 1 && (
        <Sparkline values={group.lags} label="Lag, last hour" tone={isTrouble ? "warn" : "quiet"} />
      )}
      <span className={cn("w-18 text-right tabular-nums", isTrouble && "font-medium text-warn")}>
        <span className="sr-only">Lag in this topic: </span>
        {lag === null ? (
          <span className="text-ink-faint">{noLagText(isUncommittedIn(partitions))}</span>
        ) : (
          formatCount(lag)
        )}
      </span>
    </div>
  );
}

function Partitions({ label, rows }: { label: string; rows: ReadingGroup["partitions"] }) {
  return (
    <div role="table" aria-label={label} className="pb-2">
      <div role="rowgroup">
        <div role="row" className={`${layout} h-6 text-2xs font-medium text-ink-faint`}>
          <span role="columnheader">Partition</span>
          <span role="columnheader">Member</span>
          <span role="columnheader" className="text-right">
            Committed
          </span>
          <span role="columnheader" className="hidden text-right @3xl:block">
            End
          </span>
          <span role="columnheader" className="col-span-2 text-right">
            Lag
          </span>
        </div>
      </div>
      <div role="rowgroup">
        {rows.map((row) => (
          <div key={row.partition} role="row" className={`${layout} h-6.5 tabular-nums hover:bg-hover`}>
            <span role="cell">{row.partition}</span>
            <span role="cell" className="flex min-w-0 gap-2 text-xs">
              {row.memberId !== null && <span className="truncate font-mono">{memberName(row.memberId)}</span>}
              <Note row={row} />
            </span>
            <Offset offset={row.committedOffset} />
            <Offset offset={row.endOffset} className="hidden text-ink-muted @3xl:block" />
            <span role="cell" className="col-span-2 flex items-center gap-4">
              <Meter share={row.share} tone={row.isBehind ? "warn" : "quiet"} className="h-1.5 flex-1" />
              <span className={cn("w-18 shrink-0 text-right", row.isBehind && "font-medium text-warn")}>
                {row.lagMessages === null ? (
                  <span className="text-ink-faint">{noLagText(isUncommittedIn([row]))}</span>
                ) : (
                  <span className={row.lagMessages === 0 ? "text-ink-faint" : undefined}>
                    {formatInteger(row.lagMessages)}
                  </span>
                )}
              </span>
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

function Note({ row }: { row: ReadingGroup["partitions"][number] }) {
  const { kind, text } = partitionNote(row);
  if (text === "") return null;
  return <span className={cn("truncate", kind === "warn" ? "text-warn" : "text-ink-faint")}>{text}</span>;
}

function Offset({ offset, className }: { offset: string | null; className?: string }) {
  return (
    <span role="cell" className={cn("truncate text-right font-mono text-xs", className)}>
      {offset ?? <span className="text-ink-faint">none</span>}
    </span>
  );
}
