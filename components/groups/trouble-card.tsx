"use client";
import Link from "next/link";
import type { PartitionLag } from "@/components/groups/partition-lags";
import { useCluster } from "@/components/live/live-provider";
import { StatusMark } from "@/components/ui/status";
import { formatCount, formatNumberOf } from "@/lib/format";
import { topicPath } from "@/lib/url";

const shownMost = 4;

/** Where messages of a group in trouble wait, the most first, and the one that it would read next there. */
export function TroubleCard({ behind }: { behind: readonly PartitionLag[] }) {
  return (
    <section aria-labelledby="trouble" className="flex min-w-0 flex-col px-6 pt-3.5 pb-4">
      <h2 id="trouble" className="font-medium">
        Where most of it waits
      </h2>
      <p className="text-xs text-ink-muted">The link opens the message that the group reads next.</p>
      <ul className="mt-2.5 divide-y overflow-hidden rounded-md bg-sunken text-xs shadow-hairline">
        {behind.slice(0, shownMost).map((row) => (
          <Standing key={row.key} row={row} />
        ))}
      </ul>
      {behind.length > shownMost && (
        <p className="mt-2 text-xs text-ink-faint">
          And in {formatNumberOf(behind.length - shownMost, "more partition")}: the table has them all.
        </p>
      )}
    </section>
  );
}

function Standing({ row }: { row: PartitionLag }) {
  const cluster = useCluster();
  const { topic, partition, committedOffset } = row;
  const place = committedOffset === null ? "" : `?from=offset&offset=${committedOffset}&partitions=${partition}`;
  return (
    <li className="flex items-center gap-3 px-2.5 py-1.5">
      {row.isOdd && <StatusMark kind="warn" className="size-2.5" />}
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
