"use client";
import Link from "next/link";
import { brokerHealth, diskShare, diskTone } from "@/components/brokers/broker-words";
import { useCluster } from "@/components/live/live-provider";
import { Badge } from "@/components/ui/badge";
import { Meter } from "@/components/ui/meter";
import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import type { BrokerSummary } from "@/lib/contracts/broker-summary";
import { formatBytes, formatLatency, formatNumberOf } from "@/lib/format";
import { brokerPath } from "@/lib/url";

/** One tile for each broker, all of a size, so that the odd one out is seen without reading. */
export function BrokerTiles({ brokers }: { brokers: readonly BrokerSummary[] }) {
  return (
    <section aria-labelledby="brokers" className="px-6 pt-3.5 pb-4">
      <h2 id="brokers" className="mb-2 font-medium">
        Brokers <span className="ml-1 font-normal text-ink-faint tabular-nums">{brokers.length}</span>
      </h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(--spacing(44),1fr))] gap-2.5">
        {brokers.map((broker) => (
          <li key={broker.id}>
            <Tile broker={broker} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tile({ broker }: { broker: BrokerSummary }) {
  const cluster = useCluster();
  const { id, rack, leaders, latencyMs } = broker;
  const { kind, word } = brokerHealth(broker);
  return (
    <Link
      href={brokerPath(cluster, id)}
      prefetch={false}
      className="block rounded-lg px-3 py-2 text-xs shadow-hairline hover:bg-hover"
    >
      <span className="flex items-center gap-1.5">
        <StatusMark kind={kind} className={cn("size-2.5", kind === "ok" && "opacity-45")} />
        <span className="text-sm font-medium">
          <span className="sr-only">Broker </span>
          {id}
        </span>
        {broker.isController && <Badge>controller</Badge>}
        {rack !== null && <span className="ml-auto min-w-0 truncate text-ink-faint">{rack}</span>}
      </span>
      <span className="mt-1.5 flex justify-between gap-2 text-ink-muted tabular-nums">
        {kind === "ok" ? (
          <span>{formatNumberOf(leaders, "leader")}</span>
        ) : (
          <span className={cn("truncate", looks[kind])}>{word}</span>
        )}
        <span>{latencyMs === null ? "" : formatLatency(latencyMs)}</span>
      </span>
      <Disk broker={broker} />
    </Link>
  );
}

const looks = { bad: "text-bad", warn: "text-warn", paused: "", idle: "" };

function Disk({ broker }: { broker: BrokerSummary }) {
  const size = broker.sizeBytes === null ? "size unknown" : formatBytes(broker.sizeBytes);
  const share = diskShare(broker);
  if (share === undefined) return <span className="mt-2 block text-ink-faint tabular-nums">{size}</span>;
  const tone = diskTone(share);
  return (
    <span className="mt-2 flex items-center gap-2 whitespace-nowrap tabular-nums">
      <Meter share={share} tone={tone} />
      <span className={diskLooks[tone]}>
        {size}, disk {Math.round(share * 100)}%
      </span>
    </span>
  );
}

const diskLooks = { quiet: "text-ink-faint", warn: "font-medium text-warn", bad: "font-medium text-bad" };
