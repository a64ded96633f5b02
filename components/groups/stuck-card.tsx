"use client";
import { useQuery } from "@tanstack/react-query";
import { CopyX, RotateCcw, User } from "lucide-react";
import Link from "next/link";
import { ProblemNote } from "@/components/feedback/problem-note";
import type { PartitionLag } from "@/components/groups/partition-lags";
import { useGroupWish } from "@/components/groups/group-dialogs";
import { useCluster } from "@/components/live/live-provider";
import { PayloadPreview } from "@/components/messages/payload-preview";
import { Button, buttonLook } from "@/components/ui/button";
import { StatusMark } from "@/components/ui/status";
import { useNow } from "@/components/ui/use-now";
import { useZone } from "@/components/ui/use-zone";
import type { NextRecord } from "@/lib/contracts/stuck-record";
import { formatAge, formatBytes, formatCount } from "@/lib/format";
import { formatInstant } from "@/lib/instant";
import { problemOf } from "@/lib/problem";
import { nextRecord } from "@/lib/queries/groups";
import { groupPath, topicPath } from "@/lib/url";

/** A partition that stands still: the record that its group does not get past, what is odd about it, and the ways out. */
export function StuckCard({ group, row }: { group: string; row: PartitionLag }) {
  const cluster = useCluster();
  const now = useNow();
  const wish = useGroupWish();
  const { topic, partition, committedOffset, stuckSinceMs } = row;
  const query = useQuery(nextRecord(cluster, group, { topic, partition, offset: committedOffset ?? "" }));
  const sinceText = now === 0 || stuckSinceMs === null ? "" : ` for ${formatAge(now - stuckSinceMs)}`;
  return (
    <section aria-labelledby="stuck" className="flex min-w-0 flex-col px-6 pt-3.5 pb-4">
      <h2 id="stuck" className="flex items-center gap-2 font-medium">
        <StatusMark kind="bad" />
        <span>
          Partition {partition} stands still at <span className="font-mono text-mono">{committedOffset}</span>
        </span>
      </h2>
      <p className="mt-0.5 text-xs text-ink-muted">
        {formatCount(row.lagMessages ?? 0)} records wait in <span className="font-mono">{topic}</span>
        {sinceText}. {row.client !== "" && <span className="font-mono">{row.client}</span>} has it.
      </p>
      {query.error && (
        <div className="mt-2">
          <ProblemNote problem={problemOf(query.error)} />
        </div>
      )}
      {query.data ? (
        <TheRecord next={query.data} />
      ) : (
        query.error === null && <div className="mt-2.5 h-20 skeleton after-a-moment" />
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {query.data?.record && committedOffset !== null && (
          <Button
            variant="primary"
            onClick={() =>
              wish({
                kind: "skip",
                group,
                record: { topic, partition, offset: committedOffset },
                deadLetterTopics: query.data.deadLetterTopics,
              })
            }
          >
            <CopyX />
            Copy to dead letters, skip one…
          </Button>
        )}
        <Button
          onClick={() =>
            wish({
              kind: "reset",
              group,
              draft: { to: "shift", by: "1", topic, partitions: String(partition) },
            })
          }
        >
          <RotateCcw />
          Reset offsets…
        </Button>
        <Link href={groupPath(cluster, group, "members")} className={buttonLook({ variant: "ghost" })}>
          <User />
          Open member
        </Link>
      </div>
    </section>
  );
}

function TheRecord({ next }: { next: NextRecord }) {
  const cluster = useCluster();
  const [zone] = useZone();
  const { record, topic, partition, offset, fault } = next;
  if (record === null)
    return (
      <p className="mt-2.5 rounded-md bg-sunken px-3 py-2 text-xs text-ink-muted shadow-hairline">
        There is no record at {offset} or after it: a transaction&apos;s marker, or what compaction left, ends the log
        here.
      </p>
    );
  const address = `${topicPath(cluster, topic)}?from=offset&offset=${record.offset}&partition=${partition}&at=p${partition}@${record.offset}`;
  return (
    <div className="mt-2.5 overflow-hidden rounded-md bg-sunken text-xs shadow-hairline">
      <div className="flex items-center gap-3 border-b px-3 py-1.5 text-ink-muted">
        <Link href={address} prefetch={false} className="rounded-sm font-mono text-accent hover:underline">
          {record.offset}
        </Link>
        <time className="font-mono">{formatInstant(record.timestampMs, zone)}</time>
        <span className="min-w-0 truncate font-mono">
          <PayloadPreview payload={record.key} nullWord="no key" />
        </span>
        <span className="ml-auto shrink-0 tabular-nums">{formatBytes(record.value.sizeBytes)}</span>
      </div>
      <div className="line-clamp-3 px-3 py-2 font-mono wrap-anywhere">
        <PayloadPreview payload={record.value} nullWord="tombstone" />
      </div>
      {record.offset !== offset && (
        <p className="border-t px-3 py-1.5 text-ink-muted">
          Nothing stands at {offset} itself: this is the first record after it.
        </p>
      )}
      {fault !== null && (
        <p className="flex items-start gap-2 border-t px-3 py-1.5">
          <StatusMark kind="bad" className="mt-0.5 size-2.5" />
          {fault}
        </p>
      )}
    </div>
  );
}
