"use client";
import Link from "next/link";
import { brokerHealth, diskShare, diskTone } from "@/components/brokers/broker-words";
import { useCluster } from "@/components/live/live-provider";
import { Badge } from "@/components/ui/badge";
import { Meter } from "@/components/ui/meter";
import { Sparkline } from "@/components/ui/sparkline";
import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import type { BrokerSummary } from "@/lib/contracts/broker-summary";
import { formatBytes, formatLatency, formatInteger } from "@/lib/format";
import { brokerPath } from "@/lib/url";

/** More tiles than this nobody compares: then there is only the table. */
export const tilesMost = 6;

/** Tiles of equal size, so that the odd one out is seen without reading. */
export function BrokerTiles({ brokers }: { brokers: readonly BrokerSummary[] }) {
  return (
    <ul aria-label="Brokers at a glance" className="grid shrink-0 grid-cols-2 gap-3 px-6 py-4 @3xl:grid-cols-3">
      {brokers.map((broker) => (
        <Tile key={broker.id} broker={broker} />
      ))}
    </ul>
  );
}

const tones: Readonly<Record<string, string>> = { bad: "text-bad", warn: "text-warn" };

function Tile({ broker }: { broker: BrokerSummary }) {
  const cluster = useCluster();
  const { kind, word } = brokerHealth(broker);
  const share = diskShare(broker);
  return (
    <li className="min-w-0 rounded-lg px-4 py-3 text-xs tabular-nums shadow-hairline">
      <div className="flex items-center gap-2">
        <StatusMark kind={kind} className={cn("size-2.5", kind === "ok" && "opacity-45")} />
        <Link
          href={brokerPath(cluster, broker.id)}
          aria-label={`Broker ${broker.id}`}
          className="rounded-sm text-base font-medium hover:underline"
        >
          {broker.id}
        </Link>
        {broker.isController && <Badge>controller</Badge>}
        {kind !== "ok" && <span className={cn("truncate", tones[kind] ?? "text-ink-muted")}>{word}</span>}
        {broker.rack !== null && <span className="ml-auto truncate text-ink-faint">rack {broker.rack}</span>}
      </div>
      <div className="mt-2.5 flex items-end gap-4">
        <Figure label="Leaders" value={formatInteger(broker.leaders)} />
        <Figure label="Replicas" value={formatInteger(broker.replicas)} />
        <Figure label="Answers in" value={broker.latencyMs === null ? "–" : formatLatency(broker.latencyMs)} />
        <Sparkline values={broker.sizes} label="Size, last hour" className="ml-auto hidden @4xl:block" height={28} />
      </div>
      <div className="mt-3 flex items-center gap-2.5 text-ink-faint">
        {share !== undefined && <Meter share={share} tone={diskTone(share)} />}
        <span className="whitespace-nowrap">
          {broker.sizeBytes === null ? "size unknown" : formatBytes(broker.sizeBytes)}
          {share !== undefined && `, disk ${Math.round(share * 100)}%`}
        </span>
      </div>
    </li>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <span className="min-w-0">
      <span className="block truncate text-ink-faint">{label}</span>
      <span className="block truncate text-sm font-medium">{value}</span>
    </span>
  );
}
