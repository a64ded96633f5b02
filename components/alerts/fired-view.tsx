"use client";
import { BellRing, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { alertColumns } from "@/components/alerts/alert-columns";
import { AlertsFrame } from "@/components/alerts/alerts-frame";
import { EmptyState } from "@/components/feedback/empty-state";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { ListWithPanel } from "@/components/shell/list-with-panel";
import { Button } from "@/components/ui/button";
import type { AlertList, FiredAlert } from "@/lib/contracts/alerts";
import { formatNumberOf } from "@/lib/format";
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
  const [state, setState] = useQueryStates(alertListState);
  const shown = list.alerts.filter((alert) => matches(alert, state.q));
  const open = list.alerts.find(({ id }) => id === state.alert);
  const close = () => void setState({ alert: null });
  const firing = list.alerts.filter(isFiring).length;
  return (
    <ListWithPanel
      label="Alerts"
      noun="alert"
      typed={state.q}
      onType={(q) => void setState({ q })}
      columnsOf={alertColumns}
      rows={shown}
      rowKey={({ id }) => String(id)}
      sectionOf={(alert) => (isFiring(alert) ? "Firing" : "Ended")}
      sections={sections}
      current={open && String(open.id)}
      onOpen={({ id }) => void setState({ alert: id })}
      onClose={close}
      panel={open && <AlertPanel alert={open} onClose={close} />}
      empty={<NoAlerts list={list} onClear={() => void setState({ q: null })} />}
      fresh={<UpdatedAgo atMs={list.readAtMs} />}
      footer={`${formatNumberOf(firing, "alert")} firing · ${formatNumberOf(list.rules.length, "rule")} judged after each sweep of the cluster`}
    />
  );
}

function isFiring({ endedAtMs }: FiredAlert): boolean {
  return endedAtMs === null;
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
