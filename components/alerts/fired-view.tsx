"use client";
import { BellRing, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { alertColumns } from "@/components/alerts/alert-columns";
import { AlertsFrame } from "@/components/alerts/alerts-frame";
import { EmptyState } from "@/components/feedback/empty-state";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { DataGrid, type GridHandle } from "@/components/ui/data-grid";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import { useZone } from "@/components/ui/use-zone";
import type { AlertList, FiredAlert } from "@/lib/contracts/alerts";
import { formatNumberOf } from "@/lib/format";
import type { Zone } from "@/lib/instant";
import { alertListState, alertsPath } from "@/lib/url";

const AlertPanel = dynamic(() => import("@/components/alerts/alert-panel").then((module) => module.AlertPanel), {
  ssr: false,
});

const sections = ["Firing", "Ended"];

/** What fires now, and what fired: each with its chart and who was told. */
export function FiredView() {
  return <AlertsFrame>{(list) => <Fired list={list} />}</AlertsFrame>;
}

function matches({ subject, text, ruleName }: FiredAlert, typed: string): boolean {
  return `${subject.name} ${text} ${ruleName}`.toLowerCase().includes(typed.toLowerCase());
}

function Fired({ list }: { list: AlertList }) {
  const [zone] = useZone();
  const [state, setState] = useQueryStates(alertListState);
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const shown = list.alerts.filter((alert) => matches(alert, state.q));
  const open = list.alerts.find(({ id }) => id === state.alert);
  const close = () => void setState({ alert: null });

  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  useShortcut({ keys: "j", label: "Next alert", group: "This page" }, () => grid.current?.focusRow(1));
  useShortcut({ keys: "k", label: "Previous alert", group: "This page" }, () => grid.current?.focusRow(-1));
  useShortcut({ keys: "Escape", label: "Close the alert", group: "This page" }, close, state.alert !== null);

  return (
    <section aria-label="Alerts" className="relative flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
          <Input
            ref={search}
            icon={<Search />}
            trailing={<Kbd>/</Kbd>}
            placeholder="Filter alerts"
            aria-label="Filter alerts"
            className="w-64"
            value={state.q}
            onChange={(event) => void setState({ q: event.target.value || null })}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          />
        </div>
        {shown.length > 0 ? (
          // A table keeps its columns for life, so another zone is another table.
          <Rows
            key={zone}
            zone={zone}
            alerts={shown}
            current={open?.id}
            onOpen={({ id }) => void setState({ alert: id })}
            grid={grid}
          />
        ) : (
          <div className="flex min-h-0 flex-1 border-t">
            <NoAlerts list={list} onClear={() => void setState({ q: null })} />
          </div>
        )}
        <PageFooter fresh={<UpdatedAgo atMs={list.readAtMs} />}>
          {formatNumberOf(list.alerts.filter(({ endedAtMs }) => endedAtMs === null).length, "alert")} firing ·{" "}
          {formatNumberOf(list.rules.length, "rule")} judged after each sweep of the cluster
        </PageFooter>
      </div>
      {open && <AlertPanel alert={open} onClose={close} />}
    </section>
  );
}

type RowsProps = {
  zone: Zone;
  alerts: readonly FiredAlert[];
  current: number | undefined;
  onOpen: (alert: FiredAlert) => void;
  grid: React.RefObject<GridHandle | null>;
};

function Rows({ zone, alerts, current, onOpen, grid }: RowsProps) {
  const [columns] = useState(() => alertColumns(zone));
  return (
    <DataGrid
      label="Alerts"
      columns={columns}
      rows={alerts}
      rowKey={({ id }) => String(id)}
      sectionOf={({ endedAtMs }) => (endedAtMs === null ? "Firing" : "Ended")}
      sections={sections}
      current={current === undefined ? undefined : String(current)}
      onOpen={onOpen}
      handle={grid}
    />
  );
}

function NoAlerts({ list, onClear }: { list: AlertList; onClear: () => void }) {
  const cluster = useCluster();
  const router = useRouter();
  if (list.alerts.length > 0)
    return (
      <EmptyState
        icon={<Search />}
        title="No alert matches"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        {formatNumberOf(list.alerts.length, "alert")} {list.alerts.length === 1 ? "is" : "are"} hidden by the filter.
      </EmptyState>
    );
  if (list.rules.length > 0)
    return (
      <EmptyState icon={<BellRing />} title="Nothing has fired">
        {formatNumberOf(list.rules.length, "rule")} {list.rules.length === 1 ? "watches" : "watch"} this cluster.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<BellRing />}
      title="No alerts"
      actions={
        <Button variant="primary" onClick={() => router.push(alertsPath(cluster, "rules"))}>
          Make a rule
        </Button>
      }
    >
      A rule watches lag, partitions, brokers or disks, and tells a webhook, Slack or a topic when something is wrong.
    </EmptyState>
  );
}
