import { sumOfLines, type TopicTrend, totalRate } from "@/components/topics/topic-trend";
import { Sparkline } from "@/components/ui/sparkline";
import { Stat, StatStrip } from "@/components/ui/stat";
import { StatusMark } from "@/components/ui/status";
import type { TopicList, TopicSummary } from "@/lib/contracts/topics";
import { formatBytes, formatCount, formatNumberOf, formatRate } from "@/lib/format";

function sum(topics: readonly TopicSummary[], pick: (topic: TopicSummary) => number | null): number | null {
  let total: number | null = null;
  for (const topic of topics) {
    const value = pick(topic);
    if (value !== null) total = (total ?? 0) + value;
  }
  return total ?? (topics.length === 0 ? 0 : null);
}

type Props = {
  list: Pick<TopicList, "topics" | "partial">;
  trends: ReadonlyMap<string, TopicTrend>;
  areTrendsWhole: boolean;
};

/** Stands for a number that is still being read. */
function NotYet() {
  return (
    <span className="inline-block h-3.5 w-14 skeleton after-a-moment">
      <span className="sr-only">not yet</span>
    </span>
  );
}

/** The totals of all topics, internal ones too. */
export function TopicsSummary({ list: { topics, partial }, trends, areTrendsWhole }: Props) {
  const messages = sum(topics, (topic) => topic.messages);
  const [size, sizeUnit] = formatBytes(sum(topics, (topic) => topic.sizeBytes) ?? 0).split(" ");
  const isSizeKnown = sum(topics, (topic) => topic.sizeBytes) !== null;
  const partitions = partial?.partitions ?? sum(topics, (topic) => topic.partitionCount) ?? 0;
  const isReading = partial !== null;
  const isCut = partial !== null && partial.topics > topics.length;
  return (
    <StatStrip className="border-b">
      <Stat label="Topics" value={partial?.topics ?? topics.length} hint={formatNumberOf(partitions, "partition")} />
      {areTrendsWhole ? <MessagesIn trends={trends} /> : <Stat label="Messages in" value={<NotYet />} />}
      <Stat
        label="Messages"
        value={isReading ? <NotYet /> : messages === null ? "unknown" : formatCount(messages)}
        className="hidden @3xl:block"
      />
      <Stat
        label={topics.some((topic) => topic.isTiered) ? "Local size" : "On disk"}
        value={isReading ? <NotYet /> : isSizeKnown ? size : "unknown"}
        unit={isSizeKnown && !isReading ? sizeUnit : undefined}
      />
      <Trouble
        label="Under-replicated"
        kind="warn"
        partitions={isCut ? undefined : (sum(topics, (topic) => topic.underReplicated) ?? 0)}
      />
      <Trouble
        label="Below min ISR"
        kind="bad"
        partitions={isReading ? undefined : (sum(topics, (topic) => topic.belowMinIsr) ?? 0)}
      />
      <Trouble
        label="Without a leader"
        kind="bad"
        partitions={isCut ? undefined : (sum(topics, (topic) => topic.offline) ?? 0)}
        className="hidden @4xl:block"
      />
    </StatStrip>
  );
}

function MessagesIn({ trends }: { trends: ReadonlyMap<string, TopicTrend> }) {
  const rate = totalRate(trends.values());
  return (
    <Stat
      label="Messages in"
      value={
        rate === null ? <span className="text-sm font-normal text-ink-faint">not measured yet</span> : formatRate(rate)
      }
      unit={rate === null ? undefined : "/s"}
      trend={
        rate !== null && (
          <Sparkline values={sumOfLines([...trends.values()].map(({ messages }) => messages))} label="Last hour" />
        )
      }
    />
  );
}

type TroubleProps = { label: string; kind: "warn" | "bad"; partitions: number | undefined; className?: string };

function Trouble({ label, kind, partitions, className }: TroubleProps) {
  if (partitions === undefined) return <Stat label={label} value={<NotYet />} {...(className ? { className } : {})} />;
  return (
    <Stat
      label={label}
      value={
        <span className="flex items-center gap-1.5">
          {partitions > 0 && <StatusMark kind={kind} />}
          {partitions}
        </span>
      }
      unit={partitions === 1 ? "partition" : "partitions"}
      {...(className ? { className } : {})}
    />
  );
}
