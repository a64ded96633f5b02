"use client";
import { useQuery } from "@tanstack/react-query";
import { Equal, Search } from "lucide-react";
import { useQueryStates } from "nuqs";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { useInability } from "@/components/changes/able-button";
import { ConfigTable } from "@/components/configs/config-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { ConfigDifferences } from "@/components/brokers/config-differences";
import { useCluster } from "@/components/live/live-provider";
import { useShortcut } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { Segments } from "@/components/ui/segments";
import type { BrokerDetail } from "@/lib/contracts/brokers";
import type { ConfigEntry } from "@/lib/contracts/configs";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { brokerDetail, brokerDifferences } from "@/lib/queries/brokers";
import { brokerConfigState } from "@/lib/url";

const EditBrokerConfig = dynamic(
  () => import("@/components/brokers/edit-broker-config").then((module) => module.EditBrokerConfig),
  { ssr: false },
);

const choices = [
  { value: "different", label: "Unlike the others" },
  { value: "changed", label: "Changed" },
  { value: "all", label: "All" },
] as const;

/** It has a value of its own that is not Kafka's default. */
function isChanged({ source, value, defaultValue }: ConfigEntry): boolean {
  return source !== "default" && value !== defaultValue;
}

function matches({ name, documentation }: ConfigEntry, typed: string): boolean {
  const wanted = typed.toLowerCase();
  return name.includes(wanted) || (documentation?.toLowerCase().includes(wanted) ?? false);
}

/** A broker's settings: only where they are not the other brokers', only what was changed, or all. */
export function BrokerConfigsView({ broker }: { broker: number }) {
  const cluster = useCluster();
  const query = useQuery(brokerDetail(cluster, broker));
  const [state, setState] = useQueryStates(brokerConfigState);
  const search = useRef<HTMLInputElement>(null);
  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  const detail = query.data;
  // The frame around shows why there is nothing.
  if (detail === undefined) return <TableSkeleton />;
  return (
    <section aria-label="Configuration" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
        <Segments
          label="Settings shown"
          options={choices}
          value={state.show}
          onChoose={(show) => void setState({ show })}
        />
        {state.show !== "different" && (
          <Input
            ref={search}
            icon={<Search />}
            trailing={<Kbd>/</Kbd>}
            placeholder="Name or meaning"
            aria-label="Filter settings"
            className="w-64"
            value={state.q}
            onChange={(event) => void setState({ q: event.target.value || null })}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          />
        )}
      </div>
      {state.show === "different" ? (
        <Different />
      ) : (
        <Settings
          detail={detail}
          typed={state.q}
          isAll={state.show === "all"}
          onAll={() => void setState({ show: "all", q: null })}
        />
      )}
      <PageFooter fresh={<UpdatedAgo atMs={query.dataUpdatedAt} />}>
        {formatNumberOf(detail.configs.length, "setting")} · {detail.configs.filter(isChanged).length} changed
      </PageFooter>
    </section>
  );
}

function Different() {
  const query = useQuery(brokerDifferences(useCluster()));
  if (query.data === undefined)
    return query.error ? (
      <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
    ) : (
      <TableSkeleton />
    );
  const { brokers, configs, problems } = query.data;
  return (
    <>
      <PartialProblems problems={problems} />
      {configs.length > 0 ? (
        <ScrollRegion label="Configuration that differs">
          <ConfigDifferences differences={query.data} />
        </ScrollRegion>
      ) : (
        <div className="flex min-h-0 flex-1 border-t">
          <EmptyState
            icon={<Equal />}
            title={brokers.length < 2 ? "There is no other broker to compare with" : "As the other brokers"}
          >
            {brokers.length < 2
              ? "What was changed is in the next tab."
              : `All ${brokers.length} brokers have the same values, apart from ids, listeners and directories.`}
          </EmptyState>
        </div>
      )}
    </>
  );
}

type SettingsProps = { detail: BrokerDetail; typed: string; isAll: boolean; onAll: () => void };

function Settings({ detail, typed, isAll, onAll }: SettingsProps) {
  const [edited, setEdited] = useState<ConfigEntry>();
  const reason = useInability("changeConfigs");
  const found = detail.configs.filter((entry) => matches(entry, typed));
  const changed = found.filter(isChanged);
  const rest = isAll ? found.filter((entry) => !isChanged(entry)) : [];
  if (changed.length + rest.length > 0)
    return (
      <>
        {reason !== undefined && (
          <p className="shrink-0 px-6 pb-2 text-xs text-ink-muted">Nothing can be changed here. {reason}</p>
        )}
        <ConfigTable changed={changed} rest={rest} onEdit={reason === undefined ? setEdited : undefined} />
        {edited && <EditBrokerConfig broker={detail.id} entry={edited} onClose={() => setEdited(undefined)} />}
      </>
    );
  return (
    <div className="flex min-h-0 flex-1 border-t">
      <EmptyState
        icon={<Search />}
        title={typed === "" ? "Nothing was changed" : `No setting matches “${typed}”`}
        actions={detail.configs.length > 0 && <Button onClick={onAll}>Show all</Button>}
      >
        {detail.configs.length === 0
          ? "The broker did not tell its settings."
          : `${formatNumberOf(detail.configs.length, "setting")} in all.`}
      </EmptyState>
    </div>
  );
}
