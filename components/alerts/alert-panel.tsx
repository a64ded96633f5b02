"use client";
import { X } from "lucide-react";
import Link from "next/link";
import { AlertChart } from "@/components/alerts/alert-chart";
import { deliveryText, lengthText, subjectPath } from "@/components/alerts/alert-words";
import { useCluster } from "@/components/live/live-provider";
import { useKeyLabels } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { FactRow } from "@/components/ui/fact-row";
import { Tooltip } from "@/components/ui/tooltip";
import { useNow } from "@/components/ui/use-now";
import { useZone } from "@/components/ui/use-zone";
import { alertConditions, subjectText, thresholdText } from "@/lib/alert-conditions";
import type { FiredAlert } from "@/lib/contracts/alerts";
import { formatClock, formatInstant } from "@/lib/instant";

/** One alert beside the list: what was measured, its chart, and who was told what. */
export function AlertPanel({ alert, onClose }: { alert: FiredAlert; onClose: () => void }) {
  const cluster = useCluster();
  const keyLabels = useKeyLabels();
  const now = useNow();
  const [zone] = useZone();
  const label = (text: string) => (zone === "utc" ? `${text} (UTC)` : text);
  const { condition, subject, threshold, startedAtMs, endedAtMs } = alert;
  const limit = thresholdText(condition, threshold);
  return (
    <aside
      aria-label="Alert"
      className="absolute inset-y-0 right-0 z-10 flex w-full max-w-107 shrink-0 flex-col border-l bg-sunken shadow-pop @3xl:static @3xl:w-92 @3xl:shadow-none @5xl:w-107"
    >
      <div className="flex h-11 shrink-0 items-center gap-1 border-b pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-medium">{subjectText(subject)}</h2>
        <Tooltip label="Close" keys={keyLabels("Escape")}>
          <Button variant="ghost" size="icon-sm" aria-label="Close the alert" onClick={onClose}>
            <X />
          </Button>
        </Tooltip>
      </div>
      <div className="min-h-0 flex-1 scroll-thin overflow-auto">
        <p className="border-b px-4 py-3 wrap-anywhere">
          {subjectText(subject)} {alert.text}{" "}
          <Link href={subjectPath(cluster, subject)} prefetch={false} className="rounded-sm text-accent underline">
            Look at it
          </Link>
        </p>
        <AlertChart alert={alert} />
        <dl className="py-2">
          <FactRow label="Rule">{alert.ruleName}</FactRow>
          <FactRow label="Watches">{alertConditions[condition].label}</FactRow>
          {limit !== "" && <FactRow label="Fires above">{limit}</FactRow>}
          <FactRow label={label("Since")}>{formatInstant(startedAtMs, zone)}</FactRow>
          {endedAtMs !== null && <FactRow label={label("Ended")}>{formatInstant(endedAtMs, zone)}</FactRow>}
          <FactRow label="Fired">{lengthText(alert, now)}</FactRow>
        </dl>
        <section aria-labelledby="alert-told" className="border-t px-4 py-3">
          <h3 id="alert-told" className="mb-2 font-medium">
            Told
          </h3>
          {alert.deliveries.length === 0 && (
            <p className="text-xs text-ink-muted">
              {alert.isSilenced
                ? "The rule was silenced: nobody was told."
                : "The rule has no targets: nobody was told."}
            </p>
          )}
          <ol className="text-xs leading-5">
            {alert.deliveries.map((delivery) => (
              <li key={`${delivery.target} ${delivery.about}`} className="flex gap-3">
                <span className="shrink-0 text-ink-faint tabular-nums">
                  {formatClock(delivery.atMs, zone).slice(0, 8)}
                </span>
                <span className="min-w-0 wrap-anywhere">
                  {delivery.target}, {delivery.about}:{" "}
                  <span className={delivery.problem === null ? "text-ink-muted" : "text-bad"}>
                    {deliveryText(delivery)}
                  </span>
                </span>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </aside>
  );
}
