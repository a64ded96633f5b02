"use client";
import { usePathname } from "next/navigation";
import { useCluster } from "@/components/live/live-provider";
import { RetentionText } from "@/components/topics/retention-text";
import { localRetentionText } from "@/components/topics/local-retention";
import { healthOf } from "@/components/topics/topic-health";
import { Badge } from "@/components/ui/badge";
import { Fact, FactLine, FactMark } from "@/components/ui/fact";
import { Status, StatusMark } from "@/components/ui/status";
import { TabNav } from "@/components/ui/tab-nav";
import type { TopicDetail } from "@/lib/contracts/topics";
import { formatBytes, formatCount } from "@/lib/format";
import { topicPath } from "@/lib/url";

/** What is true of the topic whichever tab is open, and the tabs. */
export function TopicHeader({ topic, detail }: { topic: string; detail: TopicDetail | undefined }) {
  const cluster = useCluster();
  const pathname = usePathname();
  const health = detail && healthOf(detail);
  const changed = detail?.changedConfigs ?? 0;
  const tabs = [
    { href: topicPath(cluster, topic, "messages"), label: "Messages" },
    {
      href: topicPath(cluster, topic, "partitions"),
      label: "Partitions",
      count: detail?.partitionCount,
      mark: health && health.kind !== "ok" && <StatusMark kind={health.kind} className="size-2.5" />,
    },
    { href: topicPath(cluster, topic, "consumers"), label: "Consumers" },
    {
      href: topicPath(cluster, topic, "configuration"),
      label: "Configuration",
      mark: changed > 0 && (
        <Badge tone="accent">
          {changed}
          <span className="max-xl:sr-only">changed</span>
        </Badge>
      ),
    },
    { href: topicPath(cluster, topic, "access"), label: "Access" },
    { href: topicPath(cluster, topic, "links"), label: "Linked" },
    { href: topicPath(cluster, topic, "metrics"), label: "Metrics" },
    { href: topicPath(cluster, topic, "shape"), label: "Shape" },
    { href: topicPath(cluster, topic, "statistics"), label: "Statistics" },
    { href: topicPath(cluster, topic, "documentation"), label: "Documentation" },
  ];
  return (
    <>
      {detail && health ? (
        <FactLine>
          <div>
            <dt className="sr-only">Health</dt>
            <dd>
              <Status kind={health.kind}>{health.note}</Status>
            </dd>
          </div>
          <Fact label="Partitions">
            {detail.partitionCount} × {detail.replicationFactor}
          </Fact>
          {detail.minInsyncReplicas !== null && <Fact label="Min ISR">{detail.minInsyncReplicas}</Fact>}
          {detail.messages !== null && <Fact label="Messages">{formatCount(detail.messages)}</Fact>}
          {detail.sizeBytes !== null && (
            <Fact label={detail.isTiered ? "Local size" : "On disk"}>{formatBytes(detail.sizeBytes)}</Fact>
          )}
          {detail.cleanupPolicy !== null && (
            <Fact label="Retention">
              <RetentionText topic={detail} />
            </Fact>
          )}
          {detail.localRetention !== null && (
            <Fact label="On brokers">{localRetentionText(detail.localRetention)}</Fact>
          )}
          {detail.internal && <FactMark label="Kind">internal</FactMark>}
          {detail.isTiered && <FactMark label="Storage">tiered</FactMark>}
        </FactLine>
      ) : (
        <div className="flex h-8 items-end px-6 pb-1">
          <span className="h-3 w-96 skeleton after-a-moment" />
        </div>
      )}
      <TabNav label="Topic" tabs={tabs.map((tab) => ({ ...tab, current: pathname === tab.href }))} />
    </>
  );
}
