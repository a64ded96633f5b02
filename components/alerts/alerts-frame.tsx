"use client";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { useCluster } from "@/components/live/live-provider";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { useShortcut } from "@/components/shell/shortcuts";
import { Topbar } from "@/components/shell/topbar";
import { TabNav } from "@/components/ui/tab-nav";
import type { AlertList } from "@/lib/contracts/alerts";
import { problemOf } from "@/lib/problem";
import { alertList } from "@/lib/queries/alerts";
import { alertsPath } from "@/lib/url";

/** What every tab of the alerts stands in. The tab is drawn with what was read. */
export function AlertsFrame({ children }: { children: (list: AlertList) => ReactNode }) {
  const cluster = useCluster();
  const pathname = usePathname();
  const query = useQuery(alertList(cluster));
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  const list = query.data;
  const tabs = [
    { href: alertsPath(cluster), label: "Alerts", count: list?.alerts.filter(isFiring).length },
    { href: alertsPath(cluster, "rules"), label: "Rules", count: list?.rules.length },
    { href: alertsPath(cluster, "targets"), label: "Targets", count: list?.targets.length },
  ];
  return (
    <>
      <Topbar crumbs={[{ label: "Alerts" }]}>
        <CopyLinkButton />
      </Topbar>
      <TabNav label="Alerts" tabs={tabs.map((tab) => ({ ...tab, current: pathname === tab.href }))} />
      {list ? (
        <>
          {/* Alerts are the console's own: a cluster that is silent makes nothing of them old. */}
          {query.error && <StaleBanner query={query} />}
          {list.problem && <PartialProblems problems={[list.problem]} />}
          {children(list)}
        </>
      ) : query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <TableSkeleton />
      )}
    </>
  );
}

function isFiring({ endedAtMs }: AlertList["alerts"][number]): boolean {
  return endedAtMs === null;
}
