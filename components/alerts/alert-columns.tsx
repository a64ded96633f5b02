"use client";
import Link from "next/link";
import { lengthText, subjectPath, toldText } from "@/components/alerts/alert-words";
import { useCluster } from "@/components/live/live-provider";
import type { Column } from "@/components/ui/data-grid";
import { StatusMark } from "@/components/ui/status";
import { useNow } from "@/components/ui/use-now";
import { subjectText } from "@/lib/alert-conditions";
import { cn } from "@/lib/cn";
import type { FiredAlert } from "@/lib/contracts/alerts";
import { formatInstant, type Zone } from "@/lib/instant";

function Subject({ alert }: { alert: FiredAlert }) {
  const cluster = useCluster();
  const { subject, severity, endedAtMs, text } = alert;
  const kind = endedAtMs !== null ? "idle" : severity === "critical" ? "bad" : "warn";
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <StatusMark kind={kind} />
      <span className="sr-only">
        {endedAtMs !== null ? "Ended:" : severity === "critical" ? "Critical:" : "Warning:"}
      </span>
      <span className="min-w-0 truncate text-ink-muted">
        <Link
          href={subjectPath(cluster, subject)}
          prefetch={false}
          className={cn("rounded-sm text-ink hover:underline", subject.type !== "broker" && "font-mono text-mono")}
        >
          {subjectText(subject)}
        </Link>{" "}
        {text}
      </span>
    </span>
  );
}

function Length({ alert }: { alert: FiredAlert }) {
  return <>{lengthText(alert, useNow())}</>;
}

function Told({ alert }: { alert: FiredAlert }) {
  const { text, isBad } = toldText(alert);
  return <span className={cn("truncate", isBad ? "text-bad" : "text-ink-muted")}>{text}</span>;
}

/** The columns of what fired, with times in a zone. */
export function alertColumns(zone: Zone): readonly Column<FiredAlert>[] {
  return [
    { id: "subject", label: "What", width: "minmax(240px,1fr)", cell: (alert) => <Subject alert={alert} /> },
    {
      id: "rule",
      label: "Rule",
      width: "minmax(100px,180px)",
      from: 760,
      cell: ({ ruleName }) => <span className="truncate text-ink-muted">{ruleName}</span>,
    },
    {
      id: "started",
      label: zone === "utc" ? "Since (UTC)" : "Since",
      width: "132px",
      from: 620,
      cell: ({ startedAtMs }) => (
        <span className="text-ink-muted">{formatInstant(startedAtMs, zone).slice(0, 16)}</span>
      ),
    },
    { id: "length", label: "Fired", width: "92px", cell: (alert) => <Length alert={alert} /> },
    { id: "told", label: "Told", width: "minmax(80px,150px)", from: 900, cell: (alert) => <Told alert={alert} /> },
  ];
}
