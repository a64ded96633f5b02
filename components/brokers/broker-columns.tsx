"use client";
import Link from "next/link";
import { BrokerMenu } from "@/components/brokers/broker-menu";
import { brokerHealth, diskShare, diskTone, skewText } from "@/components/brokers/broker-words";
import { useCluster } from "@/components/live/live-provider";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-grid";
import { Meter } from "@/components/ui/meter";
import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import type { BrokerSummary } from "@/lib/contracts/broker-summary";
import { formatBytes, formatLatency, formatInteger } from "@/lib/format";
import { brokerPath } from "@/lib/url";

/** A broker in the table, beside the others. */
export type BrokerRow = BrokerSummary & {
  readonly skewPercent: number | undefined;
  /** Of the largest. */
  readonly sizeShare: number;
  /** Settings unlike the other brokers'; undefined before they are read. */
  readonly differing: number | undefined;
};

function Name({ broker }: { broker: BrokerRow }) {
  const cluster = useCluster();
  const { kind, word } = brokerHealth(broker);
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <StatusMark kind={kind} className={cn("size-2.5", kind === "ok" && "opacity-45")} />
      <span className="sr-only">{word}</span>
      <Link
        href={brokerPath(cluster, broker.id)}
        className="rounded-sm font-medium hover:underline hover:decoration-line-strong hover:underline-offset-3"
      >
        {broker.id}
      </Link>
      {broker.host !== null && (
        <span className="truncate font-mono text-xs text-ink-muted">
          {broker.host}:{broker.port}
        </span>
      )}
      {broker.isController && <Badge>controller</Badge>}
    </span>
  );
}

const tones: Readonly<Record<string, string>> = { bad: "text-bad", warn: "text-warn" };

function State({ broker }: { broker: BrokerRow }) {
  const { kind, word } = brokerHealth(broker);
  return <span className={tones[kind] ?? "text-ink-muted"}>{word}</span>;
}

function Size({ broker }: { broker: BrokerRow }) {
  if (broker.sizeBytes === null) return <span className="text-ink-faint">unknown</span>;
  return (
    <span className="flex items-center justify-end gap-2.5">
      <Meter share={broker.sizeShare} />
      <span className="w-14 shrink-0">{formatBytes(broker.sizeBytes)}</span>
    </span>
  );
}

function Differing({ differing }: Pick<BrokerRow, "differing">) {
  if (differing === undefined) return null;
  if (differing === 0) return <span className="text-ink-faint">as the others</span>;
  return <Badge tone="accent">{differing} differ</Badge>;
}

const diskLooks = { quiet: "", warn: "font-medium text-warn", bad: "font-medium text-bad" };

function Disk({ broker }: { broker: BrokerRow }) {
  const share = diskShare(broker);
  if (share === undefined) return <span className="text-ink-faint">unknown</span>;
  return <span className={diskLooks[diskTone(share)]}>{Math.round(share * 100)}%</span>;
}

/** The columns of the table of brokers. */
export const brokerColumns: readonly Column<BrokerRow>[] = [
  { id: "broker", label: "Broker", width: "minmax(180px,1fr)", cell: (broker) => <Name broker={broker} /> },
  { id: "state", label: "State", width: "80px", cell: (broker) => <State broker={broker} /> },
  {
    id: "rack",
    label: "Rack",
    width: "48px",
    from: 1_020,
    cell: (broker) => <span className="text-ink-muted">{broker.rack ?? "none"}</span>,
  },
  {
    id: "version",
    label: "Version",
    width: "66px",
    from: 1_180,
    cell: (broker) => <span className="text-ink-muted">{broker.version ?? "unknown"}</span>,
  },
  {
    id: "leaders",
    label: "Leaders",
    width: "80px",
    isRight: true,
    cell: (broker) => (
      <>
        <span className="mr-2 text-xs text-ink-faint">{skewText(broker.skewPercent)}</span>
        {formatInteger(broker.leaders)}
      </>
    ),
  },
  {
    id: "replicas",
    label: "Replicas",
    width: "64px",
    isRight: true,
    cell: (broker) => formatInteger(broker.replicas),
  },
  {
    id: "insync",
    label: "In sync",
    width: "64px",
    from: 760,
    isRight: true,
    cell: (broker) => (
      <span className={broker.outOfSync > 0 ? "font-medium text-warn" : "text-ink-muted"}>
        {formatInteger(broker.replicas - broker.outOfSync)}
      </span>
    ),
  },
  {
    id: "latency",
    label: "Answers in",
    width: "76px",
    from: 940,
    isRight: true,
    cell: (broker) =>
      broker.latencyMs === null ? <span className="text-ink-faint">–</span> : formatLatency(broker.latencyMs),
  },
  { id: "size", label: "Size", width: "112px", isRight: true, cell: (broker) => <Size broker={broker} /> },
  {
    id: "disk",
    label: "Disk",
    width: "64px",
    from: 840,
    isRight: true,
    cell: (broker) => <Disk broker={broker} />,
  },
  {
    id: "config",
    label: "Configuration",
    width: "86px",
    from: 1_120,
    cell: (broker) => <Differing differing={broker.differing} />,
  },
  {
    id: "menu",
    label: "Actions",
    isLabelHidden: true,
    width: "24px",
    cell: (broker) => <BrokerMenu broker={broker} />,
  },
];
