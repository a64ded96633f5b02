"use client";
import Link from "next/link";
import type { PartitionLag } from "@/components/groups/partition-lags";
import { useCluster } from "@/components/live/live-provider";
import { StatusMark } from "@/components/ui/status";
import type { GroupDetail } from "@/lib/contracts/groups";
import { formatCount, formatNumberOf } from "@/lib/format";
import { topicPath } from "@/lib/url";

const shownMost = 4;

type Props = { attention: NonNullable<GroupDetail["attention"]>; rows: readonly PartitionLag[] };

/** What is wrong with a group, where it stands, and the record that it would read next there. */
export function TroubleCard({ attention, rows }: Props) {
  const behind = rows.filter((row) => row.isBehind).toSorted((a, b) => (b.lagMessages ?? 0) - (a.lagMessages ?? 0));
  return (
    <section aria-labelledby="trouble" className="flex min-w-0 flex-col px-6 pt-3.5 pb-4">
      <h2 id="trouble" className="flex items-start gap-2 font-medium">
        <StatusMark kind={attention.severity === "critical" ? "bad" : "warn"} className="mt-1" />
        {attention.text}
      </h2>
      {behind.length > 0 && (
        <>
          <p className="mt-1 text-xs text-ink-muted">Most of it waits here. The link opens the message that is next.</p>
          <ul className="mt-2.5 divide-y overflow-hidden rounded-md bg-sunken text-xs shadow-hairline">
            {behind.slice(0, shownMost).map((row) => (
              <Standing key={row.key} row={row} />
            ))}
          </ul>
          {behind.length > shownMost && (
            <p className="mt-2 text-xs text-ink-faint">
              And {formatNumberOf(behind.length - shownMost, "more partition")}: the table has them all.
            </p>
          )}
        </>
      )}
    </section>
  );
}

function Standing({ row }: { row: PartitionLag }) {
  const cluster = useCluster();
  const { topic, partition, committedOffset } = row;
  const place = committedOffset === null ? "" : `?from=offset&offset=${committedOffset}&partition=${partition}`;
  return (
    <li className="flex items-center gap-3 px-2.5 py-1.5">
      <span className="min-w-0 flex-1 truncate">
        <span className="font-mono text-ink">{topic}</span> partition {partition}
        {row.client !== "" && <span className="text-ink-muted"> · {row.client}</span>}
      </span>
      <span className="shrink-0 text-ink-muted tabular-nums">{formatCount(row.lagMessages ?? 0)} behind</span>
      {committedOffset !== null && (
        <Link
          href={`${topicPath(cluster, topic)}${place}`}
          prefetch={false}
          className="shrink-0 rounded-sm font-mono text-accent hover:underline"
        >
          {committedOffset}
        </Link>
      )}
    </li>
  );
}
