import type { TopicDetail } from "@/lib/contracts/topics";
import { formatBytes, formatRetention } from "@/lib/format";

/** How much of a tiered topic stays on its brokers too: "1 h, 100 MB each"; -2 means what retention.ms and retention.bytes say. */
export function localRetentionText({ ms, bytes }: NonNullable<TopicDetail["localRetention"]>): string {
  const limits = [
    ms === null || ms === -2 ? "" : formatRetention(ms),
    bytes === null || bytes < 0 ? "" : `${formatBytes(bytes)} a partition`,
  ].filter(Boolean);
  return limits.length === 0 ? "as long as kept" : limits.join(", ");
}
