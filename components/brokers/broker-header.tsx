"use client";
import { usePathname } from "next/navigation";
import { brokerHealth, diskShare } from "@/components/brokers/broker-words";
import { useCluster } from "@/components/live/live-provider";
import { Fact, FactLine, FactMark } from "@/components/ui/fact";
import { Status } from "@/components/ui/status";
import { TabNav } from "@/components/ui/tab-nav";
import type { BrokerDetail } from "@/lib/contracts/brokers";
import { formatBytes, formatLatency, formatInteger } from "@/lib/format";
import { brokerPath } from "@/lib/url";

/** What is true of the broker whichever tab is open, and the tabs. */
export function BrokerHeader({ broker, detail }: { broker: number; detail: BrokerDetail | undefined }) {
  const cluster = useCluster();
  const pathname = usePathname();
  const tabs = [
    { href: brokerPath(cluster, broker), label: "Log directories", count: detail?.logDirectories.length },
    { href: brokerPath(cluster, broker, "topics"), label: "Topics", count: detail?.topics.length },
    { href: brokerPath(cluster, broker, "replicas"), label: "Replicas", count: detail?.replicas },
    { href: brokerPath(cluster, broker, "connections"), label: "Connections" },
    { href: brokerPath(cluster, broker, "configuration"), label: "Configuration" },
  ];
  return (
    <>
      {detail ? (
        <Facts detail={detail} />
      ) : (
        <div className="flex h-8 items-end px-6 pb-1">
          <span className="h-3 w-96 skeleton after-a-moment" />
        </div>
      )}
      <TabNav label="Broker" tabs={tabs.map((tab) => ({ ...tab, current: pathname === tab.href }))} />
    </>
  );
}

function Facts({ detail }: { detail: BrokerDetail }) {
  const { kind, word } = brokerHealth(detail);
  const share = diskShare(detail);
  return (
    <FactLine>
      <div>
        <dt className="sr-only">Health</dt>
        <dd className="flex items-center gap-1.5">
          <Status kind={kind}>{word}</Status>
        </dd>
      </div>
      {detail.host !== null && (
        <Fact label="Listens at">
          <span className="font-mono">
            {detail.host}:{detail.port}
          </span>
        </Fact>
      )}
      {detail.isController && <FactMark label="Role">controller</FactMark>}
      {detail.version !== null && <Fact label="Version">{detail.version}</Fact>}
      {detail.rack !== null && <Fact label="Rack">{detail.rack}</Fact>}
      <Fact label="Leaders">{formatInteger(detail.leaders)}</Fact>
      <Fact label="Replicas">{formatInteger(detail.replicas)}</Fact>
      {detail.outOfSync > 0 && <Fact label="Not in sync">{formatInteger(detail.outOfSync)}</Fact>}
      {detail.sizeBytes !== null && <Fact label="On disk">{formatBytes(detail.sizeBytes)}</Fact>}
      {share !== undefined && <Fact label="Disk">{Math.round(share * 100)}% full</Fact>}
      {detail.latencyMs !== null && <Fact label="Answers in">{formatLatency(detail.latencyMs)}</Fact>}
    </FactLine>
  );
}
