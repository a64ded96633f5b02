"use client";
import Link from "next/link";
import { noLagText } from "@/components/groups/no-lag-text";
import { useCluster } from "@/components/live/live-provider";
import type { TopicRow } from "@/components/topics/topic-columns";
import { useTopicList } from "@/components/topics/topic-list-context";
import { healthOf } from "@/components/topics/topic-health";
import { isReadLate, type TopicTrend } from "@/components/topics/topic-trend";
import { Meter } from "@/components/ui/meter";
import { Sparkline } from "@/components/ui/sparkline";
import { Tooltip } from "@/components/ui/tooltip";
import { useNow } from "@/components/ui/use-now";
import { cn } from "@/lib/cn";
import { formatAge, formatBytes, formatCount, formatRate } from "@/lib/format";
import { topicPath } from "@/lib/url";

/** What could not be read, or not yet. */
export function Unknown() {
  const { isReading } = useTopicList();
  if (isReading)
    return (
      <span className="inline-block h-2.5 w-12 skeleton after-a-moment align-middle">
        <span className="sr-only">not yet</span>
      </span>
    );
  return <span className="text-ink-faint">unknown</span>;
}

/** Bytes on disk, and the share of the largest topic. Of a tiered topic it says that these are only those on brokers. */
export function Size({ topic }: { topic: TopicRow }) {
  if (topic.sizeBytes === null) return <Unknown />;
  return (
    <span className="flex items-center justify-end gap-2.5">
      <Meter share={topic.sizeShare} className="w-8" />
      <span className="w-15">
        {formatBytes(topic.sizeBytes)}
        {topic.isTiered && <span className="sr-only"> on brokers</span>}
      </span>
    </span>
  );
}

/** Messages in a second, now and over the last hour. */
export function Rate({ trend }: { trend: TopicTrend | undefined }) {
  if (trend === undefined) return <Unknown />;
  return (
    <span className="flex items-center justify-end gap-2.5">
      <Sparkline values={trend.messages} label="Messages in, last hour" />
      <span className="w-15">
        {trend.messagesPerSecond === null ? (
          <span className="text-ink-faint">{trend.messages.some((rate) => rate !== null) ? "unknown" : "not yet"}</span>
        ) : (
          <>
            {formatRate(trend.messagesPerSecond)}
            <span className="text-ink-faint">/s</span>
          </>
        )}
      </span>
    </span>
  );
}

/** Why a topic has no lag. */
function withoutLag({ groups, readers: [first] }: TopicTrend): string {
  return groups === 0 ? "no groups" : noLagText(first?.hasCommitted === false);
}

/** Messages not yet read by all groups together. */
export function Lag({ trend }: { trend: TopicTrend | undefined }) {
  if (trend === undefined) return <Unknown />;
  if (trend.lag === null) return <span className="text-ink-faint">{withoutLag(trend)}</span>;
  const isLate = isReadLate(trend);
  return (
    <span className="flex items-center justify-end gap-2.5">
      <Sparkline values={trend.lags} width={48} label="Lag, last hour" tone={isLate ? "warn" : "quiet"} />
      <span className={cn("w-12", isLate && "font-medium text-warn", trend.lag === 0 && "text-ink-faint")}>
        {formatCount(trend.lag)}
      </span>
    </span>
  );
}

/** How many groups read it; pointed at, which and how far behind. */
export function Groups({ name, trend }: { name: string; trend: TopicTrend | undefined }) {
  const cluster = useCluster();
  if (trend === undefined) return <Unknown />;
  if (trend.groups === 0) return <span className="text-ink-faint">0</span>;
  const more = trend.groups - trend.readers.length;
  return (
    <Tooltip
      side="left"
      label={
        <span className="block space-y-0.5">
          {trend.readers.map(({ groupId, lag, hasCommitted }) => (
            <span key={groupId} className="flex justify-between gap-4">
              <span className="truncate font-mono">{groupId}</span>
              <span className="text-ink-muted">
                {lag === null ? noLagText(!hasCommitted) : `${formatCount(lag)} behind`}
              </span>
            </span>
          ))}
          {more > 0 && <span className="block text-ink-muted">and {more} more</span>}
        </span>
      }
    >
      <Link href={topicPath(cluster, name, "consumers")} prefetch={false} className="rounded-sm hover:underline">
        {trend.groups}
      </Link>
    </Tooltip>
  );
}

/** How long ago the last message was written. */
export function LastMessage({ topic: { messages, trend } }: { topic: TopicRow }) {
  const now = useNow();
  if (trend === undefined || now === 0) return <Unknown />;
  if (trend.lastRecordMs === null) return <span className="text-ink-faint">{messages === 0 ? "none" : "not yet"}</span>;
  const age = formatAge(Math.max(0, now - trend.lastRecordMs));
  return age === "just now" ? age : `${age} ago`;
}

/** Partitions that are not whole. */
export function Trouble({ topic }: { topic: TopicRow }) {
  const health = healthOf(topic);
  const partitions = Math.max(topic.underReplicated, topic.offline);
  if (partitions === 0) return <span className="text-ink-faint">0</span>;
  return <span className={health.kind === "bad" ? "font-medium text-bad" : "font-medium text-warn"}>{partitions}</span>;
}
