import { Badge } from "@/components/ui/badge";
import type { TopicSummary } from "@/lib/contracts/topics";
import { formatBytes, formatRetention } from "@/lib/format";

type Facts = Pick<TopicSummary, "cleanupPolicy" | "retentionMs" | "retentionBytes">;

/** How long a topic keeps its messages: by time, by size, by key. */
export function RetentionText({ topic }: { topic: Facts }) {
  const { cleanupPolicy, retentionMs, retentionBytes } = topic;
  if (cleanupPolicy === null) return <span className="text-ink-faint">unknown</span>;
  const isDeleted = cleanupPolicy.includes("delete");
  const isForever = !isDeleted || retentionMs === null || retentionMs < 0;
  return (
    <span className="flex items-center gap-1.5">
      {cleanupPolicy.includes("compact") && <Badge>compact</Badge>}
      {isForever ? <span className="text-ink-faint">forever</span> : <span>{formatRetention(retentionMs)}</span>}
      {isDeleted && retentionBytes !== null && retentionBytes >= 0 && (
        <span className="truncate text-ink-muted">{formatBytes(retentionBytes)}</span>
      )}
    </span>
  );
}
